/** What of a lesson's results is on the page at this moment: given, replayed, recorded or the learner's own. */
import { language } from '../../locales/language.ts';
import type { ExperimentRun } from '../../running/experiment-run.ts';
import type { Recording } from '../../findings/recording.ts';
import type { ChartFrame, Asked } from '../../components/index.ts';
import { shownFigure } from '../../figures/figure.ts';
import { say } from '../../figures/series.ts';
import type { Figure, Findings, Lesson, Size } from '../../lessons/lesson.ts';
import { type Climax, conceal } from '../../lessons/question.ts';
import { replayed } from '../../lessons/replay.ts';
import { compare, type Comparison } from '../../lessons/score.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { LivingFigure } from './living-figure.ts';
import { strings } from './lesson-strings.ts';
import { pointsOf, type PredictionControl } from './prediction-control.ts';
import type { ReplayControl } from './replay-control.ts';
import type { ViewChoice } from './view-choice.ts';

export interface LessonParts {
  lesson: Lesson | undefined;
  recording: Recording | undefined;
  /** lesson and recording have been asked for */
  loaded: boolean;
  /** name of the figure that was chosen */
  figure: string | undefined;
  /** a link was opened whose settings are not those of the recorded run */
  isOther: boolean;
  redraw: () => void;
}

export class LessonView {
  private designs: { size: Size; of: Lesson | undefined; numbers: Record<string, number> } | undefined;
  private climax: { of: Lesson | undefined; draw?: Climax } | undefined;
  private readonly living = new LivingFigure();
  private nearby: { findings: Findings; said: number | undefined; figure: Figure | undefined } | undefined;

  constructor(
    private readonly of: LessonParts,
    private readonly experiment: LessonExperiment,
    private readonly predicts: PredictionControl,
    private readonly replay: ReplayControl,
    private readonly views: ViewChoice,
  ) {}

  /** What is on the page. */
  get shown(): Findings | undefined {
    const { question } = this.of.lesson ?? {};
    const own = this.run.findings;
    const recorded = this.recorded?.findings;
    if (!question) return undefined;
    const isClosed = this.predicts.isWaiting || (this.predicts.stage === 'predicted' && !own);
    const { share } = this.replay;
    if (!own && recorded && share !== undefined && share < 1 && this.predicts.committed) {
      const figure = recorded.figures.find(({ name }) => name === question.figure);
      return {
        ...conceal(question, recorded),
        figures: figure ? [replayed(figure, share, question.replay ?? 'x')] : [],
      };
    }
    if (isClosed) return conceal(question, own ?? recorded);
    // Of a link with other settings there is the sender's curve alone.
    const findings = own ?? recorded ?? (this.of.isOther ? conceal(question, undefined) : undefined);
    return findings && this.withClimax(this.views.look(findings));
  }

  /** When the last is measured, the end from nearby stands beside the figures. */
  private withClimax(findings: Findings): Findings {
    const climax = this.isOpen && this.climaxOf(findings);
    return climax ? { ...findings, figures: [...findings.figures, climax] } : findings;
  }

  /** Made anew only with the findings, or another prediction. */
  private climaxOf(findings: Findings): Figure | undefined {
    const { lesson } = this.of;
    if (lesson !== this.climax?.of) {
      this.climax = { of: lesson };
      void this.loadClimax(lesson);
    }
    const said = this.comparison?.said;
    if (this.nearby?.findings !== findings || this.nearby.said !== said || !this.nearby.figure) {
      this.nearby = { findings, said, figure: this.climax?.draw?.(findings, said) };
    }
    return this.nearby.figure;
  }

  /** Where it can't be loaded, the figures are all there is. */
  private async loadClimax(lesson: Lesson | undefined): Promise<void> {
    const draw = await lesson?.question.climax?.().catch(() => undefined);
    if (!draw || this.of.lesson !== lesson) return;
    this.climax = { of: lesson, draw };
    this.of.redraw();
  }

  /** The recorded run, unless a link is about another one. */
  private get recorded(): Recording | undefined {
    return this.of.isOther ? undefined : this.of.recording;
  }

  /** Figures of the recorded run behind the learner's own: of the same size, unchanged, and not before the answer is open. */
  get behind(): readonly Figure[] {
    const { recording } = this.of;
    const { size, changes } = this.experiment.applied;
    const isSame = recording?.size === size && Object.keys(changes).length === 0;
    if (!this.run.findings || !recording || !isSame || this.predicts.stage !== 'open') return [];
    return this.views.look(recording.findings).figures;
  }

  /** The figure that is on the chart. */
  get chosen(): Figure | undefined {
    const { findings, phase } = this.run;
    const figures = this.shown?.figures ?? [];
    const living = this.living.in(phase === 'running' && !this.predicts.isWaiting ? findings : undefined);
    // Who has said a number sees first how close it was; who has drawn a curve sees it beside what came.
    const isDrawn = this.of.lesson?.question.kind === 'curve';
    const climax = this.comparison && !isDrawn && phase !== 'running' ? this.nearby?.figure?.name : undefined;
    return shownFigure(figures, this.of.figure ?? living ?? climax);
  }

  /** The axes stay as they are while the question is asked and answered on its figure. */
  get frame(): ChartFrame | undefined {
    const { question } = this.of.lesson ?? {};
    if (!question || this.chosen?.name !== question.figure) return undefined;
    return { x: question.x.range, y: question.y.range };
  }

  /** What shall be drawn. */
  get asked(): Asked | undefined {
    const { question } = this.of.lesson ?? {};
    if (!question || question.kind === 'number' || !this.predicts.isWaiting) return undefined;
    const { kind, from, to, hint } = question;
    return { kind, from, to, hint: say(hint) };
  }

  get whose(): 'own' | 'running' | 'recorded' {
    if (!this.run.findings) return 'recorded';
    return this.run.phase === 'finished' ? 'own' : 'running';
  }

  /** There is a result that may be read. */
  get isOpen(): boolean {
    return this.predicts.stage === 'open' && (this.replay.share ?? 1) >= 1;
  }

  /** The numbers of the learner's own run. */
  get numbers(): Record<string, number> {
    const isSeen = this.run.hasResults && this.run.findings && this.predicts.committed;
    return isSeen ? (this.shown?.verdict.numbers ?? {}) : {};
  }

  /** What the text says of the experiment, of the size that is chosen or that was recorded. */
  get designed(): Record<string, number> {
    const { draft, run } = this.experiment;
    // A recorded run is told as it was made.
    const size = (run.begun ? undefined : this.recorded?.size) ?? draft.size;
    if (this.designs?.size !== size || this.designs.of !== this.of.lesson)
      this.designs = { size, of: this.of.lesson, numbers: this.of.lesson?.designed?.(size) ?? {} };
    return this.designs.numbers;
  }

  get comparison(): Comparison | undefined {
    const { lesson } = this.of;
    const findings = this.run.findings ?? this.recorded?.findings;
    if (!lesson || !findings || !this.predicts.prediction || !this.isOpen) return undefined;
    return compare(lesson.question, pointsOf(this.predicts.prediction), findings);
  }

  get hasRecording(): boolean {
    return this.recorded !== undefined;
  }

  get provenance(): string {
    const { loaded } = this.of;
    const recording = this.recorded;
    if (!recording) return loaded && !this.of.isOther && !this.run.findings ? strings.noRecording : '';
    const date = new Date(recording.date).toLocaleDateString(language(), { dateStyle: 'medium' });
    const { device, seed } = recording;
    if (!this.run.findings) return strings.recorded(device, date, seed, this.experiment.seed);
    return this.behind.length ? strings.recordedBehind(device, date) : '';
  }

  private get run(): ExperimentRun {
    return this.experiment.run;
  }
}

/** Which results of a lesson may be seen now, and whose they are: replayed, recorded, or the learner's own. */
import type { ReactiveControllerHost } from 'lit';
import { language } from '../../locales/language.ts';
import type { Figure, Findings, Lesson, Size } from '../../lessons/lesson.ts';
import { conceal } from '../../lessons/question.ts';
import { replayed } from '../../lessons/replay.ts';
import { compare, type Comparison } from '../../lessons/score.ts';
import { ClimaxFigure } from './climax-figure.ts';
import type { LessonContent } from './lesson-content.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { strings } from './lesson-strings.ts';
import { pointsOf, type PredictionControl } from './prediction-control.ts';
import type { ReplayControl } from './replay-control.ts';
import { ViewChoice } from './view-choice.ts';

export interface ViewOf {
  content: LessonContent;
  experiment: LessonExperiment;
  predicts: PredictionControl;
  replay: ReplayControl;
  /** the page was opened from a link whose settings are not those of the recorded run */
  isOther: () => boolean;
}

export class LessonView {
  private designs: { size: Size; of: Lesson | undefined; numbers: Record<string, number> } | undefined;
  private readonly nearby: ClimaxFigure;
  /** how the results are looked at */
  readonly views: ViewChoice;

  constructor(
    host: ReactiveControllerHost,
    private readonly of: ViewOf,
  ) {
    this.nearby = new ClimaxFigure(host);
    this.views = new ViewChoice(host, () => of.content.lesson?.views);
  }

  /** What is on the page now: before the prediction only what the question gives. */
  get shown(): Findings | undefined {
    const { question } = this.of.content.lesson ?? {};
    const own = this.run.findings;
    const recorded = this.recorded?.findings;
    if (!question) return undefined;
    const isClosed = this.of.predicts.isWaiting || (this.of.predicts.stage === 'predicted' && !own);
    const { share } = this.of.replay;
    if (!own && recorded && share !== undefined && share < 1 && this.of.predicts.committed) {
      const figure = recorded.figures.find(({ name }) => name === question.figure);
      return {
        ...conceal(question, recorded),
        figures: figure ? [replayed(figure, share, question.replay ?? 'x')] : [],
      };
    }
    if (isClosed) return conceal(question, own ?? recorded);
    // For a link with other settings nothing is recorded: an empty figure shows the sender's curve.
    const findings = own ?? recorded ?? (this.of.isOther() ? conceal(question, undefined) : undefined);
    return findings && this.withClimax(this.views.look(findings));
  }

  /** Once the answer is open, a close-up of prediction and result is one more figure, in lessons that have one. */
  private withClimax(findings: Findings): Findings {
    const { lesson } = this.of.content;
    const climax = lesson && this.isOpen && this.nearby.of(lesson, findings, this.comparison?.said);
    return climax ? { ...findings, figures: [...findings.figures, climax] } : findings;
  }

  /** The close-up among the figures that were shown last. */
  get climax(): Figure | undefined {
    return this.nearby.figure;
  }

  /** The recorded run, unless a link is about another one. */
  private get recorded(): LessonContent['recording'] {
    return this.of.isOther() ? undefined : this.of.content.recording;
  }

  /** Figures of the recorded run behind the learner's own: of the same size, unchanged, and not before the answer is open. */
  get behind(): readonly Figure[] {
    const { recording } = this.of.content;
    const { size, changes } = this.of.experiment.applied;
    const isSame = recording?.size === size && Object.keys(changes).length === 0;
    if (!this.run.findings || !recording || !isSame || this.of.predicts.stage !== 'open') return [];
    return this.views.look(recording.findings).figures;
  }

  /** Whose results are shown: the learner's own, whether finished or not, before the recorded ones. */
  get whose(): 'own' | 'running' | 'recorded' {
    if (!this.run.findings) return 'recorded';
    return this.run.phase === 'finished' ? 'own' : 'running';
  }

  /** The answer may be seen, and is not being replayed. */
  get isOpen(): boolean {
    return this.of.predicts.stage === 'open' && (this.of.replay.share ?? 1) >= 1;
  }

  /** The numbers of the learner's own run. */
  get numbers(): Record<string, number> {
    const isSeen = this.run.hasResults && this.run.findings && this.of.predicts.committed;
    return isSeen ? (this.shown?.verdict.numbers ?? {}) : {};
  }

  /** The numbers of the experiment's design that the text names, for the chosen size or the recorded one. */
  get designed(): Record<string, number> {
    const { draft, run } = this.of.experiment;
    const { lesson } = this.of.content;
    // A recorded run is described as it was made.
    const size = (run.begun ? undefined : this.recorded?.size) ?? draft.size;
    if (this.designs?.size !== size || this.designs.of !== lesson)
      this.designs = { size, of: lesson, numbers: lesson?.designed?.(size) ?? {} };
    return this.designs.numbers;
  }

  /** How far the prediction was from the result. */
  get comparison(): Comparison | undefined {
    const { predicts, content } = this.of;
    const { lesson } = content;
    const findings = this.run.findings ?? this.recorded?.findings;
    if (!lesson || !findings || !predicts.prediction || !this.isOpen) return undefined;
    return compare(lesson.question, pointsOf(predicts.prediction), findings);
  }

  get hasRecording(): boolean {
    return this.recorded !== undefined;
  }

  /** Where the results that are shown come from, in words. */
  get provenance(): string {
    const { loaded } = this.of.content;
    const recording = this.recorded;
    if (!recording) return loaded && !this.of.isOther() && !this.run.findings ? strings.noRecording : '';
    const date = new Date(recording.date).toLocaleDateString(language(), { dateStyle: 'medium' });
    const { device, seed } = recording;
    if (!this.run.findings) return strings.recorded(device, date, seed, this.of.experiment.seed);
    return this.behind.length ? strings.recordedBehind(device, date) : '';
  }

  private get run(): LessonExperiment['run'] {
    return this.of.experiment.run;
  }
}

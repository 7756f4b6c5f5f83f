/** A lesson's runs as they are kept in this browser, and the page as a link carries it. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ChartSeries, LabChart, MadeLink, Prediction } from '../../components/index.ts';
import type { Figure, Lesson, ViewValues } from '../../lessons/lesson.ts';
import { makeRecording } from '../../lessons/recording.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import type { Lab } from '../../worker/protocol.ts';
import { SchemaError } from '../../problems.ts';
import { KeptRuns } from '../runs/kept-runs.ts';
import { strings as words } from '../runs/kept-strings.ts';
import {
  checkCosts,
  linkTo,
  packPrediction,
  type Shared,
  SharedLink,
  unpackPrediction,
} from '../sharing/sharing.ts';
import type { Changes } from '../../lessons/changes.ts';
import type { Question } from '../../lessons/question.ts';
import { FIRST_SEED, SEED } from '../../lessons/seed.ts';
import { showValue } from './changes.ts';
import { ownSeed } from './own-seed.ts';
import { language } from '../../locales/language.ts';
import { metaOf } from '../curriculum.ts';
import type { Cited } from './cite-dialog.ts';
import { type Embedded, embeddedFrom } from './embed-snippets.ts';
import type { ExperimentMilestone } from '../../running/experiment-run.ts';
import { type Choice, type LessonExperiment, planOf } from './lesson-experiment.ts';
import { strings } from './lesson-strings.ts';
import { pathLabel } from './path-labels.ts';
import { renderTheirs, resultOf, theirCurves } from './lesson-theirs.ts';
import type { PredictionControl } from './prediction-control.ts';
import type { ViewChoice } from './view-choice.ts';

export interface RecordsOf {
  name: () => string;
  lab: () => Lab;
  lesson: () => Promise<Lesson | undefined>;
  question: () => Question | undefined;
  experiment: LessonExperiment;
  predicts: PredictionControl;
  views: ViewChoice;
  /** name of the figure that was chosen */
  figure: () => string | undefined;
  show: (figure: string) => void;
}

export class LessonRecords {
  readonly kept: KeptRuns;
  readonly link: SharedLink;
  /** what the sender of the link had predicted */
  theirs: Prediction | undefined;
  /** a run has ended since the last one was kept */
  private trained = false;
  /** what a class can be given */
  ended: KeptRun | undefined;

  constructor(
    host: ReactiveControllerHost,
    private readonly of: RecordsOf,
  ) {
    this.kept = new KeptRuns(host, {
      lesson: of.name,
      columns: () => {
        const question = of.question();
        return question ? [{ key: question.value, label: words.measured }] : [];
      },
      label: (path) => (path === 'size' ? strings.size : pathLabel(path)),
      value: showValue,
      usual: () => strings.usual,
    });
    this.link = new SharedLink(host, of.name, (...link) => this.apply(...link));
  }

  /** What came with the link, in words. @param isSeen the learner has predicted, or asked to be shown */
  renderTheirs(isSeen: boolean): unknown {
    const question = this.of.question();
    return question && renderTheirs(question, this.theirs, this.link.shared?.result, isSeen);
  }

  /** What is laid over a figure: kept runs, and what came with the link. */
  overlaysOn(figure: Figure | undefined, isSeen: boolean): ChartSeries[] {
    const question = this.of.question();
    const kept = isSeen ? this.kept.overlaysOn(figure) : [];
    if (!question || question.figure !== figure?.name) return kept;
    return [...kept, ...theirCurves(question, this.theirs, this.link.shared?.result, isSeen)];
  }

  /** The link's settings are not those of the recorded run. */
  get isOther(): boolean {
    const { shared } = this.link;
    return shared !== undefined && (shared.seed !== 1 || Object.keys(shared.changes).length > 0);
  }

  /** A run that was trained now is kept, and held against the one of the link. */
  hear({ kind }: ExperimentMilestone): void {
    if (kind === 'done') this.trained = true;
    const run = kind === 'finished' ? this.record() : undefined;
    if (run || kind === 'begins' || kind === 'ready' || kind === 'running') this.ended = run;
    if (!run) return;
    const { shared } = this.link;
    const isChanged =
      shared && JSON.stringify(choiceOf(shared)) !== JSON.stringify(this.of.experiment.applied);
    this.link.compare(run, isChanged);
    if (this.trained) void this.kept.keep(run);
    this.trained = false;
  }

  async share(): Promise<MadeLink> {
    const { name, experiment, views } = this.of;
    const figure = this.of.figure();
    const view = { ...views.changes, ...(figure !== undefined && { figure }) };
    const run = experiment.run.phase === 'finished' ? this.record() : undefined;
    const settings = run ? experiment.applied : experiment.draft;
    const question = this.of.question();
    const shared = sharedOf(name(), settings, this.prediction, view, run, question);
    return { link: await linkTo(`lesson/${name()}`, shared) };
  }

  /** The buttons that give away what is on the screen: as a link, as a figure for another page. */
  renderSharing(chart: () => LabChart | null, figure: Figure | undefined): TemplateResult {
    const { name, experiment, predicts } = this.of;
    const title = (): string => metaOf(name(), language()).question;
    const embed = (): { embedded: Embedded; title: string } => ({
      embedded: embeddedFrom(
        name(),
        experiment.draft,
        chart(),
        figure,
        predicts.on(figure?.name, this.of.question()),
      ),
      title: title(),
    });
    const cite = (): Cited => {
      const { size, changes } = experiment.run.phase === 'finished' ? experiment.applied : experiment.draft;
      const { [SEED]: seed = experiment.seed, ...others } = changes;
      return {
        lesson: name(),
        lang: language(),
        title: title(),
        size,
        seed: seed as number,
        changes: others,
      };
    };
    return html`<lab-share .make=${() => this.share()}></lab-share><lab-embed .make=${embed}></lab-embed
      ><lab-cite .make=${cite}></lab-cite>`;
  }

  /** @param figure the one that is on the chart */
  render(figure: Figure | undefined): TemplateResult {
    return html`${this.kept.runs.length ? this.kept.render() : nothing} ${this.kept.renderOthers(figure)}`;
  }

  /** Everything as somebody else had it; their prediction stands beside the learner's own. */
  private async apply(shared: Shared, signal: AbortSignal, agreed: boolean): Promise<void> {
    const { experiment, lab, views } = this.of;
    const lesson = await this.of.lesson();
    await check(lab(), lesson, choiceOf(shared), agreed);
    signal.throwIfAborted();
    this.theirs = lesson && predictionIn(lesson.question, shared);
    const { figure, ...view } = shared.view;
    views.set(view);
    if (typeof figure === 'string') this.of.show(figure);
    if (experiment.lesson) experiment.change(choiceOf(shared));
    else experiment.begin(choiceOf(shared));
  }

  private record(): KeptRun | undefined {
    const { experiment } = this.of;
    return keptRun(experiment, words.run(strings.sizes[experiment.applied.size]), this.prediction);
  }

  private get prediction(): KeptRun['prediction'] {
    return predictionOf(this.of.question(), this.of.predicts.prediction);
  }
}

/** The learner's own run; nothing where none has ended or the device is unknown. */
function keptRun(
  { lesson, device, applied, seed, plan, run }: LessonExperiment,
  name: string,
  prediction: KeptRun['prediction'],
): KeptRun | undefined {
  if (!lesson || !device || !run.hasResults) return undefined;
  const { results } = run;
  const seconds = [...results.runs.values()].reduce((sum, result) => sum + result.seconds, 0);
  const recording = makeRecording({ ...lesson, plan: () => plan }, results, {
    size: applied.size,
    seed,
    device: device.name,
    date: new Date().toISOString(),
    seconds: Number(seconds.toPrecision(3)),
  });
  return { ...recording, name, changes: { size: applied.size, ...applied.changes }, prediction };
}

/** A plain number travels as a level. */
function predictionOf(
  question: Question | undefined,
  prediction: Prediction | undefined,
): KeptRun['prediction'] {
  return question ? packPrediction(question.value, prediction) : {};
}

function sharedOf(
  lesson: string,
  { size, changes }: Choice,
  prediction: KeptRun['prediction'],
  view: ViewValues,
  run: KeptRun | undefined,
  question: Question | undefined,
): Shared {
  // Before a run has ended, what is shared is the experiment, which everyone does with a seed of their own.
  const { [SEED]: seed = run?.seed ?? FIRST_SEED, ...others } = changes;
  return {
    lesson,
    size,
    seed: seed as number,
    changes: others,
    prediction,
    view: { ...view },
    ...(run && {
      result: {
        device: run.device.slice(0, 120),
        digest: run.digest,
        numbers: run.findings.verdict.numbers,
        ...(question && resultOf(question, run.findings)),
      },
    }),
  };
}

/** @throws Error that says what the engine refuses, or that it asks for much and nobody has agreed */
async function check(lab: Lab, lesson: Lesson | undefined, choice: Choice, agreed: boolean): Promise<void> {
  const specs = (lesson ? planOf(lesson, choice) : []).flatMap((item) => ('spec' in item ? [item.spec] : []));
  const costs = (await lab.checkAll(specs)).map((checked) => {
    if (!('problems' in checked)) return checked.cost;
    throw new SchemaError(checked.problems);
  });
  // What the lesson offers by itself is known to be sane.
  const { [SEED]: _seed, ...others } = choice.changes;
  if (Object.keys(others).length) await checkCosts(lab, costs, agreed);
}

/** The settings of a link: whoever opens one that tells of no run begins with a seed of their own. */
function choiceOf({ size, seed, changes, result }: Shared): Choice {
  const isTheirs = seed !== (result ? ownSeed() : FIRST_SEED);
  const own: Changes = { ...changes, ...(isTheirs && { [SEED]: seed }) };
  return { size, changes: own };
}

function predictionIn({ value, kind }: Question, shared: Shared): Prediction | undefined {
  return unpackPrediction(value, kind === 'number' ? 'level' : kind, shared);
}

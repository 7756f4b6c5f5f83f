/** A lesson's runs as they are kept in this browser, and the page as a link carries it. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { LabChart, MadeLink, Prediction } from '../../components/index.ts';
import type { Figure, Lesson, ViewValues } from '../../lessons/lesson.ts';
import { makeRecording } from '../../lessons/recording.ts';
import type { KeptRun } from '../../state/database.ts';
import type { Lab, RunCost } from '../../worker/protocol.ts';
import { KeptRuns } from '../kept-runs.ts';
import { strings as words } from '../kept-strings.ts';
import type { Predicted, Prose } from '../prose.ts';
import { checkCosts, linkTo, packPrediction, type Shared, SharedLink, unpackPrediction } from '../sharing.ts';
import { type Changes, SEED } from '../../lessons/changes.ts';
import { showValue } from './changes.ts';
import { type Embedded, embeddedFrom } from './embed-snippets.ts';
import type { ExperimentMilestone } from './experiment-run.ts';
import { type Choice, type LessonExperiment, planOf } from './lesson-experiment.ts';
import { pathLabel, strings } from './lesson-strings.ts';
import type { PredictionControl } from './prediction-control.ts';
import type { ViewChoice } from './view-choice.ts';

export interface RecordsOf {
  name: () => string;
  prose: () => Promise<Prose>;
  lab: () => Lab;
  lesson: () => Promise<Lesson | undefined>;
  predicted: () => Predicted | undefined;
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
  /** a run has ended since the last one was kept */
  private trained = false;

  constructor(
    host: ReactiveControllerHost,
    private readonly of: RecordsOf,
  ) {
    this.kept = new KeptRuns(host, {
      lesson: of.name,
      columns: () => {
        const predicted = of.predicted();
        return predicted ? [{ key: predicted.value, label: words.measured }] : [];
      },
      label: (path) => (path === 'size' ? strings.size : pathLabel(path)),
      value: showValue,
      usual: () => strings.usual,
    });
    this.link = new SharedLink(host, of.name, (...link) => this.apply(...link));
  }

  /** A run that was trained now is kept, and held against the one of the link. */
  hear({ kind }: ExperimentMilestone): void {
    if (kind === 'done') this.trained = true;
    const run = kind === 'finished' ? this.record() : undefined;
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
    const shared = sharedOf(name(), settings, this.prediction, view, run);
    return { link: await linkTo(`lesson/${name()}`, shared) };
  }

  /** The buttons that give away what is on the screen: as a link, as a figure for another page. */
  renderSharing(chart: () => LabChart | null, figure: Figure | undefined): TemplateResult {
    const { name, experiment, predicts } = this.of;
    const embedded = (): Embedded =>
      embeddedFrom(name(), experiment.draft, chart(), figure, predicts.on(figure?.name, this.of.predicted()));
    return html`<lab-share .make=${() => this.share()}></lab-share><lab-embed .make=${embedded}></lab-embed>`;
  }

  /** @param figure the one that is on the chart */
  render(figure: Figure | undefined): TemplateResult {
    return html`${this.kept.runs.length ? this.kept.render() : nothing} ${this.kept.renderOthers(figure)}`;
  }

  /** Everything as somebody else had it; where they predicted nothing, the learner's own prediction stays. */
  private async apply(shared: Shared, signal: AbortSignal, agreed: boolean): Promise<void> {
    const { experiment, lab, predicts, prose, views } = this.of;
    await check(lab(), await this.of.lesson(), choiceOf(shared), agreed);
    const prediction = predictionIn((await prose()).predict, shared);
    signal.throwIfAborted();
    if (prediction) predicts.set(prediction);
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
    return predictionOf(this.of.predicted(), this.of.predicts.prediction);
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
  predicted: Predicted | undefined,
  prediction: Prediction | undefined,
): KeptRun['prediction'] {
  return predicted ? packPrediction(predicted.value, prediction) : {};
}

function sharedOf(
  lesson: string,
  { size, changes }: Choice,
  prediction: KeptRun['prediction'],
  view: ViewValues,
  run: KeptRun | undefined,
): Shared {
  const { [SEED]: seed = 1, ...others } = changes;
  return {
    lesson,
    size,
    seed: seed as number,
    changes: others,
    prediction,
    view: { ...view },
    ...(run && {
      result: { device: run.device.slice(0, 120), digest: run.digest, numbers: run.findings.verdict.numbers },
    }),
  };
}

/** @throws Error that says what the engine refuses, or that it asks for much and nobody has agreed */
async function check(lab: Lab, lesson: Lesson | undefined, choice: Choice, agreed: boolean): Promise<void> {
  const costs: RunCost[] = [];
  for (const item of lesson ? planOf(lesson, choice) : []) {
    const checked = 'spec' in item ? await lab.check(item.spec) : undefined;
    if (!checked) continue;
    if ('problems' in checked)
      throw new Error(checked.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    costs.push(checked.cost);
  }
  // What the lesson offers by itself is known to be sane.
  const { [SEED]: _seed, ...others } = choice.changes;
  if (Object.keys(others).length) await checkCosts(lab, costs, agreed);
}

/** The settings of a link. */
function choiceOf({ size, seed, changes }: Shared): Choice {
  const own: Changes = { ...changes, ...(seed !== 1 && { [SEED]: seed }) };
  return { size, changes: own };
}

function predictionIn(predicted: Predicted | undefined, shared: Shared): Prediction | undefined {
  if (!predicted) return undefined;
  return unpackPrediction(predicted.value, predicted.kind === 'number' ? 'level' : predicted.kind, shared);
}

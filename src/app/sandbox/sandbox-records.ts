/** What remains of the sandbox's runs and what travels: kept runs, the learner's prediction, and the page as a link. */
import type { ReactiveControllerHost } from 'lit';
import type { MadeLink, Prediction } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { loadPrediction, savePrediction } from '../lesson/prediction-store.ts';
import { KeptRuns } from '../runs/kept-runs.ts';
import { linkTo, packPrediction } from '../sharing/sharing.ts';
import { showValue } from './draft.ts';
import { keptRun, NAME, PREDICTED, resultOf, sharedDraft } from './keep-run.ts';
import { type LinkOf, SandboxLink } from './sandbox-link.ts';
import type { SandboxRun } from './sandbox-run.ts';
import { strings } from './sandbox-strings.ts';
import { labelOf, nameOf } from './words.ts';

export class SandboxRecords {
  readonly kept: KeptRuns;
  readonly link: SandboxLink;
  prediction: Prediction | undefined;
  predicting = false;
  /** what was kept last, in words */
  said = '';

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly of: Omit<LinkOf, 'predict'> & { run: () => SandboxRun | null },
  ) {
    host.addController(this);
    this.kept = new KeptRuns(host, {
      lesson: () => NAME,
      columns: () =>
        (['loss', 'accuracy', 'parameters', 'seconds'] as const).map((key) => ({
          key,
          label: strings.columns[key],
        })),
      label: (path) => labelOf(path),
      value: showValue,
      usual: () => strings.usual,
    });
    this.link = new SandboxLink(host, {
      ...of,
      predict: (prediction) => (this.prediction = prediction),
    });
  }

  hostConnected(): void {
    this.prediction = loadPrediction(NAME);
  }

  predict(prediction: Prediction | undefined): void {
    this.prediction = prediction;
    if (!prediction) this.predicting = false;
    savePrediction(NAME, prediction);
    this.host.requestUpdate();
  }

  setPredicting(predicting: boolean): void {
    this.predicting = predicting;
    this.host.requestUpdate();
  }

  /** A run has ended: it is kept, and held against the one of the link. */
  async end(): Promise<void> {
    const run = await this.keep();
    if (run) this.link.compare(run);
  }

  async keep(): Promise<KeptRun | undefined> {
    const run = await this.recorded();
    if (!run) return undefined;
    await this.kept.keep(run);
    this.said = strings.kept(run.name);
    this.host.requestUpdate();
    return run;
  }

  async share(): Promise<MadeLink> {
    const { mode, sweep, draft: set } = this.of.settings;
    const open = this.of.run();
    // A result goes with the settings that gave it, whatever has been set since.
    const ended = mode === 'run' && open?.ended ? open : undefined;
    const draft = ended?.ran ?? set;
    const run = ended && (await this.recorded());
    const link = await linkTo(NAME, {
      ...sharedDraft(draft, mode === 'sweep' ? sweep : undefined),
      prediction: packPrediction(PREDICTED, this.prediction),
      ...(run && { result: resultOf(run) }),
    });
    return { link, ...(draft['task.text'] !== undefined && { note: strings.text.notShared }) };
  }

  /** The run that is open as far as it has come. */
  private async recorded(): Promise<KeptRun | undefined> {
    const open = this.of.run();
    if (!open?.live.info || open.live.step === 0) return undefined;
    const { info, history, step } = open.live;
    const draft = open.ran;
    const { settings, lab } = this.of;
    if (!settings.device) settings.put({ device: await lab().device() });
    return keptRun({
      info,
      history,
      step,
      device: settings.device!.name,
      draft,
      name: nameOf(info.spec),
      prediction: packPrediction(PREDICTED, this.prediction),
    });
  }
}

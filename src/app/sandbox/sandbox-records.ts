/** The sandbox's runs as they are kept in this browser, the learner's prediction, and the page as a link carries it. */
import type { ReactiveControllerHost } from 'lit';
import type { MadeLink, Prediction } from '../../components/index.ts';
import { SchemaError } from '../../problems.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import type { Lab } from '../../worker/protocol.ts';
import { loadPrediction, savePrediction } from '../lesson/prediction-store.ts';
import { KeptRuns } from '../runs/kept-runs.ts';
import {
  checkCosts,
  linkTo,
  packPrediction,
  type Shared,
  SharedLink,
  unpackPrediction,
} from '../sharing/sharing.ts';
import { differences, type Draft, showValue, toSpec } from './draft.ts';
import { keptRun, resultOf, sharedDraft } from './keep-run.ts';
import type { SandboxRun } from './sandbox-run.ts';
import type { SandboxSettings } from './sandbox-settings.ts';
import { strings } from './sandbox-strings.ts';
import { costsOfSweep } from './sweep-costs.ts';
import { EMPTY_SWEEP, unpackSweep } from './sweep-draft.ts';
import { labelOf, nameOf } from './words.ts';

export const NAME = 'sandbox';
/** The number that the prediction of the page is about. */
const PREDICTED = 'trainLoss';

export class SandboxRecords {
  readonly kept: KeptRuns;
  readonly link: SharedLink;
  prediction: Prediction | undefined;
  predicting = false;
  /** what was kept last, in words */
  said = '';

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly of: { lab: () => Lab; settings: SandboxSettings; run: () => SandboxRun | null },
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
    this.link = new SharedLink(
      host,
      () => NAME,
      (...link) => this.apply(...link),
    );
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
    if (run) this.link.compare(run, this.isChanged(run.changes));
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

  /** Settings as somebody else had them. @throws Error that says what the engine refuses */
  private async apply(
    { changes, prediction, seed }: Shared,
    signal: AbortSignal,
    agreed: boolean,
  ): Promise<void> {
    const { sweep, ...given } = changes;
    const lab = this.of.lab();
    const draft: Draft = { ...given, ...(seed !== 1 && { seed }) };
    const checked = await lab.check(toSpec(draft));
    signal.throwIfAborted();
    if ('problems' in checked) throw new SchemaError(checked.problems);
    const axes = sweep === undefined ? undefined : unpackSweep(sweep);
    if (axes) await checkCosts(lab, await costsOfSweep(lab, draft, axes), agreed);
    await checkCosts(lab, [checked.cost], agreed);
    signal.throwIfAborted();
    this.prediction = unpackPrediction(PREDICTED, 'curve', { prediction }) ?? this.prediction;
    this.of.settings.put({
      sweep: axes ?? EMPTY_SWEEP,
      mode: axes ? 'sweep' : 'run',
      draft,
      checked: { ...checked, draft },
    });
  }

  /** Settings are not those of the link. */
  private isChanged(ran: Draft): boolean {
    const { changes: { sweep: _sweep, ...given } = {}, seed = 1 } = this.link.shared ?? {};
    return differences({ seed, ...given }, { seed: 1, ...ran }).length > 0;
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

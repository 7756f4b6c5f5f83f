/** The link with which the sandbox was opened: its settings are taken over, its result is held against the learner's own. */
import type { ReactiveControllerHost } from 'lit';
import type { Prediction } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { accepted } from '../../problems.ts';
import type { Lab } from '../../worker/protocol.ts';
import { checkCosts, type Shared, SharedLink, unpackPrediction } from '../sharing/sharing.ts';
import { differences, type Draft, toSpec } from './draft.ts';
import { NAME, PREDICTED } from './keep-run.ts';
import type { SandboxSettings } from './sandbox-settings.ts';
import { costsOfSweep } from './sweep-costs.ts';
import { EMPTY_SWEEP, unpackSweep } from './sweep-draft.ts';

export interface LinkOf {
  lab: () => Lab;
  settings: SandboxSettings;
  /** takes over what the sender has predicted */
  predict: (prediction: Prediction) => void;
}

export class SandboxLink {
  private readonly link: SharedLink;

  constructor(
    host: ReactiveControllerHost,
    private readonly of: LinkOf,
  ) {
    this.link = new SharedLink(
      host,
      () => NAME,
      (...link) => this.apply(...link),
    );
  }

  /** Settled when the link has been read, or where there is none. */
  get ready(): Promise<void> {
    return this.link.ready;
  }

  get shared(): Shared | undefined {
    return this.link.shared;
  }

  /** What there is to say about the link. */
  render(): unknown {
    return this.link.render();
  }

  /** Holds a run that has ended against the one of the link. */
  compare(run: KeptRun): void {
    const { changes: { sweep: _sweep, ...given } = {}, seed = 1 } = this.shared ?? {};
    const isChanged = differences({ seed, ...given }, { seed: 1, ...run.changes }).length > 0;
    this.link.compare(run, isChanged);
  }

  /** @throws Error that says what the engine refuses */
  private async apply(
    { changes, prediction, seed }: Shared,
    signal: AbortSignal,
    agreed: boolean,
  ): Promise<void> {
    const { sweep, ...given } = changes;
    const lab = this.of.lab();
    const draft: Draft = { ...given, ...(seed !== 1 && { seed }) };
    const checked = accepted(await lab.check(toSpec(draft)));
    signal.throwIfAborted();
    const axes = sweep === undefined ? undefined : unpackSweep(sweep);
    if (axes) await checkCosts(lab, await costsOfSweep(lab, draft, axes), agreed);
    await checkCosts(lab, [checked.cost], agreed);
    signal.throwIfAborted();
    const predicted = unpackPrediction(PREDICTED, 'curve', { prediction });
    if (predicted) this.of.predict(predicted);
    this.of.settings.put({
      sweep: axes ?? EMPTY_SWEEP,
      mode: axes ? 'sweep' : 'run',
      draft,
      checked: { ...checked, draft },
    });
  }
}

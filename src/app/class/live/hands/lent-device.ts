/** This browser's device, lent to the class: whatever page of the lab is shown meanwhile. */
import type { Cell, HandsClient } from '../../../../class/hands.ts';
import { type CellWork, lend, type LendingState } from '../../../../class/lending.ts';
import type { ExperimentEvent, Lab } from '../../../../worker/protocol.ts';

/** Pages in the background may speak once a minute; a page that is closed says so, and its socket is gone. */
const LEASE_SECONDS = 90;
const EVERY_MS = 5_000;

export class LentDevice {
  state: LendingState | undefined;
  /** runs that this device has done */
  done = 0;
  /** what it could not go on for */
  problem = '';
  private stopping: AbortController | undefined;
  private cell: Cell | undefined;

  constructor(
    private readonly lab: Lab,
    private readonly hands: HandsClient,
    private readonly changed: () => void,
  ) {}

  get isLent(): boolean {
    return this.stopping !== undefined;
  }

  begin(): void {
    if (this.stopping) return;
    const stopping = (this.stopping = new AbortController());
    this.problem = '';
    addEventListener('pagehide', this.onHide);
    void this.lend(stopping.signal)
      .catch((error: unknown) => {
        this.problem = (error as Error).message;
      })
      .finally(() => {
        if (this.stopping === stopping) this.end();
      });
    this.changed();
  }

  stop(): void {
    this.stopping?.abort();
    this.end();
  }

  private end(): void {
    this.stopping = this.state = this.cell = undefined;
    removeEventListener('pagehide', this.onHide);
    this.changed();
  }

  private async lend(signal: AbortSignal): Promise<void> {
    const { lab, hands } = this;
    const { software } = await lab.device();
    await lend({
      hands,
      train: (cell, work) => trainCell(lab, cell, work),
      slow: software,
      signal,
      leaseSeconds: LEASE_SECONDS,
      everyMs: EVERY_MS,
      tell: (state) => {
        if (signal.aborted) return;
        if (state.kind === 'given') this.done++;
        else this.state = state;
        this.cell = state.kind === 'training' ? state.cell : undefined;
        this.changed();
      },
    });
  }

  /** Others have at once what this page will not go on with. */
  private readonly onHide = (): void => {
    if (this.cell) void this.hands.drop(this.cell.id).catch(() => undefined);
  };
}

/** Runs that this browser has trained before are found, and given as they are. */
async function trainCell(lab: Lab, cell: Cell, { signal, share, give }: CellWork): Promise<void> {
  const left = new Set(cell.items.map(({ key }) => key));
  const giving: Promise<void>[] = [];
  let settle: (error?: Error) => void = () => undefined;
  const over = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // A failure is heard below, once training has been asked for.
  over.catch(() => undefined);
  signal.addEventListener('abort', () => settle());
  const hear = (event: ExperimentEvent): void => {
    if (event.kind === 'progress') share(Math.min(1, Math.max(0, event.share)));
    else if (event.kind === 'status' && event.status === 'failed') settle(new Error(event.message));
    else if (event.kind === 'result') {
      left.delete(event.key);
      if (!cell.done.includes(event.key)) {
        const given = give(event.key, event.result);
        given.catch((error: unknown) => settle(error as Error));
        giving.push(given);
      }
      if (left.size === 0) settle();
    }
  };
  const id = await lab.openExperiment(cell.items, hear);
  const pause = (): void => void lab.pause(id);
  signal.addEventListener('abort', pause);
  try {
    if (!signal.aborted && left.size > 0) await lab.run(id);
    await over;
    await Promise.all(giving);
  } finally {
    signal.removeEventListener('abort', pause);
    await lab.close(id);
  }
}

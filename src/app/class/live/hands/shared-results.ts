/** The results of a shared experiment as this page knows them: each is fetched once, when it is there. */
import { HandError, type HandsClient, type RunState } from '../../../../class/hands.ts';
import type { RunResult } from '../../../../worker/protocol.ts';

export class SharedResults {
  experiment = '';
  runs: readonly RunState[] = [];
  results: ReadonlyMap<string, RunResult> = new Map();
  private looking: Promise<void> | undefined;
  private isStale = false;

  constructor(
    private readonly hands: HandsClient,
    private readonly changed: () => void,
  ) {}

  /** Looks what is new; while it looks, once more behind that. */
  look(): void {
    if (this.looking) {
      this.isStale = true;
      return;
    }
    this.isStale = false;
    this.looking = this.fetch()
      .catch((error: unknown) => {
        // It is looked again with the next change.
        if (!(error instanceof HandError)) throw error;
      })
      .finally(() => {
        this.looking = undefined;
        if (this.isStale) this.look();
      });
  }

  private async fetch(): Promise<void> {
    const { experiment, runs } = await this.hands.list();
    if (experiment !== this.experiment) this.results = new Map();
    this.experiment = experiment;
    this.runs = runs;
    this.changed();
    for (const { key, state } of runs) {
      if (state !== 'done' || this.results.has(key)) continue;
      const result = (await this.hands.read(experiment, key)) as RunResult;
      if (this.experiment !== experiment) return;
      this.results = new Map([...this.results, [key, result]]);
      this.changed();
    }
  }
}

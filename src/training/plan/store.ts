/** Where results are kept between the runs, and between one start of a plan and the next. */
import type { Checkpoint } from '../results/checkpoint.ts';
import type { RunResult } from '../results/result.ts';
import type { PlannedRun } from '../spec/sweep.ts';

/**
 * What a store knows a run by. Stores that outlast the program look under its id, then under its former ids, and
 * believe what they find only where its spec is the run's (`parseResult`).
 */
export type RunKey = Pick<PlannedRun, 'id' | 'formerIds' | 'spec'>;

/** A run that is not finished: its curve so far, and all that it needs to go on with the same bits. */
export interface Part {
  result: RunResult;
  checkpoint: Checkpoint;
}

/**
 * The right to train a run, held by one worker at a time: of all processes on a folder, all tabs on a database. It lasts
 * as long as its holder shows that it is alive.
 */
export interface Lease {
  /** aborted when another worker has taken the run over, as this one was silent for too long: it must stop writing */
  readonly lost: AbortSignal;
  /** lets others have the run; does nothing where it was lost */
  release(): Promise<void>;
}

/** What was to be kept of a run is not: another worker has taken the run over. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';

  constructor(id: string) {
    super(`Another process goes on with the run ${id}, as this one was silent for too long.`);
  }
}

/** Its writes reject with a LeaseLostError once the lease that was taken for the run is lost. */
export interface ResultStore {
  /**
   * Asks for the run. Undefined while another worker holds it: do other work, look for its result, and ask again, about
   * once a second; the store notices between the questions when the holder has fallen silent, and gives it then.
   */
  lease(run: RunKey): Promise<Lease | undefined>;
  load(run: RunKey): Promise<RunResult | undefined>;
  save(run: RunKey, result: RunResult): Promise<void>;
  /** the final weights of a run with which others begin */
  loadCheckpoint(run: RunKey): Promise<Checkpoint | undefined>;
  saveCheckpoint(run: RunKey, checkpoint: Checkpoint): Promise<void>;
  /** what an interrupted run had come to */
  loadPart(run: RunKey): Promise<Part | undefined>;
  savePart(run: RunKey, part: Part): Promise<void>;
  /** all that is kept of a run is deleted */
  forget(run: RunKey): Promise<void>;
}

/** The lease of a store that only one worker knows. */
export function soleLease(): Lease {
  return { lost: new AbortController().signal, release: () => Promise.resolve() };
}

/** A store that lasts as long as the program. */
export class MemoryStore implements ResultStore {
  private readonly results = new Map<string, RunResult>();
  private readonly checkpoints = new Map<string, Checkpoint>();
  private readonly parts = new Map<string, Part>();

  lease(_run: RunKey): Promise<Lease | undefined> {
    return Promise.resolve(soleLease());
  }
  load({ id }: RunKey): Promise<RunResult | undefined> {
    return Promise.resolve(this.results.get(id));
  }
  save({ id }: RunKey, result: RunResult): Promise<void> {
    this.results.set(id, result);
    this.parts.delete(id);
    return Promise.resolve();
  }
  loadPart({ id }: RunKey): Promise<Part | undefined> {
    return Promise.resolve(this.parts.get(id));
  }
  savePart({ id }: RunKey, part: Part): Promise<void> {
    this.parts.set(id, part);
    return Promise.resolve();
  }
  loadCheckpoint({ id }: RunKey): Promise<Checkpoint | undefined> {
    return Promise.resolve(this.checkpoints.get(id));
  }
  saveCheckpoint({ id }: RunKey, checkpoint: Checkpoint): Promise<void> {
    this.checkpoints.set(id, checkpoint);
    return Promise.resolve();
  }
  forget({ id }: RunKey): Promise<void> {
    for (const table of [this.results, this.checkpoints, this.parts]) table.delete(id);
    return Promise.resolve();
  }
}

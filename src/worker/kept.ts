/**
 * What the worker keeps of experiments, by what the runs are: finished runs, so that no page has them done twice, and
 * where an interrupted one stood. In the browser's database, so that it outlasts the tab; without one, here.
 */
import type { LabDatabase } from '../state/database.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/checkpoint.ts';
import type { RunResult } from '../training/result.ts';
import { soleLease, type Lease, type Part, type ResultStore, type RunKey } from '../training/store.ts';
import type { Tuning, TuningStore } from '../training/tuning.ts';

/** Interrupted runs that are kept; the oldest goes first. */
const MOST_PARTS = 8;

type Files = Uint8Array<ArrayBuffer>;

/** A table that may be the database's. */
interface Keeper<T> {
  get(id: string): Promise<T | undefined>;
  set(id: string, value: T): Promise<void>;
  delete(id: string): Promise<void>;
  keys(): Promise<string[]>;
}

export class KeptResults implements ResultStore {
  private readonly results: Keeper<RunResult>;
  private readonly checkpoints: Keeper<Files>;
  private readonly parts: Keeper<{ result: RunResult; checkpoint: Files }>;

  constructor(database: Promise<LabDatabase | undefined> = Promise.resolve(undefined)) {
    this.results = keeper(database, 'results');
    this.checkpoints = keeper(database, 'checkpoints');
    this.parts = keeper(database, 'parts');
  }

  lease(): Promise<Lease> {
    return Promise.resolve(soleLease());
  }

  load({ id }: RunKey): Promise<RunResult | undefined> {
    return this.results.get(id);
  }

  async save({ id }: RunKey, result: RunResult): Promise<void> {
    await this.results.set(id, result);
    await this.parts.delete(id);
  }

  async loadCheckpoint({ id }: RunKey): Promise<Checkpoint | undefined> {
    const file = await this.checkpoints.get(id);
    return file && decodeCheckpoint(file);
  }

  saveCheckpoint({ id }: RunKey, checkpoint: Checkpoint): Promise<void> {
    return this.checkpoints.set(id, encodeCheckpoint(checkpoint));
  }

  async loadPart({ id }: RunKey): Promise<Part | undefined> {
    const part = await this.parts.get(id);
    return part && { result: part.result, checkpoint: decodeCheckpoint(part.checkpoint) };
  }

  async savePart({ id }: RunKey, { result, checkpoint }: Part): Promise<void> {
    await this.parts.set(id, { result, checkpoint: encodeCheckpoint(checkpoint) });
    const others = (await this.parts.keys()).filter((key) => key !== id);
    const tooMany = others.length + 1 - MOST_PARTS;
    if (tooMany <= 0) return;
    // They are read only where one must go: weights are large.
    const dates = new Map<string, string>();
    for (const key of others) dates.set(key, (await this.parts.get(key))?.result.date ?? '');
    others.sort((a, b) => (dates.get(a)! < dates.get(b)! ? -1 : 1));
    for (const key of others.slice(0, tooMany)) await this.parts.delete(key);
  }

  async forget({ id }: RunKey): Promise<void> {
    for (const table of [this.results, this.checkpoints, this.parts]) await table.delete(id);
  }
}

/** The fastest kernels of adapters that this browser has met. */
export function keptTunings(database: Promise<LabDatabase | undefined>): TuningStore {
  const kept = keeper<Tuning>(database, 'tunings');
  return { load: (key) => kept.get(key), save: (key, tuning) => kept.set(key, tuning) };
}

/** A database that fails, being full or closed by a newer page, loses nothing of this visit. */
function keeper<T>(
  database: Promise<LabDatabase | undefined>,
  table: 'results' | 'checkpoints' | 'parts' | 'tunings',
): Keeper<T> {
  const here = new Map<string, T>();
  const quietly = async (work: (database: LabDatabase) => Promise<unknown>): Promise<unknown> => {
    try {
      const open = await database;
      return open && (await work(open));
    } catch {
      return undefined;
    }
  };
  return {
    get: async (id) => here.get(id) ?? ((await quietly((open) => open.get(table, id))) as T | undefined),
    set: async (id, value) => {
      here.set(id, value);
      await quietly((open) => open.put(table, value as never, id));
    },
    delete: async (id) => {
      here.delete(id);
      await quietly((open) => open.delete(table, id));
    },
    keys: async () => {
      const stored = ((await quietly((open) => open.getAllKeys(table))) ?? []) as string[];
      return [...new Set([...stored, ...here.keys()])];
    },
  };
}

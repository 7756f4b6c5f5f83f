/**
 * What the worker keeps of experiments, by what the runs are: finished runs, so that no page has them done twice, and
 * where an interrupted one stood. In the browser's database, so that it outlasts the tab; what that does not take is
 * kept here, and is written when it can be. What it holds is believed only after a check: damaged records, and those of
 * another run or a newer page, are set aside and named.
 */
import { type BrowserDatabase, DatabaseError, type LabDatabase, setAside } from '../state/database.ts';
import { SchemaError } from '../schema.ts';
import type { Device } from '../gpu/device.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/results/checkpoint.ts';
import { idsOf } from '../training/spec/identity.ts';
import { parseResult, refuseOther } from '../training/results/parse-result.ts';
import type { RunResult } from '../training/results/result.ts';
import {
  LeaseLostError,
  type Lease,
  type Part,
  type ResultStore,
  type RunKey,
} from '../training/plan/store.ts';
import { type Tuning, tuningKey, type TuningStore } from '../training/measuring/tuning.ts';
import { type Leases, leasesOf } from './leases.ts';
import type { KeptNotice } from './protocol.ts';
import { type Content, seal, type Sealed, unseal } from './sealed.ts';

/** Interrupted runs that are kept; the oldest goes first. */
const MOST_PARTS = 8;

const TABLES = ['results', 'checkpoints', 'parts'] as const;
type Table = (typeof TABLES)[number];

/** A record that is to be there from now on, or not to be there. */
interface Change {
  table: Table;
  id: string;
  record: Sealed | undefined;
}

/** How soon what the database did not take is offered to it again, ms. */
const AGAIN_MS = 10_000;

export class KeptResults implements ResultStore {
  /** what the database did not take: records, and nothing where one is to go */
  private readonly here = new Map<string, Change>();
  private readonly held = new Map<string, Lease>();
  private readonly listeners = new Set<(notice: KeptNotice) => void>();
  /** why what is kept lasts as long as the page */
  private trouble: Extract<KeptNotice, { kind: 'not-kept' }> | undefined;
  /** until what the database did not take is offered to it again */
  private again: ReturnType<typeof setTimeout> | undefined;

  /** @param database without one, all lasts as long as the page */
  constructor(
    private readonly database?: BrowserDatabase,
    private readonly leases: Leases = leasesOf(database),
  ) {
    database?.watch((problem) => {
      if (problem) this.complain(new DatabaseError(problem));
      else void this.flush();
    });
  }

  /** Hears what could not be kept, and what was set aside. @returns what ends that */
  watch(listener: (notice: KeptNotice) => void): () => void {
    this.listeners.add(listener);
    if (this.trouble) listener(this.trouble);
    return () => this.listeners.delete(listener);
  }

  async lease({ id }: RunKey): Promise<Lease | undefined> {
    const lease = await this.leases.take(id);
    if (!lease) return undefined;
    this.held.set(id, lease);
    const release = async (): Promise<void> => {
      if (this.held.get(id) === lease) this.held.delete(id);
      await lease.release();
    };
    return { lost: lease.lost, release };
  }

  load(run: RunKey): Promise<RunResult | undefined> {
    return this.read('results', run, ({ result }) => parseResult(result, run));
  }

  async save(run: RunKey, result: RunResult): Promise<void> {
    const record = await seal({ result });
    const parts = idsOf(run).map((id): Change => ({ table: 'parts', id, record: undefined }));
    await this.write(run, [{ table: 'results', id: run.id, record }, ...parts]);
  }

  loadCheckpoint(run: RunKey): Promise<Checkpoint | undefined> {
    return this.read('checkpoints', run, ({ checkpoint }) => checkpointOf(run, checkpoint));
  }

  async saveCheckpoint(run: RunKey, checkpoint: Checkpoint): Promise<void> {
    const record = await seal({ checkpoint: encodeCheckpoint(checkpoint) });
    await this.write(run, [{ table: 'checkpoints', id: run.id, record }]);
  }

  loadPart(run: RunKey): Promise<Part | undefined> {
    return this.read('parts', run, ({ result, checkpoint }) => ({
      result: parseResult(result, run),
      checkpoint: checkpointOf(run, checkpoint),
    }));
  }

  async savePart(run: RunKey, { result, checkpoint }: Part): Promise<void> {
    const record = await seal({ result, checkpoint: encodeCheckpoint(checkpoint) });
    await this.write(run, [{ table: 'parts', id: run.id, record }]);
  }

  async forget(run: RunKey): Promise<void> {
    const changes = idsOf(run).flatMap((id) =>
      TABLES.map((table): Change => ({ table, id, record: undefined })),
    );
    await this.write(undefined, changes);
  }

  /** The first of a run's records that is there and right. */
  private async read<T>(table: Table, run: RunKey, check: (content: Content) => T): Promise<T | undefined> {
    for (const id of idsOf(run)) {
      const own = this.here.get(`${table} ${id}`);
      const raw: unknown = own ? own.record : await this.ask(table, id);
      if (raw === undefined) continue;
      try {
        return check(await unseal(raw));
      } catch (error) {
        // Under a former id there may be another run's record, which is not damaged.
        if (id === run.id) await this.setAside(table, id, error as Error);
      }
    }
    return undefined;
  }

  private async ask(table: Table, id: string): Promise<unknown> {
    try {
      return await this.database?.use((open) => open.get(table, id));
    } catch (error) {
      this.complain(error);
      return undefined;
    }
  }

  /**
   * Writes all of the changes or none. What the database does not take is kept here.
   * @throws LeaseLostError where another tab trains the run now
   */
  private async write(run: RunKey | undefined, changes: readonly Change[]): Promise<void> {
    if (run && this.held.get(run.id)?.lost.aborted) throw new LeaseLostError(run.id);
    for (const change of changes) this.here.set(nameOf(change), change);
    await this.flush(changes);
  }

  /** Writes what is kept here alone. */
  private async flush(changes: readonly Change[] = [...this.here.values()]): Promise<void> {
    const { database } = this;
    if (!database) return;
    try {
      await database.use((open) => store(open, changes));
      for (const change of changes) {
        if (this.here.get(nameOf(change)) === change) this.here.delete(nameOf(change));
      }
    } catch (error) {
      this.complain(error);
      return;
    }
    if (!this.trouble || database.problem) return;
    if (this.here.size) {
      await this.flush();
      return;
    }
    this.trouble = undefined;
    this.tell({ kind: 'kept-again' });
  }

  private async setAside(table: Table, id: string, error: Error): Promise<void> {
    this.here.delete(`${table} ${id}`);
    await this.database?.use((open) => setAside(open, table, id, error.message)).catch(() => undefined);
    const what = ({ results: 'result', checkpoints: 'weights', parts: 'part' } as const)[table];
    const why = error instanceof SchemaError ? error.problems : [{ path: '', message: error.message }];
    this.tell({ kind: 'set-aside', what, id, why });
  }

  /** Says once why what is kept lasts as long as the page. */
  private complain(error: unknown): void {
    const { name, message } = error as Error;
    const reason =
      error instanceof DatabaseError ? error.problem : name === 'QuotaExceededError' ? 'full' : 'failed';
    // No event tells of room again, so it is tried again now and then.
    this.again ??= setTimeout(() => {
      this.again = undefined;
      if (this.here.size) void this.flush();
    }, AGAIN_MS);
    if (this.trouble?.reason === reason) return;
    this.trouble = { kind: 'not-kept', reason, detail: message };
    this.tell(this.trouble);
  }

  private tell(notice: KeptNotice): void {
    for (const listener of this.listeners) listener(notice);
  }
}

/** The fastest kernels of adapters that this browser has met. */
export function keptTunings(database: BrowserDatabase): TuningStore {
  const here = new Map<string, Tuning>();
  return {
    load: async (key) =>
      here.get(key) ?? (await database.use((open) => open.get('tunings', key)).catch(() => undefined)),
    save: async (key, tuning) => {
      here.set(key, tuning);
      await database.use((open) => open.put('tunings', tuning, key)).catch(() => undefined);
    },
  };
}

/**
 * Measures each device once in this browser. Of those that compute on the CPU the faster trains: if every visit measured
 * anew, a run might go on, or be done again, on another one than before, with other bits.
 * @param measure GFLOP/s
 */
export function measuredOnce(
  database: BrowserDatabase,
  measure: (device: Device) => Promise<number>,
): (device: Device) => Promise<number> {
  return async (device) => {
    const key = `speed|${tuningKey(device)}`;
    const known = await database.use((open) => open.get('tunings', key)).catch(() => undefined);
    if (typeof known === 'number' && known > 0) return known;
    const speed = await measure(device);
    await database.use((open) => open.put('tunings', speed, key)).catch(() => undefined);
    return speed;
  };
}

const nameOf = ({ table, id }: Change): string => `${table} ${id}`;

/** @throws SchemaError, SafetensorsError where it is none, or another run's */
function checkpointOf(run: RunKey, file: Uint8Array | undefined): Checkpoint {
  const checkpoint = decodeCheckpoint(file ?? new Uint8Array());
  refuseOther(checkpoint.spec, run.spec, 'checkpoint');
  return checkpoint;
}

/** All in one transaction, and with it the oldest of too many interrupted runs. */
async function store(open: LabDatabase, changes: readonly Change[]): Promise<void> {
  const transaction = open.transaction(TABLES, 'readwrite', { durability: 'strict' });
  try {
    const parts = transaction.objectStore('parts');
    for (const { table, id, record } of changes) {
      const records = transaction.objectStore(table);
      if (!record) await records.delete(id);
      else if (table !== 'parts') await records.put(record, id);
      else {
        const last = await parts.index('date').openKeyCursor(null, 'prev');
        await records.put({ ...record, date: after(record.date, last?.key) }, id);
      }
    }
    const tooMany = (await parts.count()) - MOST_PARTS;
    if (tooMany > 0) {
      // Older records have no date: they count as the oldest.
      const dated = await parts.index('date').getAllKeys();
      const undated = (await parts.getAllKeys()).filter((key) => !dated.includes(key));
      for (const key of [...undated, ...dated].slice(0, tooMany)) await parts.delete(key);
    }
  } catch (error) {
    await abort(transaction);
    throw transaction.error ?? error;
  }
  await transaction.done;
}

/** Parts are dated in the order in which they are written, also where the clock was set back. */
function after(date: string, last: unknown): string {
  const latest = Date.parse(String(last));
  return latest >= Date.parse(date) ? new Date(latest + 1).toISOString() : date;
}

async function abort(transaction: { abort(): void; done: Promise<void> }): Promise<void> {
  try {
    transaction.abort();
  } catch {
    // The transaction had ended already.
  }
  await transaction.done.catch(() => undefined);
}

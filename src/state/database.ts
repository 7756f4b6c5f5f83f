/** What the browser keeps between visits: one IndexedDB database, its tables and its versions. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeptRun } from '../findings/kept-run.ts';
import type { Tuning } from '../training/measuring/tuning.ts';

/** Why the browser's database cannot be used now. */
export type DatabaseProblem =
  /** the browser keeps nothing, as in some private windows, or could not open it */
  | 'refused'
  /** another tab, with an older version of the page, does not let go of it */
  | 'blocked'
  /** the browser does not answer */
  | 'silent'
  /** a newer version of the page has it, and this one must be loaded again */
  | 'newer'
  /** the browser has closed it, as when its data are cleared */
  | 'closed';

/** So many records that were set aside are kept, to be looked at; the oldest go first. */
export const MOST_BROKEN = 16;

/** What was found damaged, or not to be what it should be, and was moved out of the way. */
export interface SetAside {
  table: string;
  key: string | number;
  value: unknown;
  why: string;
  /** ISO date */
  date: string;
}

/** Values are `unknown` where they are checked when they are read: another version of the page may have written them. */
export interface LabSchema extends DBSchema {
  /** finished runs of experiments, by what they are */
  results: { key: string; value: unknown };
  /** weights with which other runs begin */
  checkpoints: { key: string; value: unknown };
  /** runs that were interrupted: the curve so far, and the checkpoint to go on from */
  parts: { key: string; value: unknown; indexes: { date: string } };
  runs: { key: number; value: KeptRun; indexes: { lesson: string } };
  /** by adapter: the fastest kernels, and how fast it is where it computes on the CPU, GFLOP/s */
  tunings: { key: string; value: Tuning | number };
  /** who trains which run, where the browser has no locks of its own */
  leases: { key: string; value: { owner: string; beat: number } };
  /** classes whose results were gathered here, by their ids (app/class) */
  classes: { key: string; value: unknown };
  /** by table and key */
  broken: { key: string; value: SetAside };
}

export type LabDatabase = IDBPDatabase<LabSchema>;
export type LabTable =
  'results' | 'checkpoints' | 'parts' | 'runs' | 'tunings' | 'leases' | 'classes' | 'broken';

export class DatabaseError extends Error {
  override name = 'DatabaseError';
  constructor(
    readonly problem: DatabaseProblem,
    detail = '',
  ) {
    super(detail || `The browser's database: ${problem}.`);
  }
}

interface Opening {
  done: Promise<LabDatabase | undefined>;
  began: number;
}
const NEVER: Opening = { done: Promise.resolve(undefined), began: 0 };

export const DATABASE = 'scaling-lab';
const VERSION = 4;
/** After so long without an answer all goes on without, ms. */
const OPENING_MS = 2000;
const WORKING_MS = 10_000;
/** A browser that has refused is asked again after so long, ms. */
const AGAIN_MS = 5000;

export interface Patience {
  openingMs?: number;
  workingMs?: number;
}

/** The database as long as the page lives. It may open late, be closed, and open again: nothing waits for it for long. */
export class BrowserDatabase {
  private open: LabDatabase | undefined;
  private opening: Opening | undefined;
  private current: DatabaseProblem | undefined;
  private isBlocked = false;
  /** work that has not been answered in time, and may still be */
  private stalled = 0;
  private readonly listeners = new Set<(problem: DatabaseProblem | undefined) => void>();
  private readonly openingMs: number;
  private readonly workingMs: number;

  constructor(
    private readonly name = DATABASE,
    { openingMs = OPENING_MS, workingMs = WORKING_MS }: Patience = {},
  ) {
    this.openingMs = openingMs;
    this.workingMs = workingMs;
  }

  /** Why it cannot be used; nothing while it can, or was not asked for. */
  get problem(): DatabaseProblem | undefined {
    return this.current;
  }

  /** Hears when it is gone, and when it is there again. @returns what ends that */
  watch(listener: (problem: DatabaseProblem | undefined) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The open database, or undefined where it does not open within two seconds of the first request. */
  async get(): Promise<LabDatabase | undefined> {
    if (this.open) return this.open;
    const { done, began } = (this.opening ??= this.begin());
    const left = this.openingMs - (performance.now() - began);
    const late = Symbol('late');
    const first = await Promise.race([done, pause(left, late)]);
    if (first !== late) return first;
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have opened meanwhile
    if (!this.open) this.say(this.isBlocked ? 'blocked' : 'silent');
    return this.open;
  }

  /**
   * Does something in the database.
   * @throws DatabaseError where there is none, or it does not answer; what `work` throws
   */
  async use<T>(work: (database: LabDatabase) => Promise<T>): Promise<T> {
    if (this.stalled) throw new DatabaseError('silent');
    const database = await this.get();
    if (!database) throw new DatabaseError(this.current ?? 'silent');
    const late = Symbol('late');
    const working = work(database);
    const first = await Promise.race([working, pause(this.workingMs, late)]);
    if (first !== late) return first;
    this.stalled++;
    this.say('silent');
    const answered = (): void => {
      if (--this.stalled === 0 && this.open) this.say(undefined);
    };
    working.then(answered, answered);
    throw new DatabaseError('silent');
  }

  /** For good: it is not opened again. */
  close(): void {
    this.open?.close();
    this.open = undefined;
    this.opening = NEVER;
    this.say('closed');
  }

  /** It is not asked for again for a while. */
  private refrain(): void {
    const none = (this.opening = { ...NEVER });
    setTimeout(() => {
      if (this.opening === none) this.opening = undefined;
    }, AGAIN_MS);
  }

  private begin(): Opening {
    const began = performance.now();
    this.isBlocked = false;
    // Frames without an origin have an `indexedDB` that throws, some places have none.
    const done = Promise.resolve()
      .then(() =>
        openDB<LabSchema>(this.name, VERSION, {
          upgrade(database, _before, _now, transaction) {
            const isMissing = (table: LabTable): boolean => !database.objectStoreNames.contains(table);
            const plain = [
              'results',
              'checkpoints',
              'parts',
              'tunings',
              'leases',
              'classes',
              'broken',
            ] as const;
            for (const table of plain) if (isMissing(table)) database.createObjectStore(table);
            if (isMissing('runs')) {
              database
                .createObjectStore('runs', { keyPath: 'id', autoIncrement: true })
                .createIndex('lesson', 'lesson');
            }
            const parts = transaction.objectStore('parts');
            if (!parts.indexNames.contains('date')) parts.createIndex('date', 'date');
          },
          blocked: () => {
            this.isBlocked = true;
            // It was said already that nothing comes.
            if (this.current === 'silent') this.say('blocked');
          },
          // A newer version of the page, in another tab, wants to change the tables.
          blocking: (_current, _blocked, event) => {
            (event.target as IDBDatabase).close();
            this.lose('newer');
          },
          terminated: () => this.lose('closed'),
        }),
      )
      .then(
        (database) => {
          this.open = database;
          this.say(undefined);
          return database;
        },
        (error: unknown) => {
          const isNewer = error instanceof Error && error.name === 'VersionError';
          this.say(isNewer ? 'newer' : 'refused');
          this.refrain();
          return undefined;
        },
      );
    return { done, began };
  }

  private lose(problem: DatabaseProblem): void {
    this.open = undefined;
    this.opening = undefined;
    // The one that wants in is let in first.
    if (problem === 'newer') this.refrain();
    this.say(problem);
  }

  private say(problem: DatabaseProblem | undefined): void {
    if (problem === this.current) return;
    this.current = problem;
    for (const listener of this.listeners) listener(problem);
  }
}

/** The database of the page; private windows may refuse it, and then everything lasts as long as the page. */
export function openDatabase(name = DATABASE, patience: Patience = {}): BrowserDatabase {
  return new BrowserDatabase(name, patience);
}

/** Moves a record out of the way, where it can still be looked at. */
export async function setAside(
  database: LabDatabase,
  table: 'results' | 'checkpoints' | 'parts' | 'runs',
  key: string | number,
  why: string,
): Promise<void> {
  const transaction = database.transaction([table, 'broken'], 'readwrite');
  const store = transaction.objectStore(table);
  const value: unknown = await store.get(key);
  const record = { table, key, value, why, date: new Date().toISOString() };
  const broken = transaction.objectStore('broken');
  await broken.put(record, `${table} ${key}`);
  await store.delete(key);
  if ((await broken.count()) > MOST_BROKEN) {
    const dates: [string, string][] = [];
    for (let at = await broken.openCursor(); at; at = await at.continue())
      dates.push([at.value.date, at.key]);
    dates.sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, oldest] of dates.slice(0, -MOST_BROKEN)) await broken.delete(oldest);
  }
  await transaction.done;
}

function pause<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms), value));
}

/** The runs that a learner keeps: listed, renamed, deleted, written out and read in again. */
import { runsText } from '../files/formats.ts';
import { type KeptRun, KeptRunSchema, MOST_CHARACTERS } from '../findings/kept-run.ts';
import { parse, type Problem, SchemaError } from '../schema.ts';
import { type BrowserDatabase, DatabaseError, type LabDatabase, setAside } from './database.ts';

export interface Imported {
  added: number;
  /** that were there already */
  known: number;
  /** of all of them, in their order */
  ids: number[];
}

export class Runs {
  /** what the browser does not keep: it may not, is full, or a newer page has closed the database */
  private readonly here = new Map<number, KeptRun>();
  /** what the database last held */
  private stored: readonly KeptRun[] = [];
  /** runs that were found to be none, and were moved out of the way: what they were called, and why */
  readonly broken: { name: string; why: readonly Problem[] }[] = [];
  /** why runs last only as long as the page */
  reason: DatabaseError['problem'] | 'full' | 'failed' | undefined;

  constructor(private readonly database: BrowserDatabase | undefined) {
    database?.watch((problem) => {
      if (!problem) void this.settle();
    });
  }

  /** Some last only as long as the page. */
  get fleeting(): boolean {
    return this.here.size > 0;
  }

  /** Oldest first; of one lesson, or of all. */
  async list(lesson?: string): Promise<KeptRun[]> {
    const found = await this.quietly((database) => database.getAll('runs'));
    if (found) this.stored = await this.sound(found);
    const all = new Map([...this.stored.map((run) => [run.id!, run] as const), ...this.here]);
    return [...all.values()].filter((run) => lesson === undefined || run.lesson === lesson);
  }

  /** @returns the id that the run has from now on; below zero where it lasts as long as the page */
  async keep(run: KeptRun): Promise<number> {
    const { id: _, ...fresh } = run;
    const kept = await this.quietly((database) => database.add('runs', fresh));
    if (kept !== undefined) return kept;
    const id = Math.min(0, ...this.here.keys()) - 1;
    this.here.set(id, { ...fresh, id });
    return id;
  }

  async rename(id: number, name: string): Promise<void> {
    const run = (await this.list()).find((each) => each.id === id);
    if (!run) return;
    const renamed = { ...run, name };
    const isKept = !this.here.has(id) && (await this.quietly((database) => database.put('runs', renamed)));
    if (!isKept) this.here.set(id, renamed);
  }

  async remove(id: number): Promise<void> {
    this.here.delete(id);
    this.stored = this.stored.filter((run) => run.id !== id);
    await this.quietly((database) => database.delete('runs', id));
  }

  /** The runs of one lesson, or all, as one JSON file. */
  async export(lesson?: string): Promise<string> {
    const runs = (await this.list(lesson)).map(({ id: _, ...run }) => run);
    return runsText(runs);
  }

  /** Adds those that are not there already under the same name. */
  async add(runs: readonly KeptRun[]): Promise<Imported> {
    const there = new Map((await this.list()).map((run) => [factsOf(run), run.id!]));
    const before = there.size;
    for (const run of runs) {
      const facts = factsOf(run);
      if (!there.has(facts)) there.set(facts, await this.keep(run));
    }
    const added = there.size - before;
    return { added, known: runs.length - added, ids: runs.map((run) => there.get(factsOf(run))!) };
  }

  /**
   * Adds the runs of a file of any kind that the lab writes.
   * @param name for runs that have none
   * @throws SchemaError when the file is none of them; then nothing is added
   */
  async import(text: string, name: string): Promise<Imported> {
    // Reading a run of the command line takes all that a spec is made of.
    const { keptRunsIn } = await import('../files/kept.ts');
    return this.add(keptRunsIn(text, name));
  }

  /** Those that are runs: what another version of the page has left, or is damaged, never stops this one. */
  private async sound(found: readonly KeptRun[]): Promise<KeptRun[]> {
    const sound: KeptRun[] = [];
    for (const run of found) {
      try {
        sound.push({ ...run, ...parse(KeptRunSchema, run, '', { entries: MOST_CHARACTERS }) });
      } catch (error) {
        if (!(error instanceof SchemaError)) throw error;
        const { id, name } = run as { id: number; name: unknown };
        const called = typeof name === 'string' ? name.slice(0, 200) : String(id);
        this.broken.push({ name: called, why: error.problems.slice(0, 1) });
        await this.quietly((database) => setAside(database, 'runs', id, error.message));
      }
    }
    return sound;
  }

  /** The database is there after all: what is here alone goes there. */
  private async settle(): Promise<void> {
    for (const [key, run] of [...this.here]) {
      const { id, ...fresh } = run;
      const isKept = await this.quietly((database) =>
        key < 0 ? database.add('runs', fresh) : database.put('runs', { ...fresh, id: id! }),
      );
      if (isKept !== undefined) this.here.delete(key);
    }
  }

  /** Undefined where the database has failed, or there is none. */
  private async quietly<T>(work: (database: LabDatabase) => Promise<T>): Promise<T | undefined> {
    try {
      const done = this.database && (await this.database.use(work));
      if (this.database) this.reason = undefined;
      return done;
    } catch (error) {
      const isFull = (error as Error).name === 'QuotaExceededError';
      this.reason = error instanceof DatabaseError ? error.problem : isFull ? 'full' : 'failed';
      return undefined;
    }
  }
}

/** By which a run is known again: no two begin at the same moment, on the same device, with the same settings. */
function factsOf({ lesson, size, seed, device, date, seconds, digest, name }: KeptRun): string {
  return JSON.stringify([lesson, size, seed, device, date, seconds, digest, name]);
}

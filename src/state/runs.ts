/** The runs that a learner keeps: listed, renamed, deleted, written out and read in again. */
import * as v from 'valibot';
import { MOST_BYTES, RecordingSchema } from '../lessons/recording.ts';
import { parse, SchemaError } from '../schema.ts';
import type { KeptRun, LabDatabase } from './database.ts';

const FORMAT = 'scaling-lab runs 1';
/** A file of runs may hold this many at most. */
const MOST_RUNS = 1000;

const number = v.pipe(v.number('must be a number'), v.finite('must be finite'));
const KeptRunSchema = v.object({
  ...RecordingSchema.entries,
  name: v.pipe(v.string('must be a text'), v.maxLength(200, 'must have at most 200 characters')),
  changes: v.optional(v.record(v.string(), v.unknown()), {}),
  prediction: v.optional(
    v.record(
      v.string(),
      v.union([number, v.array(v.tuple([number, number]))], 'must be a number or a curve'),
    ),
    {},
  ),
});
const FileSchema = v.object({
  format: v.literal(FORMAT, `must be "${FORMAT}"`),
  runs: v.pipe(
    v.array(KeptRunSchema, 'must be a list of runs'),
    v.maxLength(MOST_RUNS, `must have at most ${MOST_RUNS} runs`),
  ),
});

export class Runs {
  /** what the browser does not keep: it may not, is full, or a newer page has closed the database */
  private readonly here = new Map<number, KeptRun>();
  /** what the database last held */
  private stored: readonly KeptRun[] = [];

  constructor(private readonly database: LabDatabase | undefined) {}

  /** Some last only as long as the page. */
  get fleeting(): boolean {
    return this.here.size > 0;
  }

  /** Oldest first; of one lesson, or of all. */
  async list(lesson?: string): Promise<KeptRun[]> {
    this.stored = (await this.quietly((database) => database.getAll('runs'))) ?? this.stored;
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
    return JSON.stringify({ format: FORMAT, runs });
  }

  /**
   * Adds the runs of a file.
   * @returns how many there were
   * @throws SchemaError when the file is not one of ours; then nothing is added
   */
  async import(text: string): Promise<number> {
    if (text.length > MOST_RUNS * MOST_BYTES) throw new SchemaError('The file is too large to hold runs.');
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw new SchemaError('The file is not JSON.');
    }
    const { runs } = parse(FileSchema, json, 'file');
    for (const run of runs) await this.keep(run);
    return runs.length;
  }

  /** Undefined where the database has failed, or there is none. */
  private async quietly<T>(work: (database: LabDatabase) => Promise<T>): Promise<T | undefined> {
    try {
      return this.database && (await work(this.database));
    } catch {
      return undefined;
    }
  }
}

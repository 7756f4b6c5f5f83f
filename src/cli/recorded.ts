/**
 * A recording's file: the results of runs that were really run, as far as a judge reads them. What is shown of them is
 * made when a page is built (build/recordings.ts), so that another word or another figure needs no new run.
 */
import { decodeFloats, encodeFloats } from '../floats.ts';
import { findLesson } from '../lessons/index.ts';
import { makeRecording, type Circumstances, digestOf } from '../lessons/recording.ts';
import type { Judged, Results } from '../lessons/lesson.ts';
import type { Recording } from '../findings/recording.ts';
import { SchemaError } from '../problems.ts';
import type { BenchmarkResult } from '../training/measuring/benchmark.ts';
import { parseResult } from '../training/results/parse-result.ts';
import type { RunResult } from '../training/results/result.ts';
import { parseSpec } from '../training/spec/spec.ts';

/** As a plan gives it. */
type SpecInput = Recording['specs'][string];

/** By set and metric: for each evaluation, a number for each replica, or null where it is none. */
type Columns = Record<string, Record<string, (number | null)[][]>>;

/** A run's result without its spec and its pictures. */
type RecordedRun = Omit<RunResult, 'spec' | 'from' | 'snapshots' | 'losses' | 'evaluations'> & {
  /** of each replica, from step `first` on: their bits, as base64 (src/floats.ts) */
  losses: { first: number; values: string[] };
  evaluations: { steps: number[]; sets: Columns };
};

export interface RecordedFile extends Circumstances {
  lesson: string;
  /** of the losses: equal where the same bits were computed */
  digest: string;
  /** the runs' specs by key, as they were planned */
  specs: Record<string, SpecInput>;
  results: { runs: Record<string, RecordedRun>; benchmarks: Record<string, BenchmarkResult> };
}

/** Of a metric. */
const DIGITS = 7;

export function recordedFile(lesson: Judged, results: Results, about: Circumstances): RecordedFile {
  const specs = lesson
    .plan(about.size, about.seed)
    .flatMap((item): [string, SpecInput][] => ('spec' in item ? [[item.key, item.spec]] : []));
  return {
    lesson: lesson.name,
    ...about,
    digest: digestOf(results),
    specs: Object.fromEntries(specs),
    results: {
      runs: Object.fromEntries(specs.map(([key]) => [key, packed(key, results.runs.get(key)!)])),
      benchmarks: Object.fromEntries(results.benchmarks),
    },
  };
}

/** @throws SchemaError where a result is none, or another run's */
export function recordedResults({ specs, results: { runs, benchmarks } }: RecordedFile): Results {
  return {
    runs: new Map(Object.entries(runs).map(([key, run]) => [key, unpacked(run, specs[key])])),
    benchmarks: new Map(Object.entries(benchmarks)),
  };
}

/** What the lesson's judge says of the recorded results today. @throws SchemaError */
export function recordingFrom(lesson: Judged, file: RecordedFile): Recording {
  const { size, seed, device, date, seconds, specs } = file;
  return { ...makeRecording(lesson, recordedResults(file), { size, seed, device, date, seconds }), specs };
}

/** Of an older file: findings as they were made, and the first losses that it brings. */
type Older = Recording & { firstLosses?: number[] };

/** What a recording's file says today: results are judged, findings of older recordings are taken as they are. @throws SchemaError */
export function recordingIn(file: Older | RecordedFile): Older {
  if (!('results' in file)) return file;
  const lesson = findLesson(file.lesson);
  if (!lesson) throw new Error(`There is no lesson ${file.lesson}, of which this is a recording.`);
  return recordingFrom(lesson, file);
}

function packed(key: string, run: RunResult): RecordedRun {
  const { spec: _spec, from: _from, snapshots: _snapshots, losses, evaluations, ...facts } = run;
  return {
    ...facts,
    losses: {
      first: losses.first,
      values: losses.values.map((values) => encodeFloats(Float32Array.from(values))),
    },
    evaluations: { steps: evaluations.map(({ step }) => step), sets: columnsOf(key, evaluations) },
  };
}

function columnsOf(key: string, evaluations: RunResult['evaluations']): Columns {
  const names = (sets: RunResult['evaluations'][number]['sets']): [string, string[]][] =>
    Object.entries(sets).map(([set, records]) => [set, Object.keys(records[0] ?? {})]);
  const first = names(evaluations[0]?.sets ?? {});
  if (evaluations.some(({ sets }) => JSON.stringify(names(sets)) !== JSON.stringify(first))) {
    throw new Error(`The evaluations of ${key} have not all the same metrics, which a recording asks for.`);
  }
  const short = (value: number | undefined): number | null =>
    value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(DIGITS));
  const column = (set: string, metric: string): (number | null)[][] =>
    evaluations.map(({ sets }) => sets[set]!.map((record) => short(record[metric])));
  return Object.fromEntries(
    first.map(([set, metrics]) => [
      set,
      Object.fromEntries(metrics.map((metric) => [metric, column(set, metric)])),
    ]),
  );
}

function unpacked({ losses, evaluations, ...facts }: RecordedRun, input: SpecInput | undefined): RunResult {
  if (!input) throw new SchemaError('a recorded run must have a spec');
  const spec = parseSpec(input);
  const { steps, sets } = evaluations;
  return parseResult(
    {
      ...facts,
      spec,
      losses: { first: losses.first, values: losses.values.map(decodeFloats) },
      evaluations: steps.map((step, i) => ({ step, sets: recordsAt(sets, i, spec.replicas) })),
    },
    { spec },
  );
}

/** The metrics of one evaluation: for each set, a record of each replica. */
function recordsAt(sets: Columns, i: number, replicas: number): Record<string, Record<string, unknown>[]> {
  return Object.fromEntries(
    Object.entries(sets).map(([set, metrics]) => [
      set,
      Array.from({ length: replicas }, (_, r) =>
        Object.fromEntries(Object.entries(metrics).map(([metric, column]) => [metric, column[i]?.[r]])),
      ),
    ]),
  );
}

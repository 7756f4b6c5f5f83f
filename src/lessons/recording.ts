/** Recorded runs: what a lesson shows before anything has run, and where there is no WebGPU. */
import * as v from 'valibot';
import { judge } from './judge.ts';
import { hash } from '../random.ts';
import { list, record } from '../schema.ts';
import type { SpecInput } from '../worker/protocol.ts';
import {
  ROLES,
  SIZES,
  type Figure,
  type Findings,
  type Lesson,
  type Results,
  type Series,
  type Size,
} from './lesson.ts';

/** A recording travels with its lesson: it must stay small. */
export const MOST_BYTES = 60_000;
/** Points of a curve that are kept; more cannot be seen. */
const MOST_POINTS = 120;
const DIGITS = 5;

const text = v.object({ en: v.string(), zh: v.string() }, 'must be a text in both languages');
/** Of any list in a recording: far more than is drawn, and few enough to be looked at. */
const MOST_ITEMS = 20_000;
const listOf = <S extends v.GenericSchema>(item: S, what = 'a list'): v.ArraySchema<S, string> =>
  list(item, MOST_ITEMS, `must be ${what} of at most ${MOST_ITEMS}`);
const byName = <S extends v.GenericSchema>(item: S): v.GenericSchema<Record<string, v.InferOutput<S>>> =>
  record(v.string(), item, MOST_ITEMS, 'must be an object by name');
const numbers = listOf(v.nullable(v.number()), 'a list of numbers');
const cell = v.nullable(v.union([v.number(), v.string()]));
const axis = v.object({ label: text, scale: v.picklist(['linear', 'log']) });

/** JSON has no NaN: where a position could not be found, null stands for it. */
const position = v.pipe(
  v.union([v.null(), v.nan(), v.number()], 'must be a number'),
  v.transform((value) => value ?? NaN),
);
const mark = v.object({ x: v.exactOptional(position), series: v.exactOptional(v.number()) });

const SeriesSchema = v.pipe(
  v.object({
    name: text,
    role: v.picklist(ROLES),
    rank: v.exactOptional(v.tuple([position, position])),
    mark: v.picklist(['line', 'points']),
    x: listOf(position),
    y: numbers,
    low: v.exactOptional(listOf(position)),
    high: v.exactOptional(listOf(position)),
  }),
  v.check(
    ({ x, y, low, high }) => [y, low ?? x, high ?? x].every(({ length }) => length === x.length),
    'must have as many y as x',
  ),
);

/** A recording as a file or a database has it: whatever it holds is checked before it is shown. */
export const RecordingSchema = v.object({
  lesson: v.pipe(v.string(), v.regex(/^[a-z-]{1,60}$/, 'must be the name of a lesson')),
  size: v.picklist(SIZES),
  seed: v.number(),
  device: v.string(),
  /** ISO date */
  date: v.pipe(v.string(), v.isoTimestamp('must be an ISO date')),
  seconds: v.number(),
  /** of the losses: equal where the same bits were computed */
  digest: v.string(),
  /** the runs' specs by key */
  specs: byName(byName(v.unknown())),
  findings: v.object({
    tables: listOf(
      v.object({
        name: v.string(),
        title: text,
        columns: listOf(v.object({ key: v.string(), title: text })),
        rows: listOf(listOf(cell)),
      }),
    ),
    figures: listOf(
      v.object({
        name: v.string(),
        title: text,
        x: axis,
        y: axis,
        series: listOf(SeriesSchema),
        marks: v.exactOptional(byName(mark)),
      }),
    ),
    fits: byName(v.unknown()),
    listings: v.exactOptional(
      listOf(v.object({ name: v.string(), title: text, measured: text, code: v.string() })),
    ),
    verdict: v.object({
      outcome: v.picklist(['holds', 'does-not-hold', 'not-enough-evidence']),
      numbers: byName(v.number()),
      title: v.exactOptional(text),
      sentence: text,
      refutedBy: text,
    }),
  }),
});

export interface Recording {
  lesson: string;
  size: Size;
  seed: number;
  device: string;
  date: string;
  seconds: number;
  digest: string;
  specs: Record<string, SpecInput>;
  findings: Findings;
}

type Circumstances = Pick<Recording, 'size' | 'seed' | 'device' | 'date' | 'seconds'>;

export function makeRecording(lesson: Lesson, results: Results, circumstances: Circumstances): Recording {
  const findings = judge(lesson, results, circumstances.size);
  const specs = lesson
    .plan(circumstances.size, circumstances.seed)
    .flatMap((item): [string, SpecInput][] => ('spec' in item ? [[item.key, item.spec]] : []));
  return {
    lesson: lesson.name,
    ...circumstances,
    digest: digestOf(results),
    specs: Object.fromEntries(specs),
    findings: rounded({
      ...findings,
      figures: findings.figures.map(thinned),
      verdict: { ...findings.verdict, numbers: finiteOnly(findings.verdict.numbers) },
    }),
  };
}

/** Eight hexadecimal digits of all final losses: other bits anywhere give other digits. */
export function digestOf({ runs }: Results): string {
  const keys = [...runs.keys()].toSorted();
  const losses = keys.flatMap((key) => runs.get(key)!.losses.values.map((values) => values.at(-1) ?? NaN));
  return hash(...new Uint32Array(Float32Array.from(losses).buffer))
    .toString(16)
    .padStart(8, '0');
}

function finiteOnly(numbers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => Number.isFinite(value)));
}

/** A figure with at most MOST_POINTS points per series, the first and the last among them. */
function thinned(figure: Figure): Figure {
  return { ...figure, series: figure.series.map(thinnedSeries) };
}

function thinnedSeries(series: Series): Series {
  const { length } = series.x;
  if (length <= MOST_POINTS) return series;
  const kept = Array.from({ length: MOST_POINTS }, (_, i) =>
    Math.round((i * (length - 1)) / (MOST_POINTS - 1)),
  );
  const pick = <T>(values: readonly T[]): T[] => kept.map((i) => values[i]!);
  return {
    ...series,
    x: pick(series.x),
    y: pick(series.y),
    ...(series.low && { low: pick(series.low) }),
    ...(series.high && { high: pick(series.high) }),
  };
}

/** Numbers with five significant digits, which is more than a chart or a sentence shows; whole ones as they are. */
function rounded<T>(value: T): T {
  const reviver = (_key: string, item: unknown): unknown =>
    typeof item === 'number' && !Number.isInteger(item) ? Number(item.toPrecision(DIGITS)) : item;
  return JSON.parse(JSON.stringify(value), reviver) as T;
}

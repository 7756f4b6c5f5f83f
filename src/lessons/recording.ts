/** Makes recordings: what a lesson shows before anything has run, and where there is no WebGPU. */
import type { Figure, Series } from '../findings/findings.ts';
import type { Recording } from '../findings/recording.ts';
import { hash } from '../random.ts';
import type { SpecInput } from '../worker/protocol.ts';
import { judge } from './judge.ts';
import type { Judged, Results } from './lesson.ts';

/** Points of a curve that are kept; more cannot be seen. */
const MOST_POINTS = 120;
const DIGITS = 5;

/** Where and when runs were made. */
export type Circumstances = Pick<Recording, 'size' | 'seed' | 'device' | 'date' | 'seconds'>;

export function makeRecording(lesson: Judged, results: Results, circumstances: Circumstances): Recording {
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

/** When the last of the runs and measurements ended. */
export function lastDate({ runs, benchmarks }: Results): string {
  return [...runs.values(), ...benchmarks.values()]
    .map(({ date }) => date)
    .toSorted()
    .at(-1)!;
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

/** Recorded runs: what a lesson shows before anything has run, and where there is no WebGPU. */
import type { SpecInput } from '../worker/protocol.ts';
import type { Figure, Findings, Lesson, Results, Series, Size } from './lesson.ts';

/** A recording travels with its lesson: it must stay small. */
export const MOST_BYTES = 60_000;
/** Points of a curve that are kept; more cannot be seen. */
const MOST_POINTS = 120;
const DIGITS = 5;

export interface Recording {
  lesson: string;
  size: Size;
  seed: number;
  device: string;
  /** ISO date */
  date: string;
  seconds: number;
  /** the runs' specs by key */
  specs: Record<string, SpecInput>;
  findings: Findings;
}

type Circumstances = Pick<Recording, 'size' | 'seed' | 'device' | 'date' | 'seconds'>;

export function makeRecording(lesson: Lesson, results: Results, circumstances: Circumstances): Recording {
  const findings = lesson.judge(results, circumstances.size);
  const specs = lesson
    .plan(circumstances.size, circumstances.seed)
    .flatMap((item): [string, SpecInput][] => ('spec' in item ? [[item.key, item.spec]] : []));
  return rounded({
    lesson: lesson.name,
    ...circumstances,
    specs: Object.fromEntries(specs),
    findings: { ...findings, figures: findings.figures.map(thinned) },
  });
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

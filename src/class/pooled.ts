/** What a class found, read from its results: curves with their median, predictions against numbers, verdicts, answers. Pure. */
import { writeCSV } from '../csv.ts';
import type { Expected } from '../lessons/for-class.ts';
import type { MemberResult, Outcome } from './result.ts';

/** Share of a class that lies in the band around the median. */
export const BAND = 0.9;

/** A curve that all have: the median and the band at the positions that at least half of the class has. */
export interface PooledCurve {
  x: number[];
  median: number[];
  low: number[];
  high: number[];
}

/** The q-quantile of numbers, linear between neighbours (type 7 of Hyndman and Fan, 1996). NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = Math.floor(at);
  const [low = NaN, high = low] = [sorted[below], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - below);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** @param logX whether positions between two points are taken on a logarithmic axis */
export function pooledCurve(results: readonly MemberResult[], logX: boolean): PooledCurve {
  const curves = results.flatMap(({ curve }) => (curve && curve.x.length > 0 ? [curve] : []));
  const pooled: PooledCurve = { x: [], median: [], low: [], high: [] };
  for (const x of positions(curves.map((curve) => curve.x))) {
    const here = curves.map((curve) => valueAt(curve, x, logX)).filter(Number.isFinite);
    if (here.length * 2 < curves.length) continue;
    pooled.x.push(x);
    pooled.median.push(median(here));
    pooled.low.push(quantile(here, (1 - BAND) / 2));
    pooled.high.push(quantile(here, (1 + BAND) / 2));
  }
  return pooled;
}

/** Those of the curve that has most, which are the same for all where the lesson's design is. */
function positions(lists: readonly number[][]): number[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const fullest = lists.filter(({ length }) => length === longest);
  return Array.from({ length: longest }, (_, i) => median(fullest.map((list) => list[i]!)));
}

function valueAt({ x, y }: { x: number[]; y: number[] }, at: number, logX: boolean): number {
  const i = x.findIndex((right) => right >= at);
  if (i < 0) return NaN;
  if (x[i] === at) return y[i]!;
  if (i === 0) return NaN;
  const scale = (value: number): number => (logX && x[i - 1]! > 0 ? Math.log(value) : value);
  const share = (scale(at) - scale(x[i - 1]!)) / (scale(x[i]!) - scale(x[i - 1]!));
  return y[i - 1]! + share * (y[i]! - y[i - 1]!);
}

/** The number that was predicted; a curve is none. */
export function predictedNumber({ prediction }: Pick<MemberResult, 'prediction'>): number | undefined {
  const [x, y] = prediction?.points[0] ?? [];
  if (!prediction || prediction.kind === 'curve') return undefined;
  return prediction.kind === 'point' ? x : y;
}

export interface Against {
  /** what members have said, and what their runs gave */
  predicted: number[];
  measured: number[];
  /** median distance of prediction and result, of those who have both; NaN of none */
  off: number;
}

/** Predictions against the number of that name. */
export function against(results: readonly MemberResult[], value: string): Against {
  const pairs = results.map((result) => [predictedNumber(result), result.numbers[value]] as const);
  const isKnown = (number: number | undefined): number is number => number !== undefined;
  return {
    predicted: pairs.map(([said]) => said).filter(isKnown),
    measured: pairs.map(([, got]) => got).filter(isKnown),
    off: median(
      pairs.flatMap(([said, got]) => (said === undefined || got === undefined ? [] : [Math.abs(said - got)])),
    ),
  };
}

export interface VerdictCount {
  of: number;
  holds: number;
  doesNotHold: number;
  notEnough: number;
  /** fewest and most that hold in nine of ten classes of this size, if they are as the trial runs */
  expected: [fewest: number, most: number];
}

export function countVerdicts(results: readonly MemberResult[], expected: Expected): VerdictCount {
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  return {
    of: results.length,
    holds: count('holds'),
    doesNotHold: count('does-not-hold'),
    notEnough: count('not-enough-evidence'),
    expected: expectedRange(results.length, expected),
  };
}

/**
 * The central 90% of how many of n hold: binomial where a rate is promised; after k of m trial runs beta-binomial, from
 * Jeffreys' prior, so that ten of ten do not promise thirty of thirty.
 */
export function expectedRange(n: number, expected: Expected): [number, number] {
  const chances = Array.from({ length: n + 1 }, (_, k) => Math.exp(logChance(k, n, expected)));
  let [below, low] = [0, 0];
  while (low < n && below + chances[low]! <= 0.05) below += chances[low++]!;
  let [above, high] = [0, n];
  while (high > low && above + chances[high]! <= 0.05) above += chances[high--]!;
  return [low, high];
}

function logChance(k: number, n: number, expected: Expected): number {
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  if ('rate' in expected) return ways + k * Math.log(expected.rate) + (n - k) * Math.log1p(-expected.rate);
  const [a, b] = [expected.holds + 0.5, expected.of - expected.holds + 0.5];
  return ways + logBeta(k + a, n - k + b) - logBeta(a, b);
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** ln Γ(x) for x > 0: Stirling's series above 8, and Γ(x) = Γ(x + 1) / x below; error under 1e-9. */
function logGamma(x: number): number {
  let [at, shift] = [x, 0];
  while (at < 8) shift += Math.log(at++);
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** Answers to the lesson's question: how many chose each of the four, before and at the end. */
export interface Shift {
  before: number[];
  after: number[];
  /** of those who answered twice, how many came to the right one, and how many left it */
  to: number;
  from: number;
}

export function shift(results: readonly MemberResult[], right: number): Shift {
  const counts = (key: 'before' | 'after'): number[] =>
    [0, 1, 2, 3].map((answer) => results.filter((result) => result[key] === answer).length);
  const both = results.filter(({ before, after }) => before !== undefined && after !== undefined);
  return {
    before: counts('before'),
    after: counts('after'),
    to: both.filter(({ before, after }) => before !== right && after === right).length,
    from: both.filter(({ before, after }) => before === right && after !== right).length,
  };
}

/** Results of one seed, size and kind of device that have other bits: a finding, or a fault. */
export function disagreements(results: readonly MemberResult[]): MemberResult[][] {
  const groups = new Map<string, MemberResult[]>();
  for (const result of results) {
    const key = [result.lesson, result.size, result.seed, result.device].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].filter((group) => new Set(group.map(({ digest }) => digest)).size > 1);
}

/** One row for each member, one column for each number that any of them has. */
export function toTable(results: readonly MemberResult[]): (string | number | undefined)[][] {
  const names = [...new Set(results.flatMap(({ numbers }) => Object.keys(numbers)))];
  const head = ['member', 'lesson', 'size', 'seed', 'device', 'digest', 'ended', 'outcome'];
  return [
    [...head, 'prediction', 'answer before', 'answer after', ...names],
    ...results.map((result) => [
      result.member,
      result.lesson,
      result.size,
      result.seed,
      result.device,
      result.digest,
      new Date(result.at * 1000).toISOString(),
      result.outcome,
      predictedNumber(result),
      result.before,
      result.after,
      ...names.map((name) => result.numbers[name]),
    ]),
  ];
}

export const toCSV = (results: readonly MemberResult[]): string => writeCSV(toTable(results));

const FORMAT = 'scaling-lab class 1';

export const toJSON = (results: readonly MemberResult[]): string =>
  `${JSON.stringify({ format: FORMAT, results }, null, 1)}\n`;

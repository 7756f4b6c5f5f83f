/** From series, each with its own positions, to the one table with common positions that the plot needs. */
import type { ChartSeries } from './types.ts';

/** Values at positions of their own. */
export interface Column {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/** What is drawn of a series: its line and the two edges of its band. */
export function columnsOf(series: readonly ChartSeries[]): Column[] {
  return series.flatMap(({ x, y, band }) => [
    { x, y },
    ...(band ? [{ x, y: band.high }, { x, y: band.low }] : []), // prettier-ignore
  ]);
}

/**
 * Where the buckets of a list of positions begin, and where the last one ends. `bucket` gives the number of a
 * position's bucket, rising; positions before bucket 0 are left out.
 */
export function bucketStarts(x: ArrayLike<number>, bucket: (x: number) => number): number[] {
  const starts: number[] = [];
  let current = -1;
  for (let i = 0; i < x.length; i++) {
    const b = bucket(x[i]!);
    if (b <= current) continue;
    current = b;
    starts.push(i);
  }
  starts.push(x.length);
  return starts;
}

/** The lowest and highest value of each bucket, in the order in which they come, at the bucket's first and last position. */
export function thin({ x, y }: Column, starts: readonly number[]): { x: number[]; y: number[] } {
  const out = { x: [] as number[], y: [] as number[] };
  for (let b = 0; b + 1 < starts.length; b++) {
    const [first, end] = [starts[b]!, starts[b + 1]!];
    let [low, high] = [Infinity, -Infinity];
    let [lowAt, highAt] = [first, first];
    for (let i = first; i < end; i++) {
      const value = y[i]!;
      // Comparisons with NaN are false; infinities are nothing to draw.
      if (value < low && value > -Infinity) {
        low = value;
        lowAt = i;
      }
      if (value > high && value < Infinity) {
        high = value;
        highAt = i;
      }
    }
    out.x.push(x[first]!);
    out.y.push(y[Math.min(lowAt, highAt)]!);
    if (end - first === 1) continue;
    out.x.push(x[end - 1]!);
    out.y.push(y[Math.max(lowAt, highAt)]!);
  }
  return out;
}

/** All positions that occur, rising, each once; those that are no number are left out. */
export function union(lists: readonly ArrayLike<number>[]): number[] {
  const distinct = [...new Set(lists)].filter((list) => list.length > 0);
  return distinct.reduce<number[]>((all, list) => merge(all, list), []);
}

function merge(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const out: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const left = i < a.length ? a[i]! : Infinity;
    const right = j < b.length ? b[j]! : Infinity;
    if (!Number.isFinite(left) && i < a.length) {
      i++;
      continue;
    }
    if (!Number.isFinite(right) && j < b.length) {
      j++;
      continue;
    }
    out.push(Math.min(left, right));
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return out;
}

/** One row per position; null where a column has no value there that `valid` admits. */
export function join(
  positions: readonly number[],
  columns: readonly Column[],
  valid: (y: number) => boolean,
): (number | null)[][] {
  return columns.map(({ x, y }) => {
    let i = 0;
    return positions.map((position) => {
      while (i < x.length && x[i]! < position) i++;
      const value = i < x.length && x[i] === position ? y[i]! : NaN;
      return valid(value) ? value : null;
    });
  });
}

/** At most `count` indices of 0 … length − 1, evenly chosen, first and last among them. */
export function evenly(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)));
}

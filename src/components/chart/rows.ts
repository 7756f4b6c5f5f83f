/** From series, each with its own positions, to the one table with common positions that the plot needs. */
import type { ChartSeries } from './types.ts';

/** Above this many points a list is thinned for drawing: lowest and highest of each pixel column stay. */
export const DRAWN_POINTS = 5000;

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
 * The lowest and highest value of each bucket, at the positions where the bucket begins and ends.
 * `bucket` gives the number of a position's bucket, rising; −1 drops it.
 */
export function thin({ x, y }: Column, bucket: (x: number) => number): { x: number[]; y: number[] } {
  const out = { x: [] as number[], y: [] as number[] };
  let current = -1;
  let [first, last, low, high] = [0, 0, 0, 0];
  const flush = (): void => {
    if (current < 0) return;
    out.x.push(x[first]!);
    if (first === last) {
      out.y.push(y[first]!);
      return;
    }
    out.x.push(x[last]!);
    out.y.push(y[Math.min(low, high)]!, y[Math.max(low, high)]!);
  };
  for (let i = 0; i < x.length; i++) {
    const b = bucket(x[i]!);
    if (b < 0) continue;
    if (b !== current) {
      flush();
      current = b;
      first = low = high = i;
    }
    last = i;
    // A value that is not finite never replaces one that is.
    if (!Number.isFinite(y[i]!)) continue;
    if (!Number.isFinite(y[low]!) || y[i]! < y[low]!) low = i;
    if (!Number.isFinite(y[high]!) || y[i]! > y[high]!) high = i;
  }
  flush();
  return out;
}

/** All positions that occur, rising, each once. */
export function union(lists: readonly ArrayLike<number>[]): number[] {
  const distinct = lists.filter((list, i) => lists.indexOf(list) === i && list.length > 0);
  return distinct.reduce<number[]>((all, list) => merge(all, list), []);
}

function merge(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const out: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const left = i < a.length ? a[i]! : Infinity;
    const right = j < b.length ? b[j]! : Infinity;
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

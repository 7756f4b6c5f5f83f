/** A recorded figure as it stood at a moment of its run. */
import type { Figure, Series } from '../findings/findings.ts';
import { pick } from './question.ts';

/** @param share of the whole, 0 … 1 @param order all series from left to right, or one after the other */
export function replayed(figure: Figure, share: number, order: 'x' | 'series'): Figure {
  if (share >= 1) return figure;
  const { scale } = figure.x;
  // What is known without a run stands from the beginning.
  const isMoving = ({ role, mark }: Series): boolean => role !== 'reference' || mark === 'points';
  const moving = figure.series.filter(isMoving);
  if (order === 'series') {
    const total = moving.reduce((sum, { x }) => sum + weightOf(x.length), 0);
    let left = share * total;
    const series = figure.series.map((one) => {
      if (!isMoving(one)) return one;
      const weight = weightOf(one.x.length);
      const part = Math.min(1, Math.max(0, left / weight));
      left -= weight;
      return pick(one, firsts(one, Math.floor(part * one.x.length + 1e-9)));
    });
    return { ...figure, series };
  }
  const all = moving.flatMap(({ x }) => x).filter((x) => scale !== 'log' || x > 0);
  const [from, to] = [Math.min(...all), Math.max(...all)];
  const at = scale === 'log' ? from * (to / from) ** share : from + share * (to - from);
  const until = (one: Series): Series =>
    pick(
      one,
      one.x.flatMap((x, i) => (x <= at ? [i] : [])),
    );
  return { ...figure, series: figure.series.map((one) => (isMoving(one) ? until(one) : one)) };
}

/** A fitted line has many points, which are drawn in the time of a few. */
const weightOf = (length: number): number => Math.min(length, 8);

/** The places of so many points, from the left. */
function firsts({ x }: Series, count: number): number[] {
  const order = x.map((_, i) => i).sort((a, b) => x[a]! - x[b]!);
  return order.slice(0, count);
}

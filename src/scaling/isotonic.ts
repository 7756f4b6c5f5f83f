/** Isotonic regression: the best monotone curve of any shape (pool adjacent violators; Barlow et al. 1972). */
import { groupBy, mean } from './statistics.ts';

export interface IsotonicFit {
  /** Distinct x, upward. */
  x: number[];
  /** Fitted values, monotone. */
  y: number[];
}

export function isotonicFit(
  x: readonly number[],
  y: readonly number[],
  direction: 'increasing' | 'decreasing' = 'increasing',
): IsotonicFit {
  const sign = direction === 'increasing' ? 1 : -1;
  const groups = groupBy(
    x.map((value, i) => ({ x: value, y: sign * y[i]! })),
    (point) => point.x,
  );
  const ties = [...groups].sort(([a], [b]) => a - b);
  const blocks: { sum: number; count: number; ties: number }[] = [];
  for (const [, group] of ties) {
    blocks.push({ sum: group.reduce((total, point) => total + point.y, 0), count: group.length, ties: 1 });
    for (;;) {
      const [before, last] = blocks.slice(-2);
      if (!before || !last || before.sum / before.count < last.sum / last.count) break;
      blocks.splice(-2, 2, {
        sum: before.sum + last.sum,
        count: before.count + last.count,
        ties: before.ties + last.ties,
      });
    }
  }
  return {
    x: ties.map(([value]) => value),
    y: blocks.flatMap((block) => Array.from({ length: block.ties }, () => (sign * block.sum) / block.count)),
  };
}

/** The fitted curve at x: linear between its points, flat beyond its ends. */
export function isotonicAt(fit: IsotonicFit, x: number): number {
  const after = fit.x.findIndex((value) => value >= x);
  if (after < 0) return fit.y.at(-1)!;
  if (after === 0 || fit.x[after] === x) return fit.y[after]!;
  const [x0, x1] = [fit.x[after - 1]!, fit.x[after]!];
  const [y0, y1] = [fit.y[after - 1]!, fit.y[after]!];
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

/** Share of the variance of y that a monotone curve in x explains, 0 to 1; NaN where y does not vary. */
export function isotonicR2(
  x: readonly number[],
  y: readonly number[],
  direction: 'increasing' | 'decreasing' = 'increasing',
): number {
  const fit = isotonicFit(x, y, direction);
  const fitted = new Map(fit.x.map((value, i) => [value, fit.y[i]!]));
  const middle = mean(y);
  const residual = y.reduce((sum, value, i) => sum + (value - fitted.get(x[i]!)!) ** 2, 0);
  const total = y.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return total > 0 ? 1 - residual / total : NaN;
}

/** Smoothing of noisy curves, on request: the raw curve stays visible behind. */
import type { ChartSeries } from './types.ts';

/** The average reaches over this fraction of a curve's points, and over so many at least. */
const REACH = 0.02;
const LEAST = 5;

/** Exponential moving average of the past, without a bias towards its beginning; skips what is not finite. */
export function movingAverage(y: ArrayLike<number>, reach: number): Float64Array {
  const out = new Float64Array(y.length);
  const keep = Math.exp(-1 / reach);
  let [sum, weight] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    if (Number.isFinite(y[i]!)) {
      sum = keep * sum + y[i]!;
      weight = keep * weight + 1;
    }
    out[i] = weight ? sum / weight : NaN;
  }
  return out;
}

/** Each noisy curve as a pale raw one and a smooth one over it; others stay as they are. */
export function smoothed(series: readonly ChartSeries[]): ChartSeries[] {
  return series.flatMap((entry) => {
    if (!entry.noisy || entry.thin) return [entry];
    const reach = Math.max(LEAST, REACH * entry.x.length);
    return [
      { ...entry, id: `${entry.id} raw`, thin: true, band: undefined },
      { ...entry, y: movingAverage(entry.y, reach), width: 2.5 },
    ];
  });
}

/** Small statistics shared by the fits: quantiles, intervals, means. */

/** A number with its interval; `low` ≤ `estimate` ≤ `high`. */
export interface Interval {
  estimate: number;
  low: number;
  high: number;
}

/** Level of every interval and band of this folder unless an option says otherwise. */
export const LEVEL = 0.9;

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

/** Geometric mean of positive numbers. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

/** Quantile of values sorted upward, linear between order statistics (type 7 of Hyndman and Fan). */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) return NaN;
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}

/** Central interval of draws at `level`, stretched to hold the estimate. */
export function intervalOf(estimate: number, draws: ArrayLike<number>, level = LEVEL): Interval {
  const sorted = Float64Array.from(draws).sort();
  return {
    estimate,
    low: Math.min(estimate, quantile(sorted, (1 - level) / 2)),
    high: Math.max(estimate, quantile(sorted, (1 + level) / 2)),
  };
}

/** Robust standard deviation: median |r| / 0.6745, which is σ for normal r around 0. */
export function robustScale(residuals: readonly number[]): number {
  return median(residuals.map(Math.abs)) / 0.674489750196;
}

/** Quantile of the standard normal by Newton steps on Φ; exact to about 1e-7. */
export function normalQuantile(probability: number): number {
  let z = 0;
  for (let i = 0; i < 50; i++) {
    const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
    const step = (normalCdf(z) - probability) / density;
    // A full step from 0 overshoots in the tails, where the density is flat.
    z -= Math.max(-1, Math.min(1, step));
    if (Math.abs(step) < 1e-12) break;
  }
  return z;
}

/** Φ(z), by the series of Marsaglia (J. Stat. Softw. 11(4), 2004): full precision for |z| < 7. */
export function normalCdf(z: number): number {
  if (z < -7) return 0;
  if (z > 7) return 1;
  let term = z;
  let sum = z;
  for (let i = 3; sum + term !== sum; i += 2) {
    term *= z ** 2 / i;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-(z ** 2) / 2 - 0.5 * Math.log(2 * Math.PI));
}

/** The distinct values, sorted upward. */
export function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Items by key, in order of first appearance. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

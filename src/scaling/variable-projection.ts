/**
 * The power law y = E + A·x^(−α) at a given α is linear in E and A, so only α needs a search: variable
 * projection (Golub and Pereyra 1973). Errors are relative: each point weighs w / y².
 */
import { EVEN, type NoiseShape } from './noise.ts';

/** One row of a table: y (a loss) measured at x (parameters, examples or FLOPs), with a relative weight. */
export interface PowerPoint {
  x: number;
  y: number;
  /** Relative weight, default 1; n seeds averaged into y weigh n. */
  weight?: number;
}

/** The table in the units of the fit: x over its geometric mean, so that E and A are nearly uncorrelated. */
export interface CentredTable {
  /** ln(x / x₀) */
  t: Float64Array;
  y: Float64Array;
  /** w / y², over the relative variance of the noise at x */
  w: Float64Array;
  /** ln x₀ */
  centre: number;
  /** E where it is given */
  fixedFloor: number | undefined;
  /** lower bound of E where it is free */
  floorAtLeast: number;
  /** How the noise falls with x; part of `w` already. */
  noise: NoiseShape;
  /** Σ w r² is taken for at least this: judges whether a fit would stand if its points had not been lucky. */
  leastRss: number;
}

/** The conditional fit at one α: y ≈ E + a·exp(−α t). */
export interface Conditional {
  alpha: number;
  /** Constrained to E ≥ floorAtLeast and a ≥ 0. */
  E: number;
  a: number;
  /** Σ w (y − fit)² of the constrained fit */
  rss: number;
  /** The unconstrained optimum, its rss and moments, from which a posterior is drawn. */
  free: { E: number; a: number; rss: number };
  /** Σ w, Σ w u, Σ w u² with u = exp(−α t) */
  s0: number;
  s1: number;
  s2: number;
}

export const ALPHA_RANGE = { low: 0.005, high: 4 };

export function centre(
  points: readonly PowerPoint[],
  fixedFloor: number | undefined,
  floorAtLeast: number,
  noise: NoiseShape = EVEN,
): CentredTable {
  const logs = points.map((point) => Math.log(point.x));
  const middle = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return {
    t: Float64Array.from(logs, (value) => value - middle),
    y: Float64Array.from(points, (point) => point.y),
    w: Float64Array.from(points, ({ x, y, weight = 1 }) => weight / (y ** 2 * noise.variance(x))),
    centre: middle,
    fixedFloor,
    floorAtLeast,
    noise,
    leastRss: 0,
  };
}

/** Best E and a at a given α. */
export function atExponent(table: CentredTable, alpha: number): Conditional {
  const { t, y, w, fixedFloor, floorAtLeast } = table;
  const n = t.length;
  const u = t.map((value) => Math.exp(-alpha * value));
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let sy = 0;
  let suy = 0;
  for (let i = 0; i < n; i++) {
    s0 += w[i]!;
    s1 += w[i]! * u[i]!;
    s2 += w[i]! * u[i]! ** 2;
    sy += w[i]! * y[i]!;
    suy += w[i]! * u[i]! * y[i]!;
  }
  const rssAt = (E: number, a: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += w[i]! * (y[i]! - E - a * u[i]!) ** 2;
    return sum;
  };
  const amplitude = (E: number): number => (suy - E * s1) / s2;

  let E: number;
  let a: number;
  if (fixedFloor === undefined) {
    // Centred form of the 2 × 2 system: no cancellation where α is small and the columns nearly equal.
    const meanU = s1 / s0;
    const meanY = sy / s0;
    let suu = 0;
    let suyc = 0;
    for (let i = 0; i < n; i++) {
      suu += w[i]! * (u[i]! - meanU) ** 2;
      suyc += w[i]! * (u[i]! - meanU) * (y[i]! - meanY);
    }
    a = suyc / suu;
    E = meanY - a * meanU;
  } else {
    E = fixedFloor;
    a = amplitude(E);
  }
  const free = { E, a, rss: rssAt(E, a) };
  if (fixedFloor === undefined && E < floorAtLeast) {
    E = floorAtLeast;
    a = amplitude(E);
  }
  if (a < 0) {
    a = 0;
    if (fixedFloor === undefined) E = Math.max(sy / s0, floorAtLeast);
  }
  return { alpha, E, a, rss: rssAt(E, a), free, s0, s1, s2 };
}

/** The α with the lowest constrained rss: a logarithmic grid, then golden section around its best node. */
export function bestExponent(table: CentredTable): Conditional {
  const nodes = 160;
  const ratio = (ALPHA_RANGE.high / ALPHA_RANGE.low) ** (1 / (nodes - 1));
  let best = atExponent(table, ALPHA_RANGE.low);
  for (let i = 1; i < nodes; i++) {
    const candidate = atExponent(table, ALPHA_RANGE.low * ratio ** i);
    if (candidate.rss < best.rss) best = candidate;
  }
  let low = Math.max(ALPHA_RANGE.low, best.alpha / ratio);
  let high = Math.min(ALPHA_RANGE.high, best.alpha * ratio);
  const golden = (Math.sqrt(5) - 1) / 2;
  let left = atExponent(table, high - golden * (high - low));
  let right = atExponent(table, low + golden * (high - low));
  while (high - low > 1e-10 * high) {
    if (left.rss < right.rss) {
      high = right.alpha;
      right = left;
      left = atExponent(table, high - golden * (high - low));
    } else {
      low = left.alpha;
      left = right;
      right = atExponent(table, low + golden * (high - low));
    }
  }
  return [left, right].reduce((a, b) => (b.rss < a.rss ? b : a), best);
}

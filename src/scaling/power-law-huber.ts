/**
 * The power law by Huber's loss on log residuals (Hoffmann et al. 2203.15556, eq. 3, in one variable), for tables with outliers.
 * Its intervals come from pseudo-observations: least squares on fit·exp(ψ(r)/mean ψ′) has the same optimum and the
 * covariance of the robust fit (Huber, Robust Statistics, 1981, §7.10).
 */
import { levenbergMarquardt } from './levenberg-marquardt.ts';
import { robustScale } from './statistics.ts';
import { type CentredTable } from './variable-projection.ts';

interface Curve {
  E: number;
  a: number;
  alpha: number;
}

/** 95% efficient at the normal distribution. */
export const HUBER_TUNING = 1.345;

/** Log losses are never known better than this. */
const LEAST_DELTA = 1e-8;

export function huberPowerLaw(
  table: CentredTable,
  start: Curve,
  givenDelta?: number,
): Curve & { pseudoTable: CentredTable } {
  const { t, y, w, fixedFloor, floorAtLeast } = table;
  const n = t.length;
  const bound = fixedFloor ?? floorAtLeast;
  const free = fixedFloor === undefined;
  const p = free ? 3 : 2;
  // w / y² → the relative weight w.
  const weights = Array.from(w, (value, i) => value * y[i]! ** 2);
  const lowest = Math.min(...y);

  /** θ = (ln a, α[, ln(E − bound)]) */
  const curve = (theta: Float64Array): Curve => ({
    a: Math.exp(theta[0]!),
    alpha: theta[1]!,
    E: free ? bound + Math.exp(theta[2]!) : bound,
  });
  const evaluate = (theta: Float64Array, residuals: Float64Array, jacobian: Float64Array): void => {
    const { a, alpha, E } = curve(theta);
    for (let i = 0; i < n; i++) {
      const excess = a * Math.exp(-alpha * t[i]!);
      residuals[i] = Math.log((E + excess) / y[i]!);
      jacobian[i * p] = excess / (E + excess);
      jacobian[i * p + 1] = (-t[i]! * excess) / (E + excess);
      if (free) jacobian[i * p + 2] = (E - bound) / (E + excess);
    }
  };
  const toTheta = ({ E, a, alpha }: Curve): number[] => {
    const theta = [Math.log(Math.max(a, 1e-12)), alpha];
    return free ? [...theta, Math.log(Math.max(E - bound, 1e-6 * lowest))] : theta;
  };

  // An outlier can carry the least-squares start into a wrong valley; further starts span E and α.
  const span = Math.max(...y) - bound;
  const starts = [toTheta(start)];
  for (const share of free ? [0.2, 0.6, 0.9] : [0]) {
    const E = free ? bound + share * (lowest - bound) : bound;
    for (const alpha of [0.1, 0.4, 1]) starts.push(toTheta({ E, a: (span - (E - bound)) / 2, alpha }));
  }

  let theta = Float64Array.from(starts[0]!);
  let delta = givenDelta ?? Infinity;
  for (let round = 0; round < (givenDelta === undefined ? 6 : 1); round++) {
    if (givenDelta === undefined) {
      const residuals = new Float64Array(n);
      // The first scale comes from an almost-median fit, which outliers can't inflate.
      const huber = round === 0 ? 1e-4 : undefined;
      if (huber) theta = minimise(huber);
      evaluate(theta, residuals, new Float64Array(n * p));
      const scale = robustScale(Array.from(residuals)) * Math.sqrt(n / Math.max(1, n - p));
      delta = Math.max(HUBER_TUNING * scale, LEAST_DELTA);
    }
    theta = minimise(delta);
  }

  function minimise(huber: number): Float64Array<ArrayBuffer> {
    const results = [Float64Array.from(theta), ...starts].map((from) =>
      levenbergMarquardt({ count: n, evaluate, weights, huber }, from, 200),
    );
    return Float64Array.from(results.reduce((a, b) => (b.objective < a.objective ? b : a)).theta);
  }

  const best = curve(theta);
  const residuals = new Float64Array(n);
  evaluate(theta, residuals, new Float64Array(n * p));
  const inside = residuals.filter((r) => Math.abs(r) <= delta).length / n;
  // Huber's correction for p parameters from n points (§7.6, eq. 6.7).
  const correction = (1 + ((p / n) * (1 - inside)) / Math.max(inside, 1 / n)) / Math.max(inside, 1 / n);
  // The scale that δ comes from is a median of few residuals: without this, intervals of ten points held in 79 to 85%, not 90.
  const uncertain = givenDelta === undefined ? 1 + 2 / n : 1;
  const pseudo = y.map((_, i) => {
    // residual = ln fit − ln y, hence the sign.
    const clipped = -Math.max(-delta, Math.min(delta, residuals[i]!)) * correction * uncertain;
    return (best.E + best.a * Math.exp(-best.alpha * t[i]!)) * Math.exp(clipped);
  });
  const pseudoTable = { ...table, y: pseudo, w: pseudo.map((value, i) => weights[i]! / value ** 2) };
  return { ...best, pseudoTable };
}

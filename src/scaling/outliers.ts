/** Points that do not belong to the curve of the others: residuals of Huber's fit against their own robust scale. */
import { fitPowerLawLoosely } from './power-law.ts';
import { isRefusal } from './refusal.ts';
import { robustScale } from './statistics.ts';
import { type PowerPoint } from './variable-projection.ts';

export interface Outlier {
  /** in the order of the points */
  index: number;
  /** ln y − ln fit */
  residual: number;
}

/** Fewer points say nothing about their own scale. */
const LEAST_POINTS = 7;

/**
 * Points beyond this many robust standard deviations. The scale of ten residuals of three parameters is often half of the true one, hence
 * more than the usual three. In 150 planted tables of ten points with .3% noise, two clean ones were accused, and a point 15% off was
 * found in 126.
 */
const FAR = 8;

/** A smaller residual disturbs no fit. */
const LEAST_RESIDUAL = 0.002;

/** The outliers, farthest first; none where the points carry no curve. */
export function outliers(points: readonly PowerPoint[]): Outlier[] {
  if (points.length < LEAST_POINTS) return [];
  const fit = fitPowerLawLoosely(points, { method: 'huber', draws: 1 });
  const plain = fitPowerLawLoosely(points, { noise: 'estimated', draws: 1 });
  if (isRefusal(fit) || isRefusal(plain)) return [];
  // Noise that falls with size makes small models scatter far without being wrong.
  const falls = plain.noise.falling > 0.5;
  const scaled = fit.residuals.map((residual, i) =>
    falls ? residual / Math.sqrt(plain.noise.variance(points[i]!.x)) : residual,
  );
  const scale = robustScale(scaled) * Math.sqrt(points.length / (points.length - 3));
  return fit.residuals
    .map((residual, index) => ({ index, residual, far: Math.abs(scaled[index]!) / scale }))
    .filter(({ residual, far }) => far > FAR && Math.abs(residual) > LEAST_RESIDUAL)
    .sort((a, b) => b.far - a.far)
    .map(({ index, residual }) => ({ index, residual }));
}

/** A parabola through losses against ln N, and its lowest point (Approach 2 of Hoffmann et al. 2203.15556, §3.2). */
import { type LinearFit, leastSquares } from './linear-algebra.ts';

/** loss = c₀ + c₁ t + c₂ t², t = ln N − centre. */
export interface Parabola extends LinearFit {
  centre: number;
  points: number;
}

export function fitParabola(
  sizes: readonly number[],
  losses: readonly number[],
  weights?: readonly number[],
): Parabola | undefined {
  const logs = sizes.map(Math.log);
  const centre = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const rows = logs.map((value) => [1, value - centre, (value - centre) ** 2]);
  const fit = leastSquares(rows, losses, weights);
  return fit && { ...fit, centre, points: sizes.length };
}

export function parabolaAt(parabola: Parabola, size: number): number {
  const t = Math.log(size) - parabola.centre;
  const [c0, c1, c2] = parabola.coefficients;
  return c0! + c1! * t + c2! * t ** 2;
}

/** ln N at the lowest point, or undefined where the parabola opens downward. */
export function vertex(
  coefficients: ArrayLike<number>,
  centre: number,
): { logSize: number; loss: number } | undefined {
  const [c0, c1, c2] = [coefficients[0]!, coefficients[1]!, coefficients[2]!];
  if (!(c2 > 0)) return undefined;
  const t = -c1 / (2 * c2);
  return { logSize: centre + t, loss: c0 + (c1 * t) / 2 };
}

/**
 * Levenberg–Marquardt for min Σ wᵢ ρ(rᵢ(θ)), with ρ = r²/2 or Huber's, at most a handful of parameters.
 * The Huber loss enters by reweighting each step with ρ'(r)/r (Holland and Welsch 1977); steps that do not
 * lower the objective are rejected, so it never rises.
 */
import { solveSymmetric } from './linear-algebra.ts';

export interface LeastSquaresProblem {
  /** Number of residuals. */
  count: number;
  /** Writes residuals [count] and their derivatives [count, p] at θ. */
  evaluate(theta: Float64Array, residuals: Float64Array, jacobian: Float64Array): void;
  weights?: readonly number[];
  /** Huber's δ, in units of the residuals; without it plain least squares. */
  huber?: number;
}

export interface Minimum {
  theta: Float64Array;
  objective: number;
  residuals: Float64Array;
  /** dr/dθ at the minimum [count, p] */
  jacobian: Float64Array;
  iterations: number;
}

/** Huber's loss: r²/2 for |r| ≤ δ, δ(|r| − δ/2) beyond (Hoffmann et al. 2203.15556, eq. 3). */
export function huberLoss(residual: number, delta: number): number {
  const size = Math.abs(residual);
  return size <= delta ? size ** 2 / 2 : delta * (size - delta / 2);
}

export function levenbergMarquardt(
  problem: LeastSquaresProblem,
  start: ArrayLike<number>,
  maxIterations = 300,
): Minimum {
  const { count, weights, huber = Infinity } = problem;
  const p = start.length;
  let theta = Float64Array.from(start);
  let residuals = new Float64Array(count);
  let jacobian = new Float64Array(count * p);
  let nextResiduals = new Float64Array(count);
  let nextJacobian = new Float64Array(count * p);

  const objectiveOf = (r: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (weights?.[i] ?? 1) * huberLoss(r[i]!, huber);
    return Number.isFinite(sum) ? sum : Infinity;
  };

  problem.evaluate(theta, residuals, jacobian);
  let objective = objectiveOf(residuals);
  let damping = 1e-3;
  let stalled = 0;
  let iterations = 0;
  const normal = new Float64Array(p * p);
  const damped = new Float64Array(p * p);
  const gradient = new Float64Array(p);

  while (iterations < maxIterations && damping < 1e15 && stalled < 3) {
    iterations++;
    normal.fill(0);
    gradient.fill(0);
    for (let i = 0; i < count; i++) {
      const r = residuals[i]!;
      const w = (weights?.[i] ?? 1) * (Math.abs(r) <= huber ? 1 : huber / Math.abs(r));
      for (let j = 0; j < p; j++) {
        const column = jacobian[i * p + j]!;
        gradient[j]! -= w * column * r;
        for (let k = 0; k <= j; k++) normal[j * p + k]! += w * column * jacobian[i * p + k]!;
      }
    }
    for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) normal[k * p + j] = normal[j * p + k]!;

    damped.set(normal);
    // A parameter without any effect (a zero column) is held still by the added constant.
    for (let j = 0; j < p; j++) damped[j * p + j]! += damping * normal[j * p + j]! + 1e-30;
    const step = solveSymmetric(damped, gradient, p);
    if (!step) {
      damping *= 10;
      continue;
    }
    const next = theta.map((value, j) => value + step[j]!);
    problem.evaluate(next, nextResiduals, nextJacobian);
    const nextObjective = objectiveOf(nextResiduals);
    if (nextObjective < objective) {
      stalled = objective - nextObjective < 1e-13 * objective ? stalled + 1 : 0;
      theta = next;
      objective = nextObjective;
      [residuals, nextResiduals] = [nextResiduals, residuals];
      [jacobian, nextJacobian] = [nextJacobian, jacobian];
      damping = Math.max(damping / 10, 1e-15);
    } else {
      damping *= 10;
    }
  }
  return { theta, objective, residuals, jacobian, iterations };
}

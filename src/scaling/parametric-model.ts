/**
 * The curve of Chinchilla's law L(N, D) = E + A/N^α + B/D^β and its residuals, in the variables of the fit:
 * θ = (ln A′, ln B′, ln E, α, β), where A′ and B′ are the shares of the loss at the centre of the table.
 * Source: Hoffmann et al. 2203.15556, eqs. 2 and 3.
 */
import { huberLoss } from './levenberg-marquardt.ts';
import { leastSquares } from './linear-algebra.ts';
import { mean } from './statistics.ts';

/** One run: a model of N parameters trained on D tokens reached this loss. */
export interface ParametricPoint {
  N: number;
  D: number;
  loss: number;
  weight?: number;
}

export interface ParametricLaw {
  E: number;
  A: number;
  B: number;
  alpha: number;
  beta: number;
}

/** L(N, D) in nats. */
export function parametricLoss(law: ParametricLaw, N: number, D: number): number {
  return law.E + law.A * N ** -law.alpha + law.B * D ** -law.beta;
}

/** The table in the units of the fit: N and D over their geometric means. */
export interface ParametricTable {
  n: number[];
  d: number[];
  /** ln loss */
  y: number[];
  weights: number[];
  centreN: number;
  centreD: number;
}

export function tabulate(points: readonly ParametricPoint[]): ParametricTable {
  const n = points.map((point) => Math.log(point.N));
  const d = points.map((point) => Math.log(point.D));
  const [centreN, centreD] = [mean(n), mean(d)];
  return {
    n: n.map((value) => value - centreN),
    d: d.map((value) => value - centreD),
    y: points.map((point) => Math.log(point.loss)),
    weights: points.map((point) => point.weight ?? 1),
    centreN,
    centreD,
  };
}

/** Writes ln L̂ − ln L and its derivatives in θ = (ln A', ln B', ln E, α, β), A' and B' at the centre of the table. */
export function evaluateOn(table: ParametricTable) {
  const { n, d, y } = table;
  return (theta: Float64Array, residuals: Float64Array, jacobian: Float64Array): void => {
    const [a, b, e, alpha, beta] = theta as unknown as [number, number, number, number, number];
    const floor = Math.exp(e);
    for (let i = 0; i < y.length; i++) {
      const size = Math.exp(a - alpha * n[i]!);
      const data = Math.exp(b - beta * d[i]!);
      const loss = floor + size + data;
      residuals[i] = Math.log(loss) - y[i]!;
      jacobian[i * 5] = size / loss;
      jacobian[i * 5 + 1] = data / loss;
      jacobian[i * 5 + 2] = floor / loss;
      jacobian[i * 5 + 3] = (-size * n[i]!) / loss;
      jacobian[i * 5 + 4] = (-data * d[i]!) / loss;
    }
  };
}

export function toLaw(theta: Float64Array, table: ParametricTable): ParametricLaw {
  const [a, b, e, alpha, beta] = theta as unknown as [number, number, number, number, number];
  return {
    E: Math.exp(e),
    A: Math.exp(a + alpha * table.centreN),
    B: Math.exp(b + beta * table.centreD),
    alpha,
    beta,
  };
}

/** Starts over a grid of exponents; at each, E, A' and B' are linear in L, negative ones lifted to a little. */
export function starts(table: ParametricTable): number[][] {
  const losses = table.y.map(Math.exp);
  const lowest = Math.min(...losses);
  const weights = losses.map((loss, i) => table.weights[i]! / loss ** 2);
  const exponents = [0.05, 0.15, 0.3, 0.5, 0.9];
  const candidates: { start: number[]; objective: number }[] = [];
  for (const alpha of exponents) {
    for (const beta of exponents) {
      const rows = table.n.map((n, i) => [Math.exp(-alpha * n), Math.exp(-beta * table.d[i]!), 1]);
      const linear = leastSquares(rows, losses, weights);
      const [A, B, E] = linear ? Array.from(linear.coefficients) : [lowest / 3, lowest / 3, lowest / 3];
      const start = [A!, B!, E!].map((value) => Math.log(Math.max(value, lowest / 100)));
      const residual = (row: number[], i: number): number =>
        Math.log(row.reduce((sum, value, j) => sum + value * Math.exp(start[j]!), 0)) - table.y[i]!;
      const objective = rows.reduce((sum, row, i) => sum + huberLoss(residual(row, i), 0.1), 0);
      candidates.push({ start: [...start, alpha, beta], objective });
    }
  }
  candidates.sort((a, b) => a.objective - b.objective);
  return candidates.slice(0, 8).map((candidate) => candidate.start);
}

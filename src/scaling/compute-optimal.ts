/**
 * What the parametric law says about spending C = 6ND FLOPs (Hoffmann et al. 2203.15556, eq. 4):
 * N_opt = G (C/6)^a, D_opt = (C/6)^b / G, a = β/(α+β), b = α/(α+β), G = (αA / βB)^(1/(α+β)).
 */
import { type ParametricLaw, parametricLoss } from './parametric-model.ts';

export interface ComputeOptimum {
  /** Parameters. */
  N: number;
  /** Tokens or examples. */
  D: number;
  tokensPerParameter: number;
  /** Loss there, nats. */
  loss: number;
  /** Exponent of N_opt ∝ C^a. */
  a: number;
  /** Exponent of D_opt ∝ C^b. */
  b: number;
  G: number;
}

/** The best split of `flops` = 6ND under the law, in closed form. */
export function computeOptimum(law: ParametricLaw, flops: number): ComputeOptimum {
  const { A, B, alpha, beta } = law;
  const a = beta / (alpha + beta);
  const b = alpha / (alpha + beta);
  const G = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  const N = G * (flops / 6) ** a;
  const D = (flops / 6) ** b / G;
  return { N, D, tokensPerParameter: D / N, loss: parametricLoss(law, N, D), a, b, G };
}

/** Tokens at which a model of N parameters reaches `loss`, or undefined where it never does. */
export function tokensForLoss(law: ParametricLaw, N: number, loss: number): number | undefined {
  const left = loss - law.E - law.A * N ** -law.alpha;
  return left > 0 ? (law.B / left) ** (1 / law.beta) : undefined;
}

/**
 * How much more training compute a model of `fraction`·N_opt parameters needs for the loss that the optimum reaches with `flops`;
 * undefined where it is too small to reach it at all.
 */
export function isoLossOverhead(law: ParametricLaw, flops: number, fraction: number): number | undefined {
  const optimum = computeOptimum(law, flops);
  const N = fraction * optimum.N;
  const D = tokensForLoss(law, N, optimum.loss);
  return D === undefined ? undefined : (6 * N * D) / flops;
}

/** Compute over a model's life, training and serving (Sardana et al. 2401.00448). */
import { inferenceFlops, trainingFlops } from './cost.ts';
import { type CurvePoint, equalLevel } from './curve.ts';
import { tokensForLoss } from './compute-optimal.ts';
import { type ParametricLaw } from './parametric-model.ts';
import { type Refusal, refuse } from './refusal.ts';

/** 6ND + 2N · tokens served, FLOPs. */
export function lifetimeFlops(N: number, D: number, servedTokens: number): number {
  return trainingFlops(N, D) + inferenceFlops(N, servedTokens);
}

/**
 * Queries after which the model that costs more to train and less to serve has paid off; 0 where it is cheaper in both, undefined where it never pays.
 * @param tokensPerQuery tokens or examples that one query runs through the model
 */
export function breakEvenQueries(
  small: { N: number; trainingFlops: number },
  large: { N: number; trainingFlops: number },
  tokensPerQuery = 1,
): number | undefined {
  const extra = small.trainingFlops - large.trainingFlops;
  const saved = inferenceFlops(large.N, tokensPerQuery) - inferenceFlops(small.N, tokensPerQuery);
  if (extra <= 0 && saved >= 0) return 0;
  return saved > 0 ? extra / saved : undefined;
}

export interface Overtraining {
  /** The loss (nats) at which both are compared. */
  loss: number;
  /** Examples or tokens that each needs for it. */
  small: { N: number; D: number; trainingFlops: number };
  large: { N: number; D: number; trainingFlops: number };
  /** Training FLOPs of the small model over those of the large one. */
  trainingRatio: number;
  /** Serving FLOPs of the small model over those of the large one: N / N. */
  servingRatio: number;
  breakEvenQueries?: number;
}

/**
 * Two models brought to an equal loss by interpolation in ln D, never compared at the ends of their runs, where their losses differ.
 * Curves: x = D in examples or tokens, y = loss.
 */
export function overtraining(
  small: { N: number; curve: readonly CurvePoint[] },
  large: { N: number; curve: readonly CurvePoint[] },
  tokensPerQuery = 1,
): Overtraining | Refusal {
  if (!(small.N < large.N)) return refuse('bad-number', 'The first model must be the smaller one.');
  const equal = equalLevel(small.curve, large.curve, 'lower');
  if (!equal) {
    return refuse(
      'no-overlap',
      'The two curves share no loss, so their costs cannot be compared at an equal one.',
    );
  }
  const at = (N: number, D: number): Overtraining['small'] => ({ N, D, trainingFlops: trainingFlops(N, D) });
  const [a, b] = [at(small.N, equal.first), at(large.N, equal.second)];
  const queries = breakEvenQueries(a, b, tokensPerQuery);
  return {
    loss: equal.level,
    small: a,
    large: b,
    trainingRatio: a.trainingFlops / b.trainingFlops,
    servingRatio: a.N / b.N,
    ...(queries === undefined ? {} : { breakEvenQueries: queries }),
  };
}

/**
 * The size that reaches `loss` with the least lifetime compute when it will serve some tokens: golden section in ln N.
 * @returns undefined where no size reaches that loss
 */
export function lifetimeOptimum(
  law: ParametricLaw,
  loss: number,
  servedTokens: number,
): { N: number; D: number; flops: number } | undefined {
  if (!(loss > law.E)) return undefined;
  // Below this size not even endless data would do.
  const least = Math.log((law.A / (loss - law.E)) ** (1 / law.alpha));
  const flopsAt = (logN: number): number => {
    const N = Math.exp(logN);
    const D = tokensForLoss(law, N, loss);
    return D === undefined ? Infinity : lifetimeFlops(N, D, servedTokens);
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = least;
  let high = least + 12;
  while (high - low > 1e-9) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (flopsAt(left) < flopsAt(right)) high = right;
    else low = left;
  }
  const N = Math.exp((low + high) / 2);
  const D = tokensForLoss(law, N, loss);
  return D === undefined ? undefined : { N, D, flops: lifetimeFlops(N, D, servedTokens) };
}

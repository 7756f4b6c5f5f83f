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

/** FLOPs of one example or token, to learn from and to answer; 6N and 2N where a model does not say. */
export interface PerExample {
  training: number;
  query: number;
}

const byRule = (N: number): PerExample => ({ training: trainingFlops(N, 1), query: inferenceFlops(N, 1) });

/** A trained model that serves; `queryFlops` of one token, 2N where they are not given. */
interface Served {
  N: number;
  trainingFlops: number;
  queryFlops?: number;
}

/**
 * Queries after which the model that costs more to train and less to serve has paid off; 0 where it is cheaper in both, undefined where it never pays.
 * @param tokensPerQuery tokens or examples that one query runs through the model
 */
export function breakEvenQueries(small: Served, large: Served, tokensPerQuery = 1): number | undefined {
  const extra = small.trainingFlops - large.trainingFlops;
  const query = ({ N, queryFlops = byRule(N).query }: Served): number => queryFlops * tokensPerQuery;
  const saved = query(large) - query(small);
  if (extra <= 0 && saved >= 0) return 0;
  return saved > 0 ? extra / saved : undefined;
}

/** A model at that loss. */
export interface Brought {
  N: number;
  D: number;
  trainingFlops: number;
  queryFlops: number;
}

export interface Overtraining {
  /** The loss (nats) at which both are compared. */
  loss: number;
  /** Examples or tokens that each needs for it. */
  small: Brought;
  large: Brought;
  /** Training FLOPs of the small model over those of the large one. */
  trainingRatio: number;
  /** Serving FLOPs of the small model over those of the large one. */
  servingRatio: number;
  breakEvenQueries?: number;
}

/** A model's size and its losses by D; what an example costs it, where that is not 6N and 2N. */
export interface Trained {
  N: number;
  curve: readonly CurvePoint[];
  perExample?: PerExample;
}

/**
 * Two models brought to an equal loss by interpolation in ln D, never compared at the ends of their runs, where their losses differ.
 * Curves: x = D in examples or tokens, y = loss.
 */
export function overtraining(small: Trained, large: Trained, tokensPerQuery = 1): Overtraining | Refusal {
  if (!(small.N < large.N)) return refuse('bad-number', 'The first model must be the smaller one.');
  const equal = equalLevel(small.curve, large.curve, 'lower');
  if (!equal) {
    return refuse(
      'no-overlap',
      'The two curves share no loss, so their costs cannot be compared at an equal one.',
    );
  }
  const at = ({ N, perExample = byRule(N) }: Trained, D: number): Brought => ({
    N,
    D,
    trainingFlops: perExample.training * D,
    queryFlops: perExample.query,
  });
  const [a, b] = [at(small, equal.first), at(large, equal.second)];
  const queries = breakEvenQueries(a, b, tokensPerQuery);
  return {
    loss: equal.level,
    small: a,
    large: b,
    trainingRatio: a.trainingFlops / b.trainingFlops,
    servingRatio: a.queryFlops / b.queryFlops,
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

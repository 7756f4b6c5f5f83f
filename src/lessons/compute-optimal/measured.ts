/** What compute-optimal measures: the exponent of the best size, its interval over seeds, and what ways of counting make of it. */
import { fitIsoflop, type Interval, isRefusal, type IsoflopFit, type Refusal } from '../../scaling/index.ts';
import type { IsoflopModel } from '../shared/isoflop.ts';

/** How a run's size and compute are counted. */
export interface Counting {
  key: 'all' | 'withoutTables' | 'rule';
  N: (model: IsoflopModel) => number;
  C: (model: IsoflopModel) => number;
}

export const COUNTINGS: readonly Counting[] = [
  { key: 'all', N: ({ N }) => N, C: ({ C }) => C },
  { key: 'withoutTables', N: ({ withoutTables }) => withoutTables, C: ({ C }) => C },
  { key: 'rule', N: ({ N }) => N, C: ({ N, D }) => 6 * N * D },
];

export const fitBy = (models: readonly IsoflopModel[], { N, C }: Counting): IsoflopFit | Refusal =>
  fitIsoflop(models.map((model) => ({ N: N(model), C: C(model), D: model.D, loss: model.loss })));

/** 95% quantile of Student's t by degrees of freedom, from 1: for intervals of 90%. */
const STUDENT = [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895];

/**
 * The exponent of the mean losses. Its interval has two parts, as independent errors: how far the losses lie from their
 * parabolas, and how the exponents scatter that are fitted to the replicas one by one, which have weights and an order
 * of examples of their own.
 */
export function overSeeds(models: readonly IsoflopModel[], fit: IsoflopFit): Interval & { each: number[] } {
  const replicas = Math.min(...models.map(({ losses }) => losses.length));
  const each = Array.from({ length: replicas }, (_, r) =>
    fitIsoflop(models.map(({ N, C, losses }) => ({ N, C, loss: losses[r]! })).filter(({ loss }) => loss > 0)),
  ).flatMap((own) => (isRefusal(own) ? [] : [own.a.estimate]));
  const { estimate, low, high } = fit.a;
  if (each.length < 2) return { estimate, low, high, each };
  const mean = each.reduce((sum, a) => sum + a, 0) / each.length;
  const variance = each.reduce((sum, a) => sum + (a - mean) ** 2, 0) / (each.length - 1);
  const scatter = STUDENT[Math.min(each.length - 1, STUDENT.length) - 1]! * Math.sqrt(variance / each.length);
  return {
    estimate,
    low: estimate - Math.hypot(estimate - low, scatter),
    high: estimate + Math.hypot(high - estimate, scatter),
    each,
  };
}

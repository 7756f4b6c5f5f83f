/** What a fitted parametric law says about a run that was not made: a band from the bootstrap draws and the noise. */
import { type ParametricFit } from './parametric-law.ts';
import { parametricLoss } from './parametric-model.ts';
import { SeededRandom } from './random.ts';
import { type Interval, intervalOf } from './statistics.ts';

/** The estimates of a fit as plain numbers. */
export function parametricEstimates(fit: ParametricFit): {
  E: number;
  A: number;
  B: number;
  alpha: number;
  beta: number;
} {
  return {
    E: fit.E.estimate,
    A: fit.A.estimate,
    B: fit.B.estimate,
    alpha: fit.alpha.estimate,
    beta: fit.beta.estimate,
  };
}

/** Predictive interval of the loss (nats) of one run with N parameters and D tokens. */
export function predictLoss(
  fit: ParametricFit,
  N: number,
  D: number,
  options: { level?: number; leastHalfWidth?: number; seed?: number } = {},
): Interval {
  const { level = fit.level, leastHalfWidth = 0, seed = 7 } = options;
  const random = new SeededRandom(seed);
  const { E, A, B, alpha, beta } = fit.draws;
  const draws = E.map((floor, i) => {
    const law = { E: floor, A: A[i]!, B: B[i]!, alpha: alpha[i]!, beta: beta[i]! };
    return parametricLoss(law, N, D) * Math.exp(fit.sigma * random.normal());
  });
  const band = intervalOf(parametricLoss(parametricEstimates(fit), N, D), draws, level);
  return {
    estimate: band.estimate,
    low: Math.min(band.low, band.estimate - leastHalfWidth),
    high: Math.max(band.high, band.estimate + leastHalfWidth),
  };
}

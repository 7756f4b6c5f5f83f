/** Fits as they are reported: estimates and intervals, without the draws behind them. */
import {
  type EnvelopeFit,
  type Interval,
  isRefusal,
  type IsoflopFit,
  type ParametricFit,
  type PowerLawFit,
  type Refusal,
} from '../../scaling/index.ts';

export type Summary = Refusal | Record<string, number | string | Interval | unknown[]>;

export function powerSummary(fit: PowerLawFit | Refusal): Summary {
  if (isRefusal(fit)) return fit;
  const { law, E, A, alpha, sigma, level } = fit;
  return { law, E, A, alpha, sigma, level };
}

export function parametricSummary(fit: ParametricFit | Refusal): Summary {
  if (isRefusal(fit)) return fit;
  const { law, E, A, B, alpha, beta, optimalExponent, sigma, level } = fit;
  return { law, E, A, B, alpha, beta, optimalExponent, sigma, level };
}

export function isoflopSummary(fit: IsoflopFit | Refusal): Summary {
  if (isRefusal(fit)) return fit;
  const { law, a, b, k, level } = fit;
  const valleys = fit.valleys.map(({ C, N, D, loss, curvature }) => ({ C, N, D, loss, curvature }));
  return { law, a, b, k, valleys, level };
}

/** Without intervals: they need curves of many points. */
export function envelopeSummary(fit: EnvelopeFit | Refusal): Summary {
  if (isRefusal(fit)) return fit;
  const { law, a, b, k } = fit;
  return { law, a: a.estimate, b: b.estimate, k };
}

/**
 * "This change is worth k times the data": the horizontal shift of a learning curve against a baseline
 * (Hernandez et al. 2102.01293 call it effective data transfer).
 */
import { type CurvePoint, equalLevel, firstCrossing, runningBest } from './curve.ts';
import { type Refusal, refuse } from './refusal.ts';

export interface TransferFactor {
  /** Baseline's x over the variant's x at the level: above 1, the change saves that factor. */
  factor: number;
  /** The loss or accuracy at which they are compared: the best that both reach. */
  level: number;
  baseline: number;
  variant: number;
  /** The factor at levels on the way, from worse to better. */
  profile: { level: number; factor: number }[];
}

/**
 * @param variant curve of the changed run: x in steps, examples or FLOPs; y a loss or an accuracy
 * @param better `lower` for a loss, `higher` for an accuracy
 */
export function transferFactor(
  variant: readonly CurvePoint[],
  baseline: readonly CurvePoint[],
  better: 'lower' | 'higher' = 'lower',
): TransferFactor | Refusal {
  const equal = equalLevel(variant, baseline, better);
  if (!equal) {
    return refuse(
      'no-overlap',
      'One curve begins better than the other ends, so they share no level to compare at.',
    );
  }
  const direction = better === 'lower' ? 'falling' : 'rising';
  const curves = [runningBest(variant, better), runningBest(baseline, better)] as const;
  const starts = curves.map((curve) => curve[0]!.y);
  const start = better === 'lower' ? Math.min(...starts) : Math.max(...starts);
  const profile: TransferFactor['profile'] = [];
  for (let i = 1; i <= 10; i++) {
    const level = start + (i / 10) * (equal.level - start);
    const [x, reference] = curves.map((curve) => firstCrossing(curve, level, direction));
    if (x !== undefined && reference !== undefined) profile.push({ level, factor: reference / x });
  }
  return {
    factor: equal.second / equal.first,
    level: equal.level,
    baseline: equal.second,
    variant: equal.first,
    profile,
  };
}

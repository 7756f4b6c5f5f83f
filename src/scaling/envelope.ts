/**
 * The envelope of training curves (Approach 1 of Hoffmann et al. 2203.15556, §3.1): at each compute C the size whose
 * curve is lowest there, and N ∝ C^a through those. Needs curves that are comparable all along: a constant learning rate, or one run per
 * length, as a cosine schedule flatters a curve only at its end.
 */
import { runningBest, valueAt } from './curve.ts';
import { logSpace } from './extrapolation.ts';
import { leastSquares } from './linear-algebra.ts';
import { type Refusal, refuse } from './refusal.ts';
import { distinct, groupBy, type Interval, LEVEL, mean, normalQuantile } from './statistics.ts';

/** One point of a training curve: a model of N parameters after C FLOPs. */
export interface EnvelopePoint {
  N: number;
  C: number;
  loss: number;
}

export interface EnvelopeFit {
  law: 'envelope';
  a: Interval;
  b: Interval;
  k: number;
  /** The lowest curve at each C, where it is neither the smallest nor the largest size. */
  envelope: { C: number; N: number; D: number; loss: number }[];
  level: number;
}

/** Refuses fewer than 4 sizes, and curves of which fewer than 3 inner sizes are ever the lowest. */
export function fitEnvelope(
  points: readonly EnvelopePoint[],
  options: { bins?: number; level?: number } = {},
): EnvelopeFit | Refusal {
  const { bins = 200, level = LEVEL } = options;
  const sizes = distinct(points.map((point) => point.N));
  if (sizes.length < 4) {
    return refuse(
      'too-few-points',
      `An envelope needs curves of 4 sizes or more; these are ${sizes.length}.`,
    );
  }
  const whole = trace(points, bins);
  if (!whole) {
    return refuse(
      'no-interior-minimum',
      'Fewer than 3 sizes other than the smallest and largest are ever the lowest: train more sizes, or longer.',
    );
  }
  // Neighbouring bins share their curves, so the error of a comes from leaving out one size at a time (jackknife).
  const without = sizes
    .slice(1, -1)
    .map(
      (size) =>
        trace(
          points.filter((point) => point.N !== size),
          bins,
        )?.slope,
    )
    .filter((slope) => slope !== undefined);
  const count = without.length;
  const middle = mean(without);
  const variance = without.reduce((sum, slope) => sum + (slope - middle) ** 2, 0) * ((count - 1) / count);
  const half = count > 1 ? normalQuantile((1 + level) / 2) * Math.sqrt(variance) : Infinity;
  const a = { estimate: whole.slope, low: whole.slope - half, high: whole.slope + half };
  return {
    law: 'envelope',
    a,
    b: { estimate: 1 - a.estimate, low: 1 - a.high, high: 1 - a.low },
    k: Math.exp(whole.intercept),
    envelope: whole.envelope,
    level,
  };
}

function trace(
  points: readonly EnvelopePoint[],
  bins: number,
): { slope: number; intercept: number; envelope: EnvelopeFit['envelope'] } | undefined {
  const curves = [...groupBy(points, (point) => point.N)]
    .map(([N, group]) => ({
      N,
      curve: runningBest(
        group.map((point) => ({ x: point.C, y: point.loss })),
        'lower',
      ),
    }))
    .sort((a, b) => a.N - b.N);
  const all = points.map((point) => point.C);
  const envelope: EnvelopeFit['envelope'] = [];
  for (const C of logSpace(Math.min(...all), Math.max(...all), bins)) {
    const here = curves.map(({ N, curve }) => ({ N, loss: valueAt(curve, C) ?? Infinity }));
    const best = here.reduce((a, b) => (b.loss < a.loss ? b : a));
    const inner = best.N !== curves[0]!.N && best.N !== curves.at(-1)!.N;
    // A curve that has ended can't be beaten fairly by a larger one that goes on.
    const larger = here.filter((other) => other.N > best.N && Number.isFinite(other.loss));
    const smaller = here.filter((other) => other.N < best.N && Number.isFinite(other.loss));
    if (inner && larger.length > 0 && smaller.length > 0) {
      envelope.push({ C, N: best.N, D: C / (6 * best.N), loss: best.loss });
    }
  }
  if (distinct(envelope.map((point) => point.N)).length < 3) return undefined;
  const line = leastSquares(
    envelope.map((point) => [1, Math.log(point.C)]),
    envelope.map((point) => Math.log(point.N)),
  );
  return line && { slope: line.coefficients[1]!, intercept: line.coefficients[0]!, envelope };
}

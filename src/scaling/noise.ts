/**
 * How the noise of a table changes with size. Part of the relative variance falls as 1/x, as where larger models are trained or evaluated
 * on more; the rest is the same everywhere. Taken as even where it is not, small sizes pull too hard: the 90% interval of α then held the
 * truth in 69% of planted tables. A few points say little about the noise, so that its shape is averaged over and not chosen.
 */

export interface NoiseShape {
  /** Share of the variance at the smallest x that falls as 1/x: 0 for even noise, 1 for a standard deviation that falls as x^(−½). */
  falling: number;
  /** Variance at x, relative to a geometric mean of 1 over the table. */
  variance: (x: number) => number;
}

export const EVEN: NoiseShape = { falling: 0, variance: () => 1 };

/** Shapes that are tried. A share of .9 means a standard deviation √10 times as large at the smallest size as far beyond the largest. */
const SHARES = [0, 0.5, 0.75, 0.9, 0.97, 0.99, 0.999, 1];

/**
 * Even noise has a quarter of the prior, all others together the rest: with half for it, the interval of α held in 82 to 87% of tables
 * whose noise falls and then stays.
 */
const prior = (falling: number): number => (falling === 0 ? 0.25 : 0.75 / (SHARES.length - 1));

/** The shape whose variance falls by this share, for a table of these x. */
export function noiseShape(falling: number, xs: readonly number[]): NoiseShape {
  if (falling === 0) return EVEN;
  const first = xs.reduce((a, b) => Math.min(a, b));
  const raw = (x: number): number => 1 - falling + (falling * first) / x;
  const level = Math.exp(xs.reduce((sum, x) => sum + Math.log(raw(x)), 0) / xs.length);
  return { falling, variance: (x) => raw(x) / level };
}

export interface NoiseCandidate {
  shape: NoiseShape;
  /** Posterior probability; all sum to 1. */
  share: number;
}

/** The posterior over the shapes, without what has less than one part in a thousand. */
export function noisePosterior(
  xs: readonly number[],
  logEvidence: (shape: NoiseShape) => number,
): NoiseCandidate[] {
  const shapes = SHARES.map((falling) => noiseShape(falling, xs));
  const logs = shapes.map((shape) => logEvidence(shape) + Math.log(prior(shape.falling)));
  const top = Math.max(...logs);
  const candidates = shapes
    .map((shape, i) => ({ shape, share: Math.exp(logs[i]! - top) }))
    .filter(({ share }) => share > 1e-3);
  const total = candidates.reduce((sum, { share }) => sum + share, 0);
  return candidates.map(({ shape, share }) => ({ shape, share: share / total }));
}

/** One shape for the candidates: the mean of their variances. */
export function meanShape(candidates: readonly NoiseCandidate[]): NoiseShape {
  if (candidates.length === 1) return candidates[0]!.shape;
  return {
    falling: candidates.reduce((sum, { shape, share }) => sum + share * shape.falling, 0),
    variance: (x) => candidates.reduce((sum, { shape, share }) => sum + share * shape.variance(x), 0),
  };
}

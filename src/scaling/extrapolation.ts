/**
 * What a power law says about a model that was not yet trained: a predictive band, drawn before the run, and its
 * score afterwards against simpler guesses.
 */
import { estimates, fitPowerLawLoosely, type PowerLawFit, powerLawAt } from './power-law.ts';
import { SeededRandom } from './random.ts';
import { isRefusal } from './refusal.ts';
import { geometricMean, groupBy, type Interval, intervalOf, mean } from './statistics.ts';
import { type PowerPoint } from './variable-projection.ts';

export interface BandOptions {
  /** Probability that a new point falls inside, default the level of the fit. */
  level?: number;
  /** The band reaches at least so far (in units of y) to each side: what the law itself gets wrong. Default 0. */
  leastHalfWidth?: number;
  /** Weight of the new point (n seeds averaged weigh n), default 1. */
  weight?: number;
  seed?: number;
}

/**
 * Predictive interval of a new point at x: posterior draws of the curve plus the noise of one point, a mixture of
 * Student t distributions. The estimate is the fitted curve.
 */
export function predict(fit: PowerLawFit, x: number, options: BandOptions = {}): Interval {
  const { level = fit.level, leastHalfWidth = 0, weight = 1, seed = 7 } = options;
  const { E, A, alpha, sigma, noise } = fit.draws;
  const random = new SeededRandom(seed);
  const draws = E.map((floor, i) => {
    const curve = powerLawAt({ E: floor, A: A[i]!, alpha: alpha[i]! }, x);
    const scale = sigma[i]! * Math.sqrt(noise[i]!.variance(x) / weight);
    return curve * (1 + scale * random.normal());
  });
  const band = intervalOf(powerLawAt(estimates(fit), x), draws, level);
  return {
    estimate: band.estimate,
    low: Math.min(band.low, band.estimate - leastHalfWidth),
    high: Math.max(band.high, band.estimate + leastHalfWidth),
  };
}

/** The band over a range of x, for drawing. */
export function band(
  fit: PowerLawFit,
  xs: readonly number[],
  options: BandOptions = {},
): ({ x: number } & Interval)[] {
  return xs.map((x) => ({ x, ...predict(fit, x, options) }));
}

/** Three guesses that a power law with a free E should beat. */
export interface NaiveGuesses {
  /** Straight line in ln x through the two largest sizes. */
  lastTwo: number;
  /** Pure power law, E = 0. */
  noFloor?: number;
  /** E held at a known floor of the task, where one is given. */
  fixedFloor?: number;
}

export function naiveGuesses(points: readonly PowerPoint[], x: number, knownFloor?: number): NaiveGuesses {
  const bySize = [...groupBy(points, (point) => point.x)]
    .sort(([a], [b]) => a - b)
    .map(([size, group]) => ({ t: Math.log(size), y: mean(group.map((point) => point.y)) }));
  const [before, last] = bySize.slice(-2);
  if (!before || !last) throw new RangeError('A line through the last two sizes needs two sizes.');
  const slope = (last.y - before.y) / (last.t - before.t);
  const guesses: NaiveGuesses = { lastTwo: last.y + slope * (Math.log(x) - last.t) };
  const withFloor = (floor: number): number | undefined => {
    const fit = fitPowerLawLoosely(points, { floor, draws: 1 });
    return isRefusal(fit) ? undefined : powerLawAt(estimates(fit), x);
  };
  const noFloor = withFloor(0);
  const fixedFloor = knownFloor === undefined ? undefined : withFloor(knownFloor);
  if (noFloor !== undefined) guesses.noFloor = noFloor;
  if (fixedFloor !== undefined) guesses.fixedFloor = fixedFloor;
  return guesses;
}

export interface HeldOutScore {
  x: number;
  y: number;
  predicted: Interval;
  inside: boolean;
  /** y − prediction, in the units of y. */
  error: number;
  naive: NaiveGuesses;
  /** Closer to y than every naive guess. */
  beatsNaive: boolean;
  /** x over the largest fitted x. */
  reach: number;
}

/** Scores points that the fit has not seen. */
export function scoreHeldOut(
  fit: PowerLawFit,
  heldOut: readonly PowerPoint[],
  options: BandOptions & { knownFloor?: number } = {},
): HeldOutScore[] {
  const largest = Math.max(...fit.points.map((point) => point.x));
  return heldOut.map(({ x, y, weight = 1 }) => {
    const predicted = predict(fit, x, { weight, ...options });
    const naive = naiveGuesses(fit.points, x, options.knownFloor);
    const error = y - predicted.estimate;
    const guesses = Object.values(naive) as number[];
    return {
      x,
      y,
      predicted,
      inside: predicted.low <= y && y <= predicted.high,
      error,
      naive,
      beatsNaive: guesses.every((guess) => Math.abs(error) < Math.abs(y - guess)),
      reach: x / largest,
    };
  });
}

/** Sizes spaced evenly in ln x, ends included, for drawing curves. */
export function logSpace(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));
}

/** Averages rows of equal x (seeds) into one of their summed weight; y by geometric mean, as errors are relative. */
export function averageSeeds(points: readonly PowerPoint[]): PowerPoint[] {
  return [...groupBy(points, (point) => point.x)].map(([x, group]) => ({
    x,
    y: geometricMean(group.map((point) => point.y)),
    weight: group.reduce((sum, point) => sum + (point.weight ?? 1), 0),
  }));
}

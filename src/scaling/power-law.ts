/**
 * The power law y = E + A·x^(−α): a loss y in nats against parameters N, examples D or FLOPs C.
 * Sources: Hestness et al. 1712.00409 (E free); Kaplan et al. 2001.08361, eqs. 1.1–1.3 (E = 0).
 */
import { huberPowerLaw } from './power-law-huber.ts';
import { openParameters } from './identifiability.ts';
import { meanShape, type NoiseCandidate, noisePosterior, noiseShape, type NoiseShape } from './noise.ts';
import { logEvidence, posteriorDraws, type PowerLawDraws } from './power-posterior.ts';
import { SeededRandom } from './random.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { distinct, type Interval, intervalOf, LEVEL } from './statistics.ts';
import { bestExponent, centre, type CentredTable, type PowerPoint } from './variable-projection.ts';

export const NOISES = ['even', 'falling', 'estimated'] as const;
export type Noise = (typeof NOISES)[number];

export interface PowerLawOptions {
  /** The irreducible loss E: fitted (`free`, default), or held at a number; 0 is the pure power law. */
  floor?: 'free' | number;
  /** Lower bound of a free E, default 0; a task's entropy where it is known. */
  floorAtLeast?: number;
  /** `relative`: least squares of (y − fit)/y (default). `huber`: Huber's loss of ln y − ln fit, for tables with outliers. */
  method?: 'relative' | 'huber';
  /** Huber's δ in log units; default 1.345 robust standard deviations. Hoffmann et al. took 0.001. */
  huberDelta?: number;
  /**
   * How the noise changes with x: the same everywhere (default), falling as x^(−½), or estimated from the points, see noise.ts. With
   * Huber's loss, or with less than 7 points, it is not estimated, as an outlier at a small size would look like noise that falls.
   */
  noise?: Noise;
  /** Level of the intervals, default 0.9. */
  level?: number;
  /** Posterior draws behind intervals and bands, default 2,000. */
  draws?: number;
  seed?: number;
}

export interface PowerLawFit {
  law: 'power';
  /** Irreducible loss, in the units of y. */
  E: Interval;
  /** y − E at x = 1, far outside most tables: its interval is wide even where the curve is known well. */
  A: Interval;
  alpha: Interval;
  /** Relative standard deviation of a point of weight 1 around the curve, times the root of its `noise.variance(x)`. */
  sigma: number;
  noise: NoiseShape;
  points: readonly PowerPoint[];
  /** ln y − ln fit, one per point. */
  residuals: number[];
  level: number;
  draws: PowerLawDraws;
  options: PowerLawOptions;
}

/** The fitted curve at x. */
export function powerLawAt(law: { E: number; A: number; alpha: number }, x: number): number {
  return law.E + law.A * x ** -law.alpha;
}

/** The estimates of a fit as plain numbers. */
export function estimates(fit: PowerLawFit): { E: number; A: number; alpha: number } {
  return { E: fit.E.estimate, A: fit.A.estimate, alpha: fit.alpha.estimate };
}

/**
 * Fits y = E + A·x^(−α) with posterior intervals.
 * Refuses fewer than 5 distinct x with E free (3 otherwise), a range of x below a factor of 3, losses that do not fall,
 * and an E or α that the points leave open.
 */
export function fitPowerLaw(
  points: readonly PowerPoint[],
  options: PowerLawOptions = {},
): PowerLawFit | Refusal {
  const solved = solve(points, options);
  if (isRefusal(solved)) return solved;
  return unidentified(solved) ?? solved.fit;
}

/**
 * As `fitPowerLaw`, but keeps a fit whose E or α is open: its curve may still be extrapolated a little, with a
 * band that says how little is known. Never report its parameters.
 */
export function fitPowerLawLoosely(
  points: readonly PowerPoint[],
  options: PowerLawOptions = {},
): PowerLawFit | Refusal {
  const solved = solve(points, options);
  return isRefusal(solved) ? solved : solved.fit;
}

interface Solved {
  fit: PowerLawFit;
  /** The table under each candidate of its noise, of which the posterior is a mixture. */
  tables: CentredTable[];
  shares: number[];
}

function solve(points: readonly PowerPoint[], options: PowerLawOptions): Solved | Refusal {
  const { floor = 'free', floorAtLeast = 0, level = LEVEL, draws: count = 2000, seed = 1 } = options;
  const refusal = check(points, floor) ?? checkHuber(points, options);
  if (refusal) return refusal;

  const fixedFloor = floor === 'free' ? undefined : floor;
  const tableOf = (shape: NoiseShape): CentredTable => centre(points, fixedFloor, floorAtLeast, shape);
  const candidates = noiseCandidates(points, options, (shape) => logEvidence(tableOf(shape)));
  const shape = meanShape(candidates);
  let table = tableOf(shape);
  let best: { E: number; a: number; alpha: number } = bestExponent(table);
  if (options.method === 'huber') {
    const robust = huberPowerLaw(table, best, options.huberDelta);
    best = robust;
    table = robust.pseudoTable;
  }
  if (!(best.a > 0)) return noTrend();

  const law = { E: best.E, A: best.a * Math.exp(best.alpha * table.centre), alpha: best.alpha };
  const tables = candidates.length === 1 ? [table] : candidates.map((candidate) => tableOf(candidate.shape));
  const shares = candidates.map(({ share }) => share);
  const draws = posteriorDraws(tables, shares, count, new SeededRandom(seed));
  const onBound = draws.E.map((E) => Number(floor === 'free' && E <= floorAtLeast));
  const fit: PowerLawFit = {
    law: 'power',
    E: intervalOf(law.E, draws.E, level),
    A: withBound(law.A, draws.A, onBound, level),
    alpha: withBound(law.alpha, draws.alpha, onBound, level),
    sigma: noise(table, best, fixedFloor === undefined ? 3 : 2),
    noise: shape,
    points,
    residuals: points.map((point) => Math.log(point.y / powerLawAt(law, point.x))),
    level,
    draws,
    options,
  };
  return { fit, tables, shares };
}

/** Fewer points tell nothing of how their noise changes, and one shape more for it is one more way to be right by luck. */
const LEAST_FOR_NOISE = 7;

function noiseCandidates(
  points: readonly PowerPoint[],
  { noise = 'even', method }: PowerLawOptions,
  logEvidence: (shape: NoiseShape) => number,
): NoiseCandidate[] {
  const xs = points.map(({ x }) => x);
  const tells = method !== 'huber' && points.length >= LEAST_FOR_NOISE;
  if (noise === 'estimated' && tells) return noisePosterior(xs, logEvidence);
  return [{ shape: noiseShape(noise === 'falling' ? 1 : 0, xs), share: 1 }];
}

/**
 * An interval that holds where E may lie on its lower bound as well. The draws there are a narrow bundle at one end of α; a quantile of
 * all draws would fall inside it (and with E = 0 cover 82% where it promises 90%), so the interval of that bundle is held as a whole.
 */
function withBound(estimate: number, draws: Float64Array, onBound: Float64Array, level: number): Interval {
  const all = intervalOf(estimate, draws, level);
  const bundle = draws.filter((_, i) => onBound[i] === 1);
  if (bundle.length < ((1 - level) / 2) * draws.length) return all;
  const held = intervalOf(estimate, bundle, level);
  return { estimate, low: Math.min(all.low, held.low), high: Math.max(all.high, held.high) };
}

function check(points: readonly PowerPoint[], floor: 'free' | number): Refusal | undefined {
  const bad = points.find(
    ({ x, y, weight = 1 }) => ![x, y, weight].every((v) => Number.isFinite(v) && v > 0),
  );
  if (bad) {
    return refuse('bad-number', `A power law needs positive finite numbers; (${bad.x}, ${bad.y}) is not.`);
  }
  const sizes = distinct(points.map((point) => point.x));
  const needed = floor === 'free' ? 5 : 3;
  if (sizes.length < needed) {
    return refuse(
      'too-few-points',
      `${sizes.length} different sizes can't carry this law; at least ${needed} are needed, 6 or more are better.`,
    );
  }
  if (sizes.at(-1)! / sizes[0]! < 3) {
    return refuse(
      'no-range',
      `The sizes span a factor of ${(sizes.at(-1)! / sizes[0]!).toPrecision(2)}; a power law needs at least 3, better 10.`,
    );
  }
  const lowest = Math.min(...points.map((point) => point.y));
  if (floor !== 'free' && (!(floor >= 0) || floor >= lowest)) {
    return refuse('bad-number', `E is held at ${floor}, but the lowest loss is ${lowest}.`);
  }
  return slope(points) < 0 ? undefined : noTrend();
}

function checkHuber(points: readonly PowerPoint[], { method }: PowerLawOptions): Refusal | undefined {
  if (method !== 'huber' || points.length >= 6) return undefined;
  return refuse(
    'too-few-points',
    `Among ${points.length} points no outlier can be told from the curve; Huber's loss needs at least 6.`,
  );
}

/** Least-squares slope of y in ln x. */
function slope(points: readonly PowerPoint[]): number {
  const t = points.map((point) => Math.log(point.x));
  const centreT = t.reduce((sum, value) => sum + value, 0) / t.length;
  return points.reduce((sum, point, i) => sum + (t[i]! - centreT) * point.y, 0);
}

function noTrend(): Refusal {
  return refuse('no-trend', 'The loss does not fall as the size grows, so there is no power law to fit.');
}

/** Residual standard deviation with n − p degrees of freedom. */
function noise(
  table: CentredTable,
  best: { E: number; a: number; alpha: number },
  parameters: number,
): number {
  let rss = 0;
  for (let i = 0; i < table.y.length; i++) {
    rss += table.w[i]! * (table.y[i]! - best.E - best.a * Math.exp(-best.alpha * table.t[i]!)) ** 2;
  }
  return Math.sqrt(rss / Math.max(1, table.y.length - parameters));
}

/**
 * Few points can lie close to a curve by luck, and then the wrong one looks certain: of planted tables of 4 sizes, or over a factor of 5,
 * few passed, and most of these were wrong. So a table of less than 10 points is judged as if its noise were at least that of a usual
 * training run, relative to the loss; more where the sizes span little, since there the luck of one point bends the whole curve, and most where they are five.
 */
const LEAST_POINTS = 10;
const usualSigma = (points: number, range: number): number => {
  if (range >= 20) return 0.003;
  return points < 6 && range < 12 ? 0.01 : 0.004;
};

function unidentified({ fit, tables, shares }: Solved): Refusal | undefined {
  const { points, E, alpha, options, sigma } = fit;
  let { draws } = fit;
  const sizes = distinct(points.map((point) => point.x));
  const least = usualSigma(points.length, sizes.at(-1)! / sizes[0]!);
  if (points.length < LEAST_POINTS && sigma < least && (options.floor ?? 'free') === 'free') {
    const leastRss = (points.length - 3) * least ** 2;
    const { draws: count = 2000, seed = 1 } = options;
    draws = posteriorDraws(
      tables.map((table) => ({ ...table, leastRss })),
      shares,
      count,
      new SeededRandom(seed),
    );
  }
  return openParameters(
    Math.min(...points.map((point) => point.y)),
    { name: 'E', estimate: E.estimate, draws: draws.E },
    [{ name: 'α', estimate: alpha.estimate, draws: draws.alpha }],
    'Add larger sizes, a wider range or more seeds, or hold E at a known value.',
  );
}

/**
 * Chinchilla's parametric law L(N, D) = E + A/N^α + B/D^β, L in nats, N parameters, D training tokens or examples.
 * Source: Hoffmann et al. 2203.15556, Approach 3, eqs. 2 and 3: Huber's loss of log residuals from many starts, E, A
 * and B in logarithms; with the minimiser run to its end, which Besiroglu et al. 2404.10102 found wanting there.
 */
import { HUBER_TUNING } from './power-law-huber.ts';
import { openParameters } from './identifiability.ts';
import { levenbergMarquardt, type Minimum } from './levenberg-marquardt.ts';
import { bootstrapParametric, noiseScale, type ParametricDraws } from './parametric-bootstrap.ts';
import {
  evaluateOn,
  parametricLoss,
  type ParametricPoint,
  type ParametricTable,
  starts,
  tabulate,
  toLaw,
  type ParametricLaw,
} from './parametric-model.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { distinct, type Interval, intervalOf, LEVEL, mean, robustScale } from './statistics.ts';

export interface ParametricOptions {
  /** Huber's δ in log units. Default 1.345 robust standard deviations; Hoffmann et al. took 0.001. */
  huberDelta?: number;
  /** Level of the intervals, default 0.9. */
  level?: number;
  /** Bootstrap refits behind the intervals, default 400, at least 50. */
  bootstrap?: number;
  seed?: number;
}

export interface ParametricFit {
  law: 'parametric';
  E: Interval;
  A: Interval;
  B: Interval;
  alpha: Interval;
  beta: Interval;
  /** a = β/(α + β) of N_opt ∝ C^a (eq. 4). */
  optimalExponent: Interval;
  /** Robust standard deviation of the log residual of a run of weight 1. */
  sigma: number;
  points: readonly ParametricPoint[];
  /** ln loss − ln fit, one per point. */
  residuals: number[];
  level: number;
  draws: ParametricDraws;
}

/**
 * Fits L = E + A/N^α + B/D^β.
 * Refuses fewer than 7 points or 3 distinct N or D, N and D that move together, and an E, α or β that the points leave open.
 */
export function fitParametricLaw(
  points: readonly ParametricPoint[],
  options: ParametricOptions = {},
): ParametricFit | Refusal {
  const fit = fitParametricLawLoosely(points, options);
  return isRefusal(fit) ? fit : (unidentified(fit) ?? fit);
}

/**
 * As `fitParametricLaw`, but keeps a fit whose E, α or β is open: its losses may still be extrapolated a little, with a
 * band that says how little is known. Never report its parameters.
 */
export function fitParametricLawLoosely(
  points: readonly ParametricPoint[],
  options: ParametricOptions = {},
): ParametricFit | Refusal {
  const { level = LEVEL, bootstrap = 400, seed = 1 } = options;
  const refusal = check(points);
  if (refusal) return refusal;
  const table = tabulate(points);
  const { minimum, delta } = solve(table, options.huberDelta);
  const law = toLaw(minimum.theta, table);
  const edge = atEdge(law);
  if (edge) return edge;

  const draws = bootstrapParametric(table, minimum, delta, Math.max(50, bootstrap), seed);
  const interval = (key: keyof ParametricLaw): Interval => intervalOf(law[key], draws[key], level);
  return {
    law: 'parametric',
    E: interval('E'),
    A: interval('A'),
    B: interval('B'),
    alpha: interval('alpha'),
    beta: interval('beta'),
    optimalExponent: intervalOf(
      law.beta / (law.alpha + law.beta),
      draws.beta.map((beta, i) => beta / (beta + draws.alpha[i]!)),
      level,
    ),
    sigma: noiseScale(minimum.residuals, table.weights, 5),
    points,
    residuals: points.map((point) => Math.log(point.loss / parametricLoss(law, point.N, point.D))),
    level,
    draws,
  };
}

/** Least squares from many starts, then Huber's loss from the best of them. */
function solve(table: ParametricTable, givenDelta?: number): { minimum: Minimum; delta: number } {
  const count = table.y.length;
  const problem = { count, evaluate: evaluateOn(table), weights: table.weights };
  const fits = starts(table)
    .map((start) => levenbergMarquardt({ ...problem, huber: 0.1 }, start, 200))
    .sort((a, b) => a.objective - b.objective);
  const leaders = fits.slice(0, 3);
  const refit = (huber: number): Minimum =>
    leaders
      .map((leader) => levenbergMarquardt({ ...problem, huber }, leader.theta))
      .reduce((a, b) => (b.objective < a.objective ? b : a));
  if (givenDelta !== undefined) return { minimum: refit(givenDelta), delta: givenDelta };

  // The first scale comes from an almost-median fit, which outliers can't inflate.
  let minimum = refit(1e-4);
  let delta = 0;
  for (let round = 0; round < 5; round++) {
    const scale = robustScale(Array.from(minimum.residuals)) * Math.sqrt(count / (count - 5));
    delta = Math.max(HUBER_TUNING * scale, 1e-8);
    minimum = refit(delta);
  }
  return { minimum, delta };
}

function check(points: readonly ParametricPoint[]): Refusal | undefined {
  for (const { N, D, loss, weight = 1 } of points) {
    if (![N, D, loss, weight].every((value) => Number.isFinite(value) && value > 0)) {
      return refuse(
        'bad-number',
        `The law needs positive finite numbers; N ${N}, D ${D}, loss ${loss} are not.`,
      );
    }
  }
  if (points.length < 7) {
    return refuse(
      'too-few-points',
      `${points.length} runs can't carry a law of 5 parameters; 7 are the least.`,
    );
  }
  const sizes = distinct(points.map((point) => point.N)).length;
  const amounts = distinct(points.map((point) => point.D)).length;
  if (sizes < 3 || amounts < 3) {
    return refuse(
      'too-few-points',
      `The law needs 3 different N and 3 different D; these runs have ${sizes} and ${amounts}.`,
    );
  }
  const correlation = correlate(
    points.map((point) => Math.log(point.N)),
    points.map((point) => Math.log(point.D)),
  );
  if (Math.abs(correlation) > 0.99) {
    return refuse(
      'no-range',
      'N and D move together in these runs, so their shares of the loss cannot be told apart; vary one at a fixed other.',
    );
  }
  return undefined;
}

function correlate(x: number[], y: number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0);
  const xy = sum((i) => (x[i]! - mx) * (y[i]! - my));
  return xy / Math.sqrt(sum((i) => (x[i]! - mx) ** 2) * sum((i) => (y[i]! - my) ** 2));
}

function atEdge(law: ParametricLaw): Refusal | undefined {
  for (const [name, scale, value] of [
    ['α', 'N', law.alpha],
    ['β', 'D', law.beta],
  ] as const) {
    if (!(value > 0.005 && value < 4)) {
      return refuse(
        'exponent-not-identifiable',
        `The best ${name} is ${value.toPrecision(2)}: the loss does not fall with ${scale} as a power.`,
      );
    }
  }
  return undefined;
}

function unidentified({ points, draws, ...fit }: ParametricFit): Refusal | undefined {
  const judged = (name: string, key: 'E' | 'alpha' | 'beta') => ({
    name,
    estimate: fit[key].estimate,
    draws: draws[key],
  });
  return openParameters(
    Math.min(...points.map((point) => point.loss)),
    judged('E', 'E'),
    [judged('α', 'alpha'), judged('β', 'beta')],
    'Add runs with larger N and D, a wider range of both, or more seeds.',
  );
}

/**
 * IsoFLOP profiles (Approach 2 of Hoffmann et al. 2203.15556, §3.2): at each compute budget C the loss is a valley over
 * model size; a parabola in ln N gives its lowest point, and N_opt = k·C^a through the lowest points gives a.
 */
import { leastSquares, solveUpper } from './linear-algebra.ts';
import { groupBudgets, type IsoflopPoint, toOneBudget } from './isoflop-budgets.ts';
import { findValley, type ValleyShape } from './isoflop-valley.ts';
import { type Parabola, parabolaAt, vertex } from './parabola.ts';
import { SeededRandom } from './random.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { type Interval, intervalOf, LEVEL, mean } from './statistics.ts';

export type { IsoflopPoint } from './isoflop-budgets.ts';

export interface IsoflopOptions {
  /**
   * Sizes that each parabola is fitted to: those within a factor of 3 of the minimum and at least the five nearest (`nearest`, default),
   * where it is nearly a parabola, or all.
   */
  use?: 'nearest' | 'all';
  level?: number;
  draws?: number;
  seed?: number;
}

/** The valley of one budget. */
export interface Valley {
  C: number;
  /** Parameters at the lowest point. */
  N: Interval;
  /** Tokens or examples there: between those of the runs beside it, or C / (6 N) where they do not say. */
  D: number;
  /** Loss at the lowest point, nats. */
  loss: number;
  /** d² loss / d(ln N)² */
  curvature: number;
  parabola: Parabola;
  points: readonly IsoflopPoint[];
}

export interface IsoflopFit {
  law: 'isoflop';
  /** Exponent of N_opt = k·C^a. */
  a: Interval;
  /** Exponent of D_opt ∝ C^b, b = 1 − a where C = 6ND. */
  b: Interval;
  k: Interval;
  valleys: Valley[];
  points: readonly IsoflopPoint[];
  /** ln loss − ln parabola for every point used, in the order of `points`; NaN where a point was not used. */
  residuals: number[];
  /** Budgets that were left out, each with its reason. */
  notes: string[];
  level: number;
}

/** Valleys that a line through their lowest points needs. */
const LEAST_BUDGETS = 3;

/**
 * Fits the valleys and N_opt = k·C^a.
 * A budget with fewer than 4 sizes, with a lowest point that is not inside its sizes, or as noisy as its valley is deep is left out with a
 * note while three others are there. Refuses fewer than three.
 */
export function fitIsoflop(
  points: readonly IsoflopPoint[],
  options: IsoflopOptions = {},
): IsoflopFit | Refusal {
  const { level = LEVEL, draws: count = 2000, seed = 1 } = options;
  for (const { C, N, loss } of points) {
    if (![C, N, loss].every((value) => Number.isFinite(value) && value > 0)) {
      return refuse(
        'bad-number',
        `IsoFLOP profiles need positive numbers; C ${C}, N ${N}, loss ${loss} are not.`,
      );
    }
  }
  const grouped = groupBudgets(points);
  if (isRefusal(grouped)) return grouped;
  if (grouped.length < LEAST_BUDGETS) {
    return refuse(
      'too-few-points',
      `N_opt against C needs valleys at 3 compute budgets or more; this table has ${grouped.length}.`,
    );
  }
  const use = options.use ?? 'nearest';
  const budgets = toOneBudget(grouped, (runs) => findValley(runs, use));
  const found = budgets.map((runs) => findValley(runs, use));
  const weak = found.filter(isRefusal);
  let shapes = found.filter((shape): shape is ValleyShape => !isRefusal(shape));
  const notes = weak.map(({ sentence }) => `Left out: ${sentence}`);
  if (shapes.length < LEAST_BUDGETS) return weak[0]!;

  let draws = drawVertices(shapes, count, new SeededRandom(seed));
  while (!Array.isArray(draws)) {
    const { noisiest } = draws;
    const sentence =
      `At C = ${noisiest.C.toPrecision(2)} the noise of the losses is as large as the valley is deep: ` +
      'use more seeds, or sizes further apart.';
    if (shapes.length === LEAST_BUDGETS) return refuse('no-interior-minimum', sentence);
    notes.push(`Left out: ${sentence}`);
    shapes = shapes.filter((shape) => shape !== noisiest);
    draws = drawVertices(shapes, count, new SeededRandom(seed));
  }
  const drawn = draws;
  const logC = shapes.map((shape) => Math.log(shape.C));
  const line = lineThrough(
    logC,
    shapes.map((shape) => shape.logSize),
  );
  const slopes = drawn.map((logSizes) => lineThrough(logC, logSizes));
  const a = intervalOf(
    line.slope,
    slopes.map((draw) => draw.slope),
    level,
  );
  return {
    law: 'isoflop',
    a,
    b: { estimate: 1 - a.estimate, low: 1 - a.high, high: 1 - a.low },
    k: intervalOf(
      Math.exp(line.intercept),
      slopes.map((draw) => Math.exp(draw.intercept)),
      level,
    ),
    valleys: shapes.map((shape, i) => {
      const N = intervalOf(
        Math.exp(shape.logSize),
        drawn.map((logSizes) => Math.exp(logSizes[i]!)),
        level,
      );
      const { C, loss, parabola } = shape;
      const curvature = 2 * parabola.coefficients[2]!;
      const own = shape.runs.map(({ run }) => run);
      const D = examplesAt(own, N.estimate) ?? C / (6 * N.estimate);
      return { C, N, D, loss, curvature, parabola, points: own };
    }),
    points,
    residuals: residualsOf(points, shapes),
    notes,
    level,
  };
}

/** D at a size, on the line in logarithms between the runs whose sizes enclose it. */
function examplesAt(runs: readonly IsoflopPoint[], N: number): number | undefined {
  const sorted = runs.toSorted((a, b) => a.N - b.N);
  const above = sorted.find((run) => run.N >= N);
  const below = sorted.findLast((run) => run.N <= N);
  if (!above?.D || !below?.D) return undefined;
  if (above.N === below.N) return above.D;
  const share = Math.log(N / below.N) / Math.log(above.N / below.N);
  return below.D * (above.D / below.D) ** share;
}

function residualsOf(points: readonly IsoflopPoint[], shapes: readonly ValleyShape[]): number[] {
  const residuals = new Map<IsoflopPoint, number>();
  for (const { runs, parabola } of shapes) {
    for (const { run, N, loss } of runs) residuals.set(run, Math.log(loss / parabolaAt(parabola, N)));
  }
  return points.map((point) => residuals.get(point) ?? NaN);
}

/**
 * Posterior draws of ln N_opt for every budget. The noise is taken as one for all valleys, since a single parabola has
 * hardly any degrees of freedom left: σ² from the pooled residuals, coefficients normal given σ. Where too many draws open downward, the
 * valley that is to blame instead: the one that is much noisier than the others, or else that most of those draws are of.
 */
function drawVertices(
  shapes: readonly ValleyShape[],
  count: number,
  random: SeededRandom,
): number[][] | { noisiest: ValleyShape } {
  const degrees = shapes.reduce((sum, shape) => sum + shape.runs.length - 3, 0);
  const rss = shapes.reduce((sum, shape) => sum + shape.parabola.rss, 0);
  const draws: number[][] = [];
  const flat = shapes.map(() => 0);
  let lost = 0;
  while (draws.length < count) {
    const sigma = Math.sqrt(rss / random.chiSquare(degrees));
    const logSizes: number[] = [];
    for (const [i, { parabola }] of shapes.entries()) {
      const step = solveUpper(parabola.factor, [random.normal(), random.normal(), random.normal()], 3);
      const drawn = parabola.coefficients.map((value, j) => value + sigma * step[j]!);
      const bottom = vertex(drawn, parabola.centre);
      if (bottom) logSizes.push(bottom.logSize);
      else flat[i]!++;
    }
    if (logSizes.length === shapes.length) draws.push(logSizes);
    else lost++;
    if (lost > 20 && lost > 0.05 * draws.length) {
      return { noisiest: muchNoisier(shapes) ?? shapes[flat.indexOf(Math.max(...flat))]! };
    }
  }
  return draws;
}

/** By how much the noise of one valley's losses may exceed that of the others, as a ratio of variances, before it is another noise. */
const OTHER_NOISE = 30;

/** The valley whose losses are noisier than the others can be: it would make all of them look noisy, as the noise is taken as one. */
function muchNoisier(shapes: readonly ValleyShape[]): ValleyShape | undefined {
  const variance = (some: readonly ValleyShape[]): number =>
    some.reduce((sum, { parabola }) => sum + parabola.rss, 0) /
    some.reduce((sum, { runs }) => sum + runs.length - 3, 0);
  const ratios = shapes.map(
    (shape) => variance([shape]) / variance(shapes.filter((other) => other !== shape)),
  );
  const largest = Math.max(...ratios.filter((ratio) => !Number.isNaN(ratio)));
  return largest > OTHER_NOISE ? shapes[ratios.indexOf(largest)] : undefined;
}

function lineThrough(x: readonly number[], y: readonly number[]): { slope: number; intercept: number } {
  const middle = mean(x);
  const fit = leastSquares(
    x.map((value) => [1, value - middle]),
    y,
  );
  const [level, slope] = fit!.coefficients;
  return { slope: slope!, intercept: level! - slope! * middle };
}

/**
 * IsoFLOP profiles (Approach 2 of Hoffmann et al. 2203.15556, §3.2): at each compute budget C the loss is a valley over
 * model size; a parabola in ln N gives its lowest point, and N_opt = k·C^a through the lowest points gives a.
 */
import { leastSquares, solveUpper } from './linear-algebra.ts';
import { fitParabola, type Parabola, parabolaAt, vertex } from './parabola.ts';
import { SeededRandom } from './random.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { distinct, groupBy, type Interval, intervalOf, LEVEL, mean } from './statistics.ts';

/** One run: N parameters trained with C FLOPs reached this loss (nats). */
export interface IsoflopPoint {
  C: number;
  N: number;
  loss: number;
  weight?: number;
}

export interface IsoflopOptions {
  /** Sizes that each parabola is fitted to: the five nearest the minimum (default), where it is a parabola, or all. */
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
  /** C / (6 N): tokens or examples there. */
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
  /** Exponent of D_opt ∝ C^b, b = 1 − a since C = 6ND. */
  b: Interval;
  k: Interval;
  valleys: Valley[];
  points: readonly IsoflopPoint[];
  /** ln loss − ln parabola for every point used, in the order of `points`; NaN where a point was not used. */
  residuals: number[];
  level: number;
}

/**
 * Fits the valleys and N_opt = k·C^a.
 * Refuses fewer than 3 budgets, fewer than 4 sizes at one, and a valley whose lowest point is not inside its sizes.
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
  const budgets = groupBudgets(points);
  if (budgets.length < 3) {
    return refuse(
      'too-few-points',
      `N_opt against C needs valleys at 3 compute budgets or more; this table has ${budgets.length}.`,
    );
  }
  const shapes: Shape[] = [];
  for (const budget of budgets) {
    const shape = findValley(budget, options.use ?? 'nearest');
    if (isRefusal(shape)) return shape;
    shapes.push(shape);
  }

  const draws = drawVertices(shapes, count, new SeededRandom(seed));
  if (isRefusal(draws)) return draws;
  const logC = shapes.map((shape) => Math.log(shape.C));
  const line = lineThrough(
    logC,
    shapes.map((shape) => shape.logSize),
  );
  const slopes = draws.map((logSizes) => lineThrough(logC, logSizes));
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
        draws.map((logSizes) => Math.exp(logSizes[i]!)),
        level,
      );
      const { C, loss, parabola } = shape;
      const curvature = 2 * parabola.coefficients[2]!;
      return { C, N, D: C / (6 * N.estimate), loss, curvature, parabola, points: shape.points };
    }),
    points,
    residuals: points.map((point) => {
      const shape = shapes.find((candidate) => candidate.points.includes(point));
      return shape ? Math.log(point.loss / parabolaAt(shape.parabola, point.N)) : NaN;
    }),
    level,
  };
}

interface Shape {
  C: number;
  logSize: number;
  loss: number;
  parabola: Parabola;
  points: IsoflopPoint[];
}

/** Budgets are equal where they differ by under 10%: steps are whole numbers, so C = 6·N·B·steps is never met exactly. */
export function groupBudgets<T extends { C: number }>(points: readonly T[]): T[][] {
  const sorted = [...points].sort((a, b) => a.C - b.C);
  const groups: T[][] = [];
  for (const point of sorted) {
    const group = groups.at(-1);
    if (group && point.C / group[0]!.C < 1.1) group.push(point);
    else groups.push([point]);
  }
  return groups;
}

function findValley(points: readonly IsoflopPoint[], use: 'nearest' | 'all'): Shape | Refusal {
  const C = Math.exp(mean(points.map((point) => Math.log(point.C))));
  const budget = `C = ${C.toPrecision(2)}`;
  const sizes = distinct(points.map((point) => point.N));
  if (sizes.length < 4) {
    return refuse(
      'too-few-points',
      `At ${budget} there are ${sizes.length} sizes; a valley needs 4, better 5.`,
    );
  }
  const losses = groupBy(points, (point) => point.N);
  const averages = sizes.map((size) => mean(losses.get(size)!.map((point) => point.loss)));
  const lowest = averages.indexOf(Math.min(...averages));
  const atEdge = (which: 'smallest' | 'largest'): Refusal =>
    refuse(
      'no-interior-minimum',
      `At ${budget} the loss is lowest at the ${which} model, so the minimum lies outside: ` +
        `add ${which === 'smallest' ? 'smaller' : 'larger'} models or leave this budget out.`,
    );
  if (lowest === 0) return atEdge('smallest');
  if (lowest === sizes.length - 1) return atEdge('largest');

  const window = use === 'all' ? sizes : nearest(sizes, sizes[lowest]!, 5);
  const used = points.filter((point) => window.includes(point.N));
  const parabola = fitParabola(
    used.map((point) => point.N),
    used.map((point) => point.loss),
    used.map((point) => point.weight ?? 1),
  );
  const bottom = parabola && vertex(parabola.coefficients, parabola.centre);
  if (!parabola || !bottom) {
    return refuse('no-interior-minimum', `At ${budget} the losses form no valley over model size.`);
  }
  if (bottom.logSize <= Math.log(window[0]!)) return atEdge('smallest');
  if (bottom.logSize >= Math.log(window.at(-1)!)) return atEdge('largest');
  return { C, ...bottom, parabola, points: used };
}

/** The `count` sizes nearest to `middle` in ln N. */
function nearest(sizes: readonly number[], middle: number, count: number): number[] {
  const distance = (size: number): number => Math.abs(Math.log(size / middle));
  return [...sizes]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count)
    .sort((a, b) => a - b);
}

/**
 * Posterior draws of ln N_opt for every budget. The noise is taken as one for all valleys, since a single parabola has
 * hardly any degrees of freedom left: σ² from the pooled residuals, coefficients normal given σ.
 */
function drawVertices(shapes: readonly Shape[], count: number, random: SeededRandom): number[][] | Refusal {
  const degrees = shapes.reduce((sum, shape) => sum + shape.points.length - 3, 0);
  const rss = shapes.reduce((sum, shape) => sum + shape.parabola.rss, 0);
  const draws: number[][] = [];
  let lost = 0;
  while (draws.length < count) {
    const sigma = Math.sqrt(rss / random.chiSquare(degrees));
    const logSizes: number[] = [];
    for (const { parabola } of shapes) {
      const step = solveUpper(parabola.factor, [random.normal(), random.normal(), random.normal()], 3);
      const drawn = parabola.coefficients.map((value, j) => value + sigma * step[j]!);
      const bottom = vertex(drawn, parabola.centre);
      if (bottom) logSizes.push(bottom.logSize);
    }
    if (logSizes.length === shapes.length) draws.push(logSizes);
    else lost++;
    if (lost > 20 && lost > 0.05 * draws.length) {
      return refuse(
        'no-interior-minimum',
        'The noise of the losses is as large as the valleys are deep: use more seeds, or sizes further apart.',
      );
    }
  }
  return draws;
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

/** Runs of about equal compute as one budget. Real tables are uneven: steps are whole, and the FLOPs of each model are counted. */
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { mean } from './statistics.ts';

/** One run: N parameters trained with C FLOPs, on D examples or tokens, reached this loss (nats). */
export interface IsoflopPoint {
  C: number;
  N: number;
  loss: number;
  D?: number;
  weight?: number;
}

/** A run as the valley of its budget sees it. */
export interface BudgetRun {
  run: IsoflopPoint;
  C: number;
  N: number;
  loss: number;
}

/** Runs within a tenth are one budget as they are: steps are whole numbers, so C = 6·N·B·steps is never met exactly. */
const SAME = 1.1;

/** Uneven budgets: neighbours of one are nearer than this factor, and all of one within the next. */
const GAP = 1.25;
const MOST_SPREAD = 1.6;

/** Groups by compute; refused where budgets run into each other. */
export function groupBudgets(points: readonly IsoflopPoint[]): BudgetRun[][] | Refusal {
  const sorted = points.map((run) => ({ run, C: run.C, N: run.N, loss: run.loss })).sort((a, b) => a.C - b.C);
  const tenths = split(sorted, (run, group) => run.C / group[0]!.C < SAME);
  const joined = split(sorted, (run, group) => run.C / group.at(-1)!.C < GAP);
  // Wide groups only where all are clear ones.
  const clear = joined.every((group) => group.at(-1)!.C / group[0]!.C <= MOST_SPREAD);
  const groups = clear ? joined : tenths;
  if (groups.length > points.length / 2) {
    return refuse(
      'too-few-points',
      'Most runs have a compute of their own: IsoFLOP profiles need several sizes at each of three budgets or more.',
    );
  }
  return groups;
}

function split(
  sorted: readonly BudgetRun[],
  belongs: (run: BudgetRun, group: BudgetRun[]) => boolean,
): BudgetRun[][] {
  const groups: BudgetRun[][] = [];
  for (const run of sorted) {
    const group = groups.at(-1);
    if (group && belongs(run, group)) group.push(run);
    else groups.push([run]);
  }
  return groups;
}

/** The lowest point of a budget's valley. */
interface Floor {
  C: number;
  loss: number;
}

/**
 * Moves the runs of an uneven budget to its mean compute: the loss along the floors of the valleys, and N as √C, at the same D/N. Twenty
 * percent of compute change a loss by more than a valley is deep. Budgets within a tenth stay as they are.
 */
export function toOneBudget(
  budgets: readonly BudgetRun[][],
  valleyOf: (runs: BudgetRun[]) => Floor | Refusal,
): BudgetRun[][] {
  const uneven = (runs: readonly BudgetRun[]): boolean => runs.at(-1)!.C / runs[0]!.C >= SAME;
  let moved = budgets.map((runs) => [...runs]);
  if (!budgets.some(uneven)) return moved;
  // The floors move a little as the runs do: twice is enough.
  for (let round = 0; round < 2; round++) {
    const floors = moved.map(valleyOf).filter((floor): floor is Floor => !isRefusal(floor));
    const slope = slopeOver(floors.map(({ C }) => Math.log(C)), floors.map(({ loss }) => loss)); // prettier-ignore
    moved = budgets.map((runs) => {
      if (!uneven(runs)) return runs;
      const middle = mean(runs.map(({ C }) => Math.log(C)));
      return runs.map(({ run, C, N, loss }) => {
        const shift = middle - Math.log(C);
        return { run, C, N: N * Math.exp(shift / 2), loss: loss + slope(Math.log(C)) * shift };
      });
    });
  }
  return moved;
}

/** The slope of y at x, between the two neighbours that enclose it or lie nearest; 0 where there are no two. */
function slopeOver(xs: readonly number[], ys: readonly number[]): (x: number) => number {
  const slopes = xs.slice(1).map((x, i) => ({
    middle: (x + xs[i]!) / 2,
    slope: (ys[i + 1]! - ys[i]!) / (x - xs[i]!),
  }));
  const mid = slopes.map(({ middle }) => middle);
  return (x) => {
    if (slopes.length === 0) return 0;
    const after = mid.findIndex((middle) => middle >= x);
    if (after === 0 || slopes.length === 1) return slopes[0]!.slope;
    if (after < 0) return slopes.at(-1)!.slope;
    const share = (x - mid[after - 1]!) / (mid[after]! - mid[after - 1]!);
    return slopes[after - 1]!.slope + share * (slopes[after]!.slope - slopes[after - 1]!.slope);
  };
}

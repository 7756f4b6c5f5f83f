/** The valley of one compute budget: which sizes its parabola is fitted to, and whether it has a lowest point inside them. */
import { type BudgetRun } from './isoflop-budgets.ts';
import { fitParabola, type Parabola, vertex } from './parabola.ts';
import { type Refusal, refuse } from './refusal.ts';
import { distinct, groupBy, mean } from './statistics.ts';

export interface ValleyShape {
  /** FLOPs */
  C: number;
  /** ln N at the lowest point */
  logSize: number;
  /** nats, there */
  loss: number;
  parabola: Parabola;
  /** the runs that the parabola was fitted to */
  runs: BudgetRun[];
}

/**
 * Half the width of the window in ln N. A window of five sizes, whatever their distance, lost the valley in the noise where sizes were
 * close together: 23 of 60 tables of nineteen sizes × 1.2 were refused. Much wider windows are no parabola any more.
 */
const HALF_WIDTH = Math.log(3);
const LEAST_SIZES = 5;

/** The window follows the lowest point of its parabola, so that one lucky run far away does not hold it. */
const MOST_MOVES = 5;

export function findValley(runs: readonly BudgetRun[], use: 'nearest' | 'all'): ValleyShape | Refusal {
  const C = Math.exp(mean(runs.map(({ C: own }) => Math.log(own))));
  const budget = `C = ${C.toPrecision(2)}`;
  const sizes = distinct(runs.map(({ N }) => N));
  if (sizes.length < 4) {
    return refuse(
      'too-few-points',
      `At ${budget} there are ${sizes.length} sizes; a valley needs 4, better 5.`,
    );
  }
  const losses = groupBy(runs, ({ N }) => N);
  const averages = sizes.map((size) => mean(losses.get(size)!.map(({ loss }) => loss)));
  const lowest = averages.indexOf(averages.reduce((a, b) => Math.min(a, b)));
  const atEdge = (which: 'smallest' | 'largest'): Refusal =>
    refuse(
      'no-interior-minimum',
      `At ${budget} the loss is lowest at the ${which} model, so the minimum lies outside: ` +
        `add ${which === 'smallest' ? 'smaller' : 'larger'} models or leave this budget out.`,
    );
  if (lowest === 0) return atEdge('smallest');
  if (lowest === sizes.length - 1) return atEdge('largest');

  let middle = Math.log(sizes[lowest]!);
  let window: number[] = [];
  for (let move = 0; move < MOST_MOVES; move++) {
    const next = use === 'all' ? sizes : around(sizes, middle);
    if (next[0] === window[0] && next.length === window.length) break;
    window = next;
    const bottom = valley(runs, window);
    if (!bottom) break;
    middle = Math.min(Math.max(bottom.logSize, Math.log(sizes[0]!)), Math.log(sizes.at(-1)!));
  }
  const bottom = valley(runs, window);
  if (!bottom) {
    return refuse('no-interior-minimum', `At ${budget} the losses form no valley over model size.`);
  }
  if (bottom.logSize <= Math.log(window[0]!)) return atEdge('smallest');
  if (bottom.logSize >= Math.log(window.at(-1)!)) return atEdge('largest');
  return { C, ...bottom };
}

function valley(runs: readonly BudgetRun[], window: readonly number[]): Omit<ValleyShape, 'C'> | undefined {
  const inside = new Set(window);
  const used = runs.filter(({ N }) => inside.has(N));
  const parabola = fitParabola(
    used.map(({ N }) => N),
    used.map(({ loss }) => loss),
    used.map(({ run }) => run.weight ?? 1),
  );
  const bottom = parabola && vertex(parabola.coefficients, parabola.centre);
  return parabola && bottom && { ...bottom, parabola, runs: used };
}

/** The sizes within the window's width around `middle`, or the five nearest where these are fewer; sorted upward. */
function around(sizes: readonly number[], middle: number): number[] {
  const distance = (size: number): number => Math.abs(Math.log(size) - middle);
  const nearest = [...sizes].sort((a, b) => distance(a) - distance(b));
  const within = nearest.filter((size) => distance(size) <= HALF_WIDTH).length;
  return nearest.slice(0, Math.max(within, LEAST_SIZES)).sort((a, b) => a - b);
}

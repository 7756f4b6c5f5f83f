/** What strangers' settings, from a link or another page, may ask of a device before somebody has agreed to it. */
import { EXCESS_PROBLEMS } from '../excess-words.ts';
import { type Said, saysOf } from '../problem-words.ts';
import type { RunCost } from '../worker/protocol.ts';

/**
 * FLOPs of a step or of an evaluation decide how long the device is held, those of all how long it takes; the rest are
 * memory of the CPU and the GPU, and what is generated and compiled before anything is seen.
 */
export const BOUNDS: Readonly<Record<'gpu' | 'software', RunCost>> = {
  gpu: { step: 5e10, evaluation: 2e12, all: 1e15, kept: 2e7, examples: 5e7, bytes: 2 ** 31, kernels: 8000 },
  software: {
    step: 1e9,
    evaluation: 4e10,
    all: 1e13,
    kept: 2e7,
    examples: 5e7,
    bytes: 2 ** 30,
    kernels: 3000,
  },
};

/** Runs of a figure's sweep; more belong on the command line. */
export const MOST_RUNS = 64;

export interface Excess {
  what: keyof RunCost;
  amount: number;
  most: number;
}

/** The first bound that a cost is above, or undefined. */
export function excess(cost: RunCost, software: boolean): Excess | undefined {
  const bounds = BOUNDS[software ? 'software' : 'gpu'];
  const what = (Object.keys(bounds) as (keyof RunCost)[]).find((key) => !(cost[key] <= bounds[key]));
  return what && { what, amount: cost[what], most: bounds[what] };
}

/** Several runs, one after the other: what is held at a time is that of the largest. */
export function sumOfCosts(costs: readonly RunCost[]): RunCost {
  const most = (key: keyof RunCost): number => Math.max(0, ...costs.map((cost) => cost[key]));
  const sum = (key: keyof RunCost): number => costs.reduce((total, cost) => total + cost[key], 0);
  return {
    step: most('step'),
    evaluation: most('evaluation'),
    all: sum('all'),
    kept: sum('kept'),
    examples: most('examples'),
    bytes: most('bytes'),
    kernels: sum('kernels'),
  };
}

/** FLOP/s that are reckoned with where nothing has been measured. */
const SPEED = { gpu: 5e11, software: 5e9 };

/** About how long it will take, s; for an amount that nobody has agreed to yet. */
export function roughSeconds({ all }: RunCost, software: boolean): number {
  return all / SPEED[software ? 'software' : 'gpu'];
}

/** An excess, to be said. */
export function sayExcess({ what, amount, most }: Excess): Said {
  return saysOf(EXCESS_PROBLEMS)(`much-${what}`, amount.toExponential(1), most.toExponential(1));
}

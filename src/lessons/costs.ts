/** What lessons cost, for lists that load no experiment: `test/lessons/costs.test.ts` holds it against the plans. */

export interface Cost {
  /** training FLOPs of all runs */
  flops: Record<'small' | 'standard', number>;
  /** what a recorded run took at standard size, s: on a GPU (the recording in the folder), on a software GPU */
  recorded: Record<'gpu' | 'software', number>;
}

export const COSTS: Readonly<Record<string, Cost>> = {
  kernels: { flops: { small: 6.08e9, standard: 6.08e9 }, recorded: { gpu: 0.0255, software: 1.07 } },
  learning: { flops: { small: 1.07e10, standard: 2.43e10 }, recorded: { gpu: 1.87, software: 7.38 } },
  'emergence-by-size': {
    flops: { small: 1.21e11, standard: 7.62e11 },
    recorded: { gpu: 4.91, software: 1080 },
  },
  'emergence-in-time': {
    flops: { small: 1.59e11, standard: 5.94e11 },
    recorded: { gpu: 1.36, software: 238 },
  },
  mirage: { flops: { small: 3.74e10, standard: 3.74e10 }, recorded: { gpu: 0.92, software: 12.5 } },
  'loss-decides': { flops: { small: 2.66e10, standard: 6.63e11 }, recorded: { gpu: 2.27, software: 110 } },
  'scaling-laws': { flops: { small: 1.04e11, standard: 4.17e11 }, recorded: { gpu: 0.999, software: 74.6 } },
  'compute-optimal': {
    flops: { small: 5.16e10, standard: 2.98e11 },
    recorded: { gpu: 0.941, software: 74.5 },
  },
  'the-bill': { flops: { small: 1.9e10, standard: 1.01e11 }, recorded: { gpu: 0.0493, software: 4.52 } },
  'efficiency-times-time': {
    flops: { small: 2.39e11, standard: 9.56e11 },
    recorded: { gpu: 5.17, software: 241 },
  },
  specialists: { flops: { small: 2.58e11, standard: 1.44e12 }, recorded: { gpu: 1.87, software: 139 } },
  overtraining: { flops: { small: 3.89e10, standard: 1.83e11 }, recorded: { gpu: 0.556, software: 30.2 } },
};

/** Weights in a figure are of its own runs. */
import type * as Full from '../../../src/training/results/refuse-weights.ts';

export const refuseOtherWeights: typeof Full.refuseOtherWeights = () => undefined;
export const refuseForeign: typeof Full.refuseForeign = () => undefined;

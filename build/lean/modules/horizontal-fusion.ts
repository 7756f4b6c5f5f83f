/** Dispatches one after the other: a few launches more. */
import type * as Full from '../../../src/gpu/horizontal-fusion.ts';

export const fuseHorizontally: typeof Full.fuseHorizontally = (dispatches) =>
  dispatches as ReturnType<typeof Full.fuseHorizontally>;
export const workgroupSize: typeof Full.workgroupSize = () => [256, 1, 1];

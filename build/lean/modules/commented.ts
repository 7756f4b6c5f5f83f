/** A figure shows no kernels. */
import type * as Full from '../../../src/kernels/commented.ts';

/** Nothing: a kernel is then compiled as it is. */
export const commented = undefined as unknown as typeof Full.commented;

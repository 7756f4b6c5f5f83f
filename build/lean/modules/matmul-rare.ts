/** Variants of the product that no device of a figure has: their tiles fit into no memory. */
import type * as Full from '../../../src/kernels/matmul-rare.ts';
import type { Variant } from '../../../src/kernels/matmul-variant.ts';

const NOWHERE: Variant = { kernel: '', tile: { m: 1, n: 1, k: Infinity }, parts: [] };

export const RARE: Record<keyof typeof Full.RARE, Variant> = {
  subgroup: NOWHERE,
  quad: NOWHERE,
  split: NOWHERE,
  'tiled-32x32': NOWHERE,
  'tiled-64x32': NOWHERE,
  'tiled-64x64': NOWHERE,
  'tiled-128x128': NOWHERE,
};
export const BROADCASTS: typeof Full.BROADCASTS = undefined;
export const NORMALISED_ROWS: typeof Full.NORMALISED_ROWS = undefined;

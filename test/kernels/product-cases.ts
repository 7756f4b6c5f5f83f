/** The shapes that products are tried on, by pairs: a variant with each layout and each thin shape. */
import type { MatmulVariant } from '../../src/kernels/matmul.ts';

export const TOLERANCE = 2e-6;
export const layouts = { NN: {}, NT: { transposeB: true }, TN: { transposeA: true } };
export const LAYOUTS = Object.keys(layouts) as (keyof typeof layouts)[];

export type Size = readonly [m: number, n: number, k: number];

/**
 * In every layout: both sides of each tile edge (16, 32, 64 and 128 outputs, 16 and 32 deep), by single elements and by
 * vectors of 4.
 */
const EDGES: readonly Size[] = [
  [31, 65, 33],
  [68, 132, 36],
];
/** One layout each, another with every variant: single rows, columns and elements, and what is skinny. */
const THIN: readonly Size[] = [
  [1, 1, 1],
  [40, 4, 9],
  [100, 1, 70],
  [1, 100, 7],
];
/** In one layout each: full tiles, and rows that are multiples of 4 long in some of A, B and Y alone. */
const more: Record<keyof typeof layouts, readonly Size[]> = {
  NN: [[10, 36, 2]],
  NT: [
    [128, 128, 64],
    [10, 38, 8],
  ],
  TN: [
    [20, 28, 37],
    [38, 12, 1],
  ],
};
/** For tiles of other sizes: both ways of loading, tiles full and not, K a multiple of 4 and not. */
const few: typeof more = {
  NN: [[31, 65, 33]],
  NT: [
    [68, 132, 36],
    [128, 128, 64],
  ],
  TN: [[20, 28, 37]],
};

/** Terms for all four parts of sums that are split, 32 at least each, and not as many for the last. */
const DEEP: Size = [20, 28, 130];

/** @param place of the variant among those that are tested */
export function sizesOf(
  variant: MatmulVariant,
  layout: keyof typeof layouts,
  place: number,
): readonly Size[] {
  if (isResized(variant)) return few[layout];
  const turn = place + LAYOUTS.indexOf(layout);
  const thin = THIN.filter((_, i) => (i + turn) % LAYOUTS.length === 0);
  return [...EDGES, ...thin, ...more[layout], ...(variant === 'split' ? [DEEP] : [])];
}

/** Why a test is left out, which is said where it is: GPUs and compatibility mode grant less than others. */
export const BEYOND = 'the device grants less than the variant takes';

/** Tiles of other sizes are the same text with other constants, and take long to compile: one case of each will do. */
const isResized = (variant: MatmulVariant): boolean => /-\d/.test(variant);
export const some = <T>(variant: MatmulVariant, cases: readonly T[]): readonly T[] =>
  isResized(variant) ? cases.slice(0, 1) : cases;

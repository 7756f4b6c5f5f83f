/**
 * The algorithms of the matrix product, one entry each: its text, its tile, and where it runs. All sum in the same order
 * and give the same bits, but for `split`. To add one: its shader, and its entry here or in matmul-rare.ts.
 */
import blockCode from '../../shaders/matmul_block.wgsl?raw';
import naiveCode from '../../shaders/matmul_naive.wgsl?raw';
import registerCode from '../../shaders/matmul_register.wgsl?raw';
import { RARE } from './matmul-rare.ts';
import { TILED } from './matmul-tiled.ts';
import type { Variant } from './matmul-variant.ts';

/** Of those that are made for one kind of adapter, the one that is usually fastest comes first. */
const TABLE = {
  /** the oracle; fuses nothing */
  naive: { kernel: 'naive', tile: { m: 8, n: 8 }, parts: [naiveCode], cpu: true },
  ...RARE,
  /** reads through the cache */
  register: {
    kernel: 'register',
    tile: { m: 32, n: 32 },
    parts: [blockCode, registerCode],
    cpu: true,
    serial: 'register',
  },
  /** through workgroup memory */
  tiled: {
    ...TILED,
    tile: { m: 64, n: 64, k: 16, rows: 4, columns: 8 },
    tunedFor: ['huge', 'large', 'small'],
  },
} as const satisfies Record<string, Variant>;

export type MatmulVariant = keyof typeof TABLE;
export const VARIANTS: Readonly<Record<MatmulVariant, Variant>> = TABLE;
export const MATMUL_VARIANTS = /* @__PURE__ */ Object.keys(VARIANTS) as readonly MatmulVariant[];

/**
 * Variants of the product that figures do without: for adapters that compute on the CPU, for products whose sums are split,
 * and tiles of other sizes, which are taken where they were measured to be faster. There, build/lean/modules/matmul-rare.ts stands in place of this module.
 */
import aScalarBroadcast from '../../shaders/matmul_a_scalar_broadcast.wgsl?raw';
import aVec4Broadcast from '../../shaders/matmul_a_vec4_broadcast.wgsl?raw';
import blockCode from '../../shaders/matmul_block.wgsl?raw';
import manyParts from '../../shaders/matmul_parts.wgsl?raw';
import quadCode from '../../shaders/matmul_quad.wgsl?raw';
import normalisedRows from '../../shaders/matmul_rows_normalised.wgsl?raw';
import plainRows from '../../shaders/matmul_rows_plain.wgsl?raw';
import subgroupCode from '../../shaders/matmul_subgroup.wgsl?raw';
import tiledCode from '../../shaders/matmul_tiled.wgsl?raw';
import { TILED } from './matmul-tiled.ts';
import type { Variant } from './matmul-variant.ts';

/** Threads of the subgroups that `subgroup` is written for. */
const SUBGROUP_SIZE = 8;

export const RARE = {
  subgroup: {
    kernel: 'subgroup',
    tile: { m: 16, n: 32 },
    parts: [blockCode, subgroupCode],
    broadcasts: true,
    needs: (device) => device.subgroupSize === SUBGROUP_SIZE,
    serial: 'subgroup',
  },
  /** shares among four threads of a subgroup of any size; for the CPU alone: a GPU would idle */
  quad: {
    kernel: 'quad',
    tile: { m: 16, n: 32 },
    parts: [blockCode, quadCode],
    broadcasts: true,
    needs: (device) => device.isSoftware && device.has('subgroups'),
    serial: 'register',
  },
  /** tiles that are summed by four parts of a workgroup */
  split: {
    kernel: 'tiled',
    tile: { m: 32, n: 32, k: 32, rows: 4, columns: 4, splits: 4 },
    parts: [blockCode, tiledCode, manyParts],
    rows: plainRows,
  },
  'tiled-32x32': {
    ...TILED,
    tile: { m: 32, n: 32, k: 32, rows: 4, columns: 4 },
    tunedFor: ['large', 'small'],
  },
  'tiled-64x32': {
    ...TILED,
    tile: { m: 64, n: 32, k: 16, rows: 4, columns: 4 },
    tunedFor: ['large', 'small'],
  },
  'tiled-64x64': {
    ...TILED,
    tile: { m: 64, n: 64, k: 16, rows: 8, columns: 8 },
    tunedFor: ['huge', 'large'],
  },
  'tiled-128x128': { ...TILED, tile: { m: 128, n: 128, k: 16, rows: 8, columns: 8 }, tunedFor: ['huge'] },
} as const satisfies Record<string, Variant>;

/** How A is loaded where threads share it by broadcasts; undefined where no variant does. */
export const BROADCASTS: { vector: string; scalar: string } | undefined = {
  vector: aVec4Broadcast,
  scalar: aScalarBroadcast,
};

/** How tiles load rows of A that are normalised on the way; undefined where none are. */
export const NORMALISED_ROWS: string | undefined = normalisedRows;

/** Attention on adapters that compute on the CPU: through the cache, without tiles in workgroup memory. */
import { f32, type Dispatch } from '../gpu/kernel.ts';
import backwardRegisterCode from '../../shaders/attention_backward_register.wgsl?raw';
import backwardSubgroupCode from '../../shaders/attention_backward_subgroup.wgsl?raw';
import forwardRegisterCode from '../../shaders/attention_forward_register.wgsl?raw';
import forwardSubgroupCode from '../../shaders/attention_forward_subgroup.wgsl?raw';
import laneScalar from '../../shaders/attention_lane_scalar.wgsl?raw';
import laneVec2 from '../../shaders/attention_lane_vec2.wgsl?raw';
import laneVec4 from '../../shaders/attention_lane_vec4.wgsl?raw';
import registerCode from '../../shaders/attention_register.wgsl?raw';
import subgroupCode from '../../shaders/attention_subgroup.wgsl?raw';
import blockCode from '../../shaders/matmul_block.wgsl?raw';

/** Threads of a workgroup of the kernels that use registers alone. */
const THREADS = 64;
/** Rows of a thread of the kernels that use registers alone. */
const BLOCK = 4;
/** Rows of a workgroup of the kernels for subgroups of 8 threads. */
const SUBGROUP_ROWS = 8;
/** D above which those kernels take many seconds to compile. */
const WIDEST_HEAD = 64;
/** Workgroups that every device allows along one axis. */
const MOST_WORKGROUPS = 65535;

/**
 * The algorithm: `tiled` multiplies tiles in workgroup memory. For adapters that compute on the CPU: `register` reads
 * through the cache, 4 × 4 pairs a thread; `subgroup`, where subgroups have 8 threads, shares by broadcasts. Heads that
 * would take `subgroup` long to compile, and more sequences than one axis of the grid holds, are left to `tiled`.
 */
export type AttentionVariant = 'tiled' | 'register' | 'subgroup';

export interface AttentionGrid {
  batch: number;
  length: number;
  heads: number;
  headWidth: number;
}

export type Pass = 'forward' | 'backward';
/** The kernels' own text, which comes behind what they share. */
const REGISTER = { forward: forwardRegisterCode, backward: backwardRegisterCode };
const SUBGROUP = { forward: forwardSubgroupCode, backward: backwardSubgroupCode };

export interface Tiling {
  kernel: Dispatch['kernel'];
  workgroups: readonly [rowTiles: number, sequenceTiles: number];
}

/**
 * How rows and sequences are dealt to workgroups (attention_register, _subgroup.wgsl); undefined where tiles must do it.
 */
export function serialTiling(
  pass: Pass,
  { batch, length, heads, headWidth }: AttentionGrid,
  strides: Readonly<Record<string, number>>,
  variant: AttentionVariant,
): Tiling | undefined {
  const name = `attention_${pass}`;
  const shared = { T: length, H: heads, SCALE: f32(1 / Math.sqrt(headWidth)) };
  if (variant === 'subgroup' && batch * heads <= MOST_WORKGROUPS && headWidth <= WIDEST_HEAD) {
    const { code, constants } = inLanes(headWidth, strides);
    return {
      kernel: {
        name: `${name}_subgroup`,
        code: [code, subgroupCode, SUBGROUP[pass]],
        enables: ['subgroups'],
        constants: { ...shared, ...constants },
      },
      workgroups: [Math.ceil(length / SUBGROUP_ROWS), batch * heads],
    };
  }
  const threads = batch * heads * Math.ceil(length / BLOCK);
  if (variant !== 'register' || threads > MOST_WORKGROUPS * THREADS) return undefined;
  const { code, constants } = inLanes(headWidth, strides);
  return {
    kernel: {
      name: `${name}_register`,
      code: [code, blockCode, registerCode, REGISTER[pass]],
      constants: { ...shared, B: batch, ...constants },
    },
    workgroups: [Math.ceil(threads / THREADS), 1],
  };
}

/** What is loaded at once: vectors of so many elements of a row. */
const LANES = [
  { width: 4, code: laneVec4 },
  { width: 2, code: laneVec2 },
  { width: 1, code: laneScalar },
];

/** Rows as the widest vectors that heads, and where replicas begin, are multiples of: strides count these. */
function inLanes(
  headWidth: number,
  strides: Readonly<Record<string, number>>,
): { code: string; constants: Record<string, number> } {
  const { LSE_STRIDE, ...vectors } = strides;
  const counts = [headWidth, ...Object.values(vectors)];
  const { width, code } = LANES.find(({ width }) => counts.every((count) => count % width === 0))!;
  const constants: Record<string, number> = {
    LANE: width,
    CHUNKS: headWidth / width,
    LSE_STRIDE: LSE_STRIDE!,
  };
  for (const [name, stride] of Object.entries(vectors)) constants[name] = stride / width;
  return { code, constants };
}

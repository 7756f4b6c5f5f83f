/** Causal multi-head attention without a T × T matrix in memory. */
import { f32, read, write, type Dispatch } from '../gpu/kernel.ts';
import type { Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import backwardRegisterCode from '../../shaders/attention_backward_register.wgsl?raw';
import backwardSubgroupCode from '../../shaders/attention_backward_subgroup.wgsl?raw';
import backwardCode from '../../shaders/attention_backward.wgsl?raw';
import forwardRegisterCode from '../../shaders/attention_forward_register.wgsl?raw';
import forwardSubgroupCode from '../../shaders/attention_forward_subgroup.wgsl?raw';
import forwardCode from '../../shaders/attention_forward.wgsl?raw';
import laneScalar from '../../shaders/attention_lane_scalar.wgsl?raw';
import laneVec2 from '../../shaders/attention_lane_vec2.wgsl?raw';
import laneVec4 from '../../shaders/attention_lane_vec4.wgsl?raw';
import registerCode from '../../shaders/attention_register.wgsl?raw';
import subgroupCode from '../../shaders/attention_subgroup.wgsl?raw';
import blockCode from '../../shaders/matmul_block.wgsl?raw';
import tileCode from '../../shaders/attention_tile.wgsl?raw';
import weightsCode from '../../shaders/attention_weights.wgsl?raw';
import { expectElements } from './shapes.ts';

/** Rows and columns of the tiles in shaders/attention_tile.wgsl. */
const TILE = 32;
/** Threads of a workgroup of attention_weights and of the kernels that use registers alone. */
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

interface Shape {
  batch: number;
  length: number;
  heads: number;
  headWidth: number;
}

function shapeOf(operation: string, qkv: Tensor, heads: number): Shape {
  const [batch, length, triple] = qkv.shape;
  if (qkv.shape.length !== 3 || triple! % (3 * heads) !== 0) {
    throw new RangeError(`${operation}: [${qkv.shape.join(', ')}] is not [B, T, 3 · ${heads} heads · D].`);
  }
  return { batch: batch!, length: length!, heads, headWidth: triple! / (3 * heads) };
}

type Pass = 'forward' | 'backward';
/** The kernels' own text, which comes behind what they share. */
const TILED = { forward: forwardCode, backward: backwardCode };
const REGISTER = { forward: forwardRegisterCode, backward: backwardRegisterCode };
const SUBGROUP = { forward: forwardSubgroupCode, backward: backwardSubgroupCode };

interface Tiling {
  kernel: Dispatch['kernel'];
  workgroups: readonly [rowTiles: number, sequenceTiles: number];
}

/** How rows and sequences are dealt to workgroups; attention_tile, _register and _subgroup.wgsl explain the constants. */
function tiling(
  pass: Pass,
  { batch, length, heads, headWidth }: Shape,
  strides: Readonly<Record<string, number>>,
  variant: AttentionVariant,
): Tiling {
  const name = `attention_${pass}`;
  const shared = { T: length, H: heads, SCALE: f32(1 / Math.sqrt(headWidth)) };
  if (
    subgroupCode &&
    variant === 'subgroup' &&
    batch * heads <= MOST_WORKGROUPS &&
    headWidth <= WIDEST_HEAD
  ) {
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
  if (registerCode && variant === 'register' && threads <= MOST_WORKGROUPS * THREADS) {
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
  const sequences = Math.max(1, Math.floor(TILE / length));
  return {
    kernel: {
      name,
      code: [blockCode, tileCode, TILED[pass]],
      constants: { ...shared, B: batch, D: headWidth, SEQUENCES: sequences, ...strides },
    },
    workgroups: [Math.ceil((sequences * length) / TILE), Math.ceil((batch * heads) / sequences)],
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

/** Operations of `products` inner products of width D for every pair of a query and a key that it sees. */
function flopsOf({ batch, length, heads, headWidth }: Shape, products: number, replicas: number): number {
  const pairs = (length * (length + 1)) / 2;
  return replicas * batch * heads * pairs * products * 2 * headWidth;
}

export interface Attention {
  /** [R, B, T, 3C]: q, k and v side by side, each C = heads · D wide */
  qkv: Tensor;
  /** [R, B, T, C] */
  out: Tensor;
  /** [R, B, heads, T], receives the log-sum-exp of each row of scores for the backward pass */
  lse: Tensor;
  heads: number;
  /** default `tiled` */
  variant?: AttentionVariant;
}

/** out = softmax(q kᵀ / √D, causal) v in each head. */
export function attention({ qkv, out, lse, heads, variant = 'tiled' }: Attention): Dispatch {
  const shape = shapeOf('attention', qkv, heads);
  const strides = { QKV_STRIDE: qkv.stride, OUT_STRIDE: out.stride, LSE_STRIDE: lse.stride };
  const { kernel, workgroups } = tiling('forward', shape, strides, variant);
  const rows = shape.batch * shape.length;
  expectElements('attention', rows * heads * shape.headWidth, out);
  expectElements('attention', rows * heads, lse);
  return {
    kernel,
    bindings: [read(qkv), write(out), write(lse)],
    workgroups: [...workgroups, out.replicas],
    flops: flopsOf(shape, 2, out.replicas),
    cpu: work('attention', qkv, out, lse, shape),
  };
}

export interface AttentionBackward {
  /** [R, B, T, 3C] */
  qkv: Tensor;
  /** [R, B, T, C] */
  out: Tensor;
  /** [R, B, heads, T] */
  lse: Tensor;
  /** [R, B, T, C] */
  dout: Tensor;
  /** [R, B, T, 3C] */
  dqkv: Tensor;
  heads: number;
  /** default `tiled` */
  variant?: AttentionVariant;
}

/** Its `flops` count what is computed: scores and their gradients twice, 7 products where the forward pass has 2. */
export function attentionBackward(op: AttentionBackward): Dispatch {
  const { qkv, out, lse, dout, dqkv, heads, variant = 'tiled' } = op;
  const shape = shapeOf('attentionBackward', qkv, heads);
  const strides = {
    QKV_STRIDE: qkv.stride,
    OUT_STRIDE: out.stride,
    LSE_STRIDE: lse.stride,
    DOUT_STRIDE: dout.stride,
    DQKV_STRIDE: dqkv.stride,
  };
  const { kernel, workgroups } = tiling('backward', shape, strides, variant);
  const rows = shape.batch * shape.length;
  const width = heads * shape.headWidth;
  expectElements('attentionBackward', rows * width, out, dout);
  expectElements('attentionBackward', rows * heads, lse);
  expectElements('attentionBackward', rows * width * 3, dqkv);
  return {
    kernel,
    bindings: [read(qkv), read(out), read(lse), read(dout), write(dqkv)],
    workgroups: [2 * workgroups[0], workgroups[1], dqkv.replicas],
    flops: flopsOf(shape, 7, dqkv.replicas),
    cpu: work('attentionBackward', qkv, out, lse, dout, dqkv, shape),
  };
}

export interface AttentionWeights {
  /** [R, B, T, 3C] */
  qkv: Tensor;
  /** [R, B, heads, T] of the forward pass */
  lse: Tensor;
  /** [R, B, heads, T, T], receives how much each query (row) takes from each key (column) */
  weights: Tensor;
  heads: number;
}

/** The matrix that `attention` never writes, for pictures. */
export function attentionWeights({ qkv, lse, weights, heads }: AttentionWeights): Dispatch {
  const shape = shapeOf('attentionWeights', qkv, heads);
  const { batch, length, headWidth } = shape;
  expectElements('attentionWeights', batch * heads * length, lse);
  expectElements('attentionWeights', batch * heads * length * length, weights);
  return {
    kernel: {
      name: 'attention_weights',
      code: [weightsCode],
      constants: {
        THREADS: THREADS,
        T: length,
        H: heads,
        D: headWidth,
        SCALE: f32(1 / Math.sqrt(headWidth)),
        QKV_STRIDE: qkv.stride,
        LSE_STRIDE: lse.stride,
        WEIGHTS_STRIDE: weights.stride,
      },
    },
    bindings: [read(qkv), read(lse), write(weights)],
    workgroups: [Math.ceil((length * length) / THREADS), batch * heads, weights.replicas],
    flops: flopsOf(shape, 1, weights.replicas),
    cpu: work('attentionWeights', qkv, lse, weights, shape),
  };
}

/** Causal multi-head attention without a T × T matrix in memory. */
import { f32, read, write, type Dispatch } from '../gpu/kernel.ts';
import type { Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import backwardCode from '../../shaders/attention_backward.wgsl?raw';
import forwardCode from '../../shaders/attention_forward.wgsl?raw';
import blockCode from '../../shaders/matmul_block.wgsl?raw';
import tileCode from '../../shaders/attention_tile.wgsl?raw';
import weightsCode from '../../shaders/attention_weights.wgsl?raw';
import {
  serialTiling,
  type AttentionGrid,
  type AttentionVariant,
  type Pass,
  type Tiling,
} from './attention-serial.ts';
import { expectElements } from './shapes.ts';

export type { AttentionVariant } from './attention-serial.ts';

/** Rows and columns of the tiles in shaders/attention_tile.wgsl. */
const TILE = 32;
/** Threads of a workgroup of attention_weights. */
const THREADS = 64;

function shapeOf(operation: string, qkv: Tensor, heads: number): AttentionGrid {
  const [batch, length, triple] = qkv.shape;
  if (qkv.shape.length !== 3 || triple! % (3 * heads) !== 0) {
    throw new RangeError(`${operation}: [${qkv.shape.join(', ')}] is not [B, T, 3 · ${heads} heads · D].`);
  }
  return { batch: batch!, length: length!, heads, headWidth: triple! / (3 * heads) };
}

/** The kernels' own text, which comes behind what they share. */
const TILED = { forward: forwardCode, backward: backwardCode };

/** How rows and sequences are dealt to workgroups; attention_tile.wgsl explains the constants. */
function tiling(
  pass: Pass,
  grid: AttentionGrid,
  strides: Readonly<Record<string, number>>,
  variant: AttentionVariant,
): Tiling {
  const serial = serialTiling(pass, grid, strides, variant);
  if (serial) return serial;
  const { batch, length, heads, headWidth } = grid;
  const sequences = Math.max(1, Math.floor(TILE / length));
  return {
    kernel: {
      name: `attention_${pass}`,
      code: [blockCode, tileCode, TILED[pass]],
      constants: {
        T: length,
        H: heads,
        SCALE: f32(1 / Math.sqrt(headWidth)),
        B: batch,
        D: headWidth,
        SEQUENCES: sequences,
        ...strides,
      },
    },
    workgroups: [Math.ceil((sequences * length) / TILE), Math.ceil((batch * heads) / sequences)],
  };
}

/** Operations of `products` inner products of width D for every pair of a query and a key that it sees. */
function flopsOf(
  { batch, length, heads, headWidth }: AttentionGrid,
  products: number,
  replicas: number,
): number {
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

/** Causal multi-head attention without a T × T matrix in memory. */
import { f32, read, write, type Constant, type Dispatch } from '../gpu/kernel.ts';
import type { Tensor } from '../gpu/tensor.ts';
import backwardCode from '../../shaders/attention_backward.wgsl?raw';
import forwardCode from '../../shaders/attention_forward.wgsl?raw';
import tileCode from '../../shaders/attention_tile.wgsl?raw';
import weightsCode from '../../shaders/attention_weights.wgsl?raw';
import { expectElements } from './shapes.ts';

/** Rows and columns of the tiles in shaders/attention_tile.wgsl. */
const TILE = 32;
/** Threads of a workgroup of attention_weights. */
const THREADS = 64;

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

/** How rows and sequences are dealt to workgroups; shaders/attention_tile.wgsl says what each constant means. */
function tiling({ batch, length, heads, headWidth }: Shape): {
  constants: Record<string, Constant>;
  workgroups: readonly [rowTiles: number, sequenceTiles: number];
} {
  const sequences = Math.max(1, Math.floor(TILE / length));
  return {
    constants: {
      B: batch,
      T: length,
      H: heads,
      D: headWidth,
      SEQUENCES: sequences,
      SCALE: f32(1 / Math.sqrt(headWidth)),
    },
    workgroups: [Math.ceil((sequences * length) / TILE), Math.ceil((batch * heads) / sequences)],
  };
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
}

/** out = softmax(q kᵀ / √D, causal) v in each head. */
export function attention({ qkv, out, lse, heads }: Attention): Dispatch {
  const shape = shapeOf('attention', qkv, heads);
  const { constants, workgroups } = tiling(shape);
  const rows = shape.batch * shape.length;
  expectElements('attention', rows * heads * shape.headWidth, out);
  expectElements('attention', rows * heads, lse);
  return {
    kernel: {
      name: 'attention_forward',
      code: [tileCode, forwardCode],
      constants: {
        ...constants,
        QKV_STRIDE: qkv.stride,
        OUT_STRIDE: out.stride,
        LSE_STRIDE: lse.stride,
      },
    },
    bindings: [read(qkv), write(out), write(lse)],
    workgroups: [...workgroups, out.replicas],
    flops: flopsOf(shape, 2, out.replicas),
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
}

/** Its `flops` count what is computed: scores and their gradients twice, 7 products where the forward pass has 2. */
export function attentionBackward({ qkv, out, lse, dout, dqkv, heads }: AttentionBackward): Dispatch {
  const shape = shapeOf('attentionBackward', qkv, heads);
  const { constants, workgroups } = tiling(shape);
  const rows = shape.batch * shape.length;
  const width = heads * shape.headWidth;
  expectElements('attentionBackward', rows * width, out, dout);
  expectElements('attentionBackward', rows * heads, lse);
  expectElements('attentionBackward', rows * width * 3, dqkv);
  return {
    kernel: {
      name: 'attention_backward',
      code: [tileCode, backwardCode],
      constants: {
        ...constants,
        QKV_STRIDE: qkv.stride,
        OUT_STRIDE: out.stride,
        LSE_STRIDE: lse.stride,
        DOUT_STRIDE: dout.stride,
        DQKV_STRIDE: dqkv.stride,
      },
    },
    bindings: [read(qkv), read(out), read(lse), read(dout), write(dqkv)],
    workgroups: [2 * workgroups[0], workgroups[1], dqkv.replicas],
    flops: flopsOf(shape, 7, dqkv.replicas),
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
  };
}

/** Layer normalisation over the last axis, with gain and bias. */
import { LEAST } from '../gpu/grants.ts';
import { f32, read, update, write, type Dispatch } from '../gpu/kernel.ts';
import { matrix, span, type Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import backwardCode from '../../shaders/layernorm_backward.wgsl?raw';
import parametersCode from '../../shaders/layernorm_backward_parameters.wgsl?raw';
import forwardCode from '../../shaders/layernorm_forward.wgsl?raw';
import { rowReduce } from './row-reduce.ts';
import { expectElements } from './shapes.ts';

/** Added to the variance, as in PyTorch. */
export const EPSILON = 1e-5;

/** Columns of a workgroup of layernorm_backward_parameters. */
const COLUMNS = 8;

/** Threads of both backward passes, so that they can go side by side. */
const backwardThreads = ({ serial = false, threads = LEAST.threads }): number => (serial ? 64 : threads);

export interface Layernorm {
  /** [R, rows, C] */
  x: Tensor;
  /** [R, C] */
  gain: Tensor;
  /** [R, C] */
  bias: Tensor;
  /** [R, rows, C] */
  y: Tensor;
  /** [R, rows, 2], receives mean and 1 / standard deviation for the backward pass */
  stats: Tensor;
  /** added to the variance; `EPSILON` if not given */
  epsilon?: number;
  /** a thread for each row: for adapters that compute on the CPU */
  serial?: boolean;
}

/** y = (x − mean) / √(variance + ε) · gain + bias in each row. */
export function layernorm(op: Layernorm): Dispatch {
  const { x, gain, bias, y, stats, epsilon = EPSILON } = op;
  const { rows, columns } = matrix(x);
  const reduce = rowReduce(rows, columns, y.replicas, op.serial);
  expectElements('layernorm', rows * columns, y);
  expectElements('layernorm', columns, gain, bias);
  expectElements('layernorm', rows * 2, stats);
  return {
    kernel: {
      name: 'layernorm_forward',
      code: [reduce.code, forwardCode],
      constants: {
        ...reduce.constants,
        ROWS: rows,
        C: columns,
        EPSILON: f32(epsilon),
        X_STRIDE: x.stride,
        GAIN_STRIDE: gain.stride,
        BIAS_STRIDE: bias.stride,
        Y_STRIDE: y.stride,
        STATS_STRIDE: stats.stride,
      },
    },
    bindings: [read(x), read(gain), read(bias), write(y), write(stats)],
    workgroups: reduce.workgroups,
    flops: 8 * rows * columns * y.replicas,
    cpu: work('layernorm', x, gain, bias, y, stats, epsilon),
  };
}

export interface LayernormBackward {
  /** [R, rows, C] */
  dy: Tensor;
  /** [R, rows, C] */
  x: Tensor;
  /** [R, rows, 2] of the forward pass */
  stats: Tensor;
  /** [R, C] */
  gain: Tensor;
  /** [R, rows, C] */
  dx: Tensor;
  /** dx += instead of = */
  accumulate?: boolean;
  /** a thread for each row: for adapters that compute on the CPU */
  serial?: boolean;
  /** of a workgroup, a power of two; default: as many as every device grants */
  threads?: number;
}

export function layernormBackward(op: LayernormBackward): Dispatch {
  const { dy, x, stats, gain, dx, accumulate = false } = op;
  const { rows, columns } = matrix(x);
  const reduce = rowReduce(rows, columns, dx.replicas, op.serial, backwardThreads(op));
  expectElements('layernorm', rows * columns, dy, dx);
  expectElements('layernorm', columns, gain);
  expectElements('layernorm', rows * 2, stats);
  return {
    kernel: {
      name: 'layernorm_backward',
      code: [reduce.code, backwardCode],
      constants: {
        ...reduce.constants,
        ROWS: rows,
        C: columns,
        DY_STRIDE: dy.stride,
        X_STRIDE: x.stride,
        STATS_STRIDE: stats.stride,
        GAIN_STRIDE: gain.stride,
        DX_STRIDE: dx.stride,
        ACCUMULATES: accumulate,
      },
    },
    bindings: [read(dy), read(x), read(stats), read(gain), accumulate ? update(dx) : write(dx)],
    workgroups: reduce.workgroups,
    flops: 14 * rows * columns * dx.replicas,
    cpu: work('layernormBackward', dy, x, stats, gain, dx, accumulate),
  };
}

export interface LayernormBackwardParameters {
  /** [R, rows, C] */
  dy: Tensor;
  /** [R, rows, C] */
  x: Tensor;
  /** [R, rows, 2] of the forward pass */
  stats: Tensor;
  /** [R, C] */
  dgain: Tensor;
  /** [R, C], lies behind dgain in the same storage */
  dbias: Tensor;
  /** dgain and dbias += instead of = */
  accumulate?: boolean;
  /** for adapters that compute on the CPU */
  serial?: boolean;
  /** of a workgroup, a power of two; default: as many as every device grants */
  threads?: number;
}

export function layernormBackwardParameters(op: LayernormBackwardParameters): Dispatch {
  const { dy, x, stats, dgain, dbias, accumulate = false } = op;
  const { rows, columns } = matrix(x);
  expectElements('layernorm', rows * columns, dy);
  expectElements('layernorm', columns, dgain, dbias);
  expectElements('layernorm', rows * 2, stats);
  const gradients = span(dgain, dbias);
  return {
    kernel: {
      name: 'layernorm_backward_parameters',
      code: [parametersCode],
      constants: {
        COLUMNS,
        SLICES: backwardThreads(op) / COLUMNS,
        ROWS: rows,
        C: columns,
        DY_STRIDE: dy.stride,
        X_STRIDE: x.stride,
        STATS_STRIDE: stats.stride,
        GRADIENTS_STRIDE: gradients.stride,
        DBIAS_OFFSET: dbias.offset - dgain.offset,
        ACCUMULATES: accumulate,
      },
    },
    bindings: [read(dy), read(x), read(stats), accumulate ? update(gradients) : write(gradients)],
    workgroups: [Math.ceil(columns / COLUMNS), 1, dgain.replicas],
    flops: 5 * rows * columns * dgain.replicas,
    cpu: work('layernormBackwardParameters', dy, x, stats, dgain, dbias, accumulate),
  };
}

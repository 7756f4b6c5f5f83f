/** Losses with their gradients in one dispatch, and what an evaluation keeps of each row. */
import { read, update, write, type Dispatch } from '../gpu/kernel.ts';
import { matrix, size, type Tensor } from '../gpu/tensor.ts';
import { i32, u32, work } from '../cpu/work.ts';
import crossEntropyCode from '../../shaders/cross_entropy.wgsl?raw';
import crossEntropyScoresCode from '../../shaders/cross_entropy_scores.wgsl?raw';
import meanSquaredErrorCode from '../../shaders/mean_squared_error.wgsl?raw';
import meanSquaredErrorScoresCode from '../../shaders/mean_squared_error_scores.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
import { rowReduce } from './row-reduce.ts';
import { expectElements } from './shapes.ts';
import { STATE_WORDS } from './state.ts';

export interface CrossEntropy {
  /** [R, rows, V] */
  logits: Tensor;
  /** [R, rows] i32, −1 where the row is not scored */
  targets: Tensor;
  /** [R, 16]; `count` is the number of scored rows */
  state: Tensor;
  /** [R, rows], receives −ln p(target) in nats, 0 where the row is not scored */
  loss: Tensor;
  /** [R, rows, V], receives the gradient of the mean loss over the scored rows */
  dlogits?: Tensor;
  /** a thread for each row: for adapters that compute on the CPU */
  serial?: boolean;
}

export function crossEntropy(op: CrossEntropy): Dispatch {
  const { logits, targets, state, loss, dlogits } = op;
  const { rows, columns } = matrix(logits);
  const reduce = rowReduce(rows, columns, logits.replicas, op.serial);
  expectElements('crossEntropy', rows, targets, loss);
  expectElements('crossEntropy', STATE_WORDS, state);
  if (dlogits) expectElements('crossEntropy', rows * columns, dlogits);
  return {
    kernel: {
      name: 'cross_entropy',
      code: [stateCode, reduce.code, crossEntropyCode],
      constants: {
        ...reduce.constants,
        ROWS: rows,
        V: columns,
        LOGITS_STRIDE: logits.stride,
        TARGETS_STRIDE: targets.stride,
        LOSS_STRIDE: loss.stride,
        DLOGITS_STRIDE: dlogits?.stride ?? 0,
        HAS_GRADIENT: dlogits !== undefined,
      },
    },
    bindings: [read(logits), read(targets), read(state), write(loss), write(dlogits)],
    workgroups: reduce.workgroups,
    flops: (dlogits ? 9 : 4) * rows * columns * logits.replicas,
    cpu: work('crossEntropy', logits, i32(targets), u32(state), loss, dlogits),
  };
}

export interface CrossEntropyScores {
  /** [R, rows, V] */
  logits: Tensor;
  /** [R, rows] i32, −1 where the row is not scored */
  targets: Tensor;
  /** [R, 16] of the evaluation; `step` is the number of the chunk */
  state: Tensor;
  /**
   * [R, total rows, 4], receives per row −ln p(target) (0 where not scored), argmax p, the mean of ln p over the
   * noise classes, and Σ p². Chunk `step` starts at row step · rows; rows beyond the total are dropped.
   */
  scores: Tensor;
  /** the classes [first, end) that label noise is drawn from, where it is not all of them */
  noiseClasses?: readonly [first: number, end: number];
  /** a thread for each row: for adapters that compute on the CPU */
  serial?: boolean;
}

export function crossEntropyScores(op: CrossEntropyScores): Dispatch {
  const { logits, targets, state, scores } = op;
  const { rows, columns } = matrix(logits);
  const reduce = rowReduce(rows, columns, logits.replicas, op.serial);
  const [firstNoise, endNoise] = op.noiseClasses ?? [0, columns];
  expectElements('crossEntropyScores', rows, targets);
  expectElements('crossEntropyScores', STATE_WORDS, state);
  if (scores.shape.at(-1) !== 4) throw new RangeError('crossEntropyScores: scores have 4 columns.');
  return {
    kernel: {
      name: 'cross_entropy_scores',
      code: [stateCode, reduce.code, crossEntropyScoresCode],
      constants: {
        ...reduce.constants,
        ROWS: rows,
        TOTAL_ROWS: size(scores) / 4,
        V: columns,
        FIRST_NOISE: firstNoise,
        END_NOISE: endNoise,
        LOGITS_STRIDE: logits.stride,
        TARGETS_STRIDE: targets.stride,
        SCORES_STRIDE: scores.stride,
      },
    },
    bindings: [read(logits), read(targets), read(state), update(scores)],
    workgroups: reduce.workgroups,
    flops: 6 * rows * columns * logits.replicas,
    cpu: work('crossEntropyScores', logits, i32(targets), u32(state), scores, [firstNoise, endNoise]),
  };
}

export interface MeanSquaredError {
  /** [R, rows, W] */
  y: Tensor;
  /** [R, rows, W] */
  targets: Tensor;
  /** [R, rows], receives the mean squared error over the row */
  loss: Tensor;
  /** [R, rows, W], receives the gradient of the mean loss over all rows */
  dy?: Tensor;
  /** a thread for each row: for adapters that compute on the CPU */
  serial?: boolean;
}

export function meanSquaredError(op: MeanSquaredError): Dispatch {
  const { y, targets, loss, dy } = op;
  const { columns } = matrix(y);
  const rows = size(loss);
  const reduce = rowReduce(rows, columns, y.replicas, op.serial);
  expectElements('meanSquaredError', rows * columns, y, targets);
  if (dy) expectElements('meanSquaredError', rows * columns, dy);
  return {
    kernel: {
      name: 'mean_squared_error',
      code: [reduce.code, meanSquaredErrorCode],
      constants: {
        ...reduce.constants,
        ROWS: rows,
        W: columns,
        Y_STRIDE: y.stride,
        TARGETS_STRIDE: targets.stride,
        LOSS_STRIDE: loss.stride,
        DY_STRIDE: dy?.stride ?? 0,
        HAS_GRADIENT: dy !== undefined,
      },
    },
    bindings: [read(y), read(targets), write(loss), write(dy)],
    workgroups: reduce.workgroups,
    flops: (dy ? 4 : 3) * rows * columns * y.replicas,
    cpu: work('meanSquaredError', y, targets, loss, dy),
  };
}

export interface MeanSquaredErrorScores {
  /** [R, rows, W] */
  y: Tensor;
  /** [R, rows, W] */
  targets: Tensor;
  /** [R, 16] of the evaluation; `step` is the number of the chunk */
  state: Tensor;
  /**
   * [R, total rows, columns], receives in column 0 the mean squared error over the row; the other columns stay.
   * Chunk `step` starts at row step · rows; rows beyond the total are dropped.
   */
  scores: Tensor;
  /** a thread for each row: for adapters that compute on the CPU */
  serial?: boolean;
}

export function meanSquaredErrorScores(op: MeanSquaredErrorScores): Dispatch {
  const { y, targets, state, scores } = op;
  const { rows, columns } = matrix(y);
  const reduce = rowReduce(rows, columns, y.replicas, op.serial);
  const into = matrix(scores);
  expectElements('meanSquaredErrorScores', rows * columns, targets);
  expectElements('meanSquaredErrorScores', STATE_WORDS, state);
  return {
    kernel: {
      name: 'mean_squared_error_scores',
      code: [stateCode, reduce.code, meanSquaredErrorScoresCode],
      constants: {
        ...reduce.constants,
        ROWS: rows,
        W: columns,
        TOTAL_ROWS: into.rows,
        COLUMNS: into.columns,
        Y_STRIDE: y.stride,
        TARGETS_STRIDE: targets.stride,
        SCORES_STRIDE: scores.stride,
      },
    },
    bindings: [read(y), read(targets), read(state), update(scores)],
    workgroups: reduce.workgroups,
    flops: 3 * rows * columns * y.replicas,
    cpu: work('meanSquaredErrorScores', y, targets, u32(state), scores, {
      width: columns,
      columns: into.columns,
    }),
  };
}

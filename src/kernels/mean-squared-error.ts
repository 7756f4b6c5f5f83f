/** Mean squared error with its gradient in one dispatch, and what an evaluation keeps of each row. */
import { read, update, write, type Dispatch } from '../gpu/kernel.ts';
import { matrix, size, type Tensor } from '../gpu/tensor.ts';
import { u32, work } from '../cpu/work.ts';
import meanSquaredErrorCode from '../../shaders/mean_squared_error.wgsl?raw';
import meanSquaredErrorScoresCode from '../../shaders/mean_squared_error_scores.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
import { rowReduce } from './row-reduce.ts';
import { expectElements } from './shapes.ts';
import { STATE_WORDS } from './state.ts';

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

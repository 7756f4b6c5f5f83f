/** Losses of classes with their gradients in one dispatch, and what an evaluation keeps of each row. */
import { read, update, write, type Dispatch } from '../gpu/kernel.ts';
import { matrix, size, type Tensor } from '../gpu/tensor.ts';
import { i32, u32, work } from '../cpu/work.ts';
import classLossCode from '../../shaders/class_loss.wgsl?raw';
import classScoresCode from '../../shaders/class_scores.wgsl?raw';
import crossEntropyCode from '../../shaders/cross_entropy.wgsl?raw';
import squaredErrorCode from '../../shaders/squared_error.wgsl?raw';
import stablemaxCode from '../../shaders/stablemax.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
import type { ClassLoss } from './class-losses.ts';
import { rowReduce } from './row-reduce.ts';
import { expectElements } from './shapes.ts';
import { STATE_WORDS } from './state.ts';

/** What says which loss it is, and the operations for each logit: without its gradient, and with it. */
const LOSSES: Readonly<Record<ClassLoss, { code: string; flops: readonly [number, number] }>> = {
  'cross-entropy': { code: crossEntropyCode, flops: [4, 9] },
  'squared-error': { code: squaredErrorCode, flops: [3, 6] },
  stablemax: { code: stablemaxCode, flops: [4, 10] },
};

export interface ClassLossOf {
  /** which loss it is: cross-entropy where nothing is said */
  kind?: ClassLoss;
  /** [R, rows, V] */
  logits: Tensor;
  /** [R, rows] i32, −1 where the row is not scored */
  targets: Tensor;
  /** [R, 16]; `count` is the number of scored rows */
  state: Tensor;
  /** [R, rows], receives the loss of each row, in nats but for squared error, 0 where the row is not scored */
  loss: Tensor;
  /** [R, rows, V], receives the gradient of the mean loss over the scored rows */
  dlogits?: Tensor;
  /** a thread for each row: for adapters that compute on the CPU */
  serial?: boolean;
}

export function classLoss(op: ClassLossOf): Dispatch {
  const { kind = 'cross-entropy', logits, targets, state, loss, dlogits } = op;
  const { rows, columns } = matrix(logits);
  const reduce = rowReduce(rows, columns, logits.replicas, op.serial);
  expectElements('classLoss', rows, targets, loss);
  expectElements('classLoss', STATE_WORDS, state);
  if (dlogits) expectElements('classLoss', rows * columns, dlogits);
  return {
    kernel: {
      name: 'class_loss',
      code: [stateCode, reduce.code, LOSSES[kind].code, classLossCode],
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
    flops: LOSSES[kind].flops[dlogits ? 1 : 0] * rows * columns * logits.replicas,
    cpu: work('classLoss', kind, logits, i32(targets), u32(state), loss, dlogits),
  };
}

export interface ClassScores {
  /** which loss it is: cross-entropy where nothing is said */
  kind?: ClassLoss;
  /** [R, rows, V] */
  logits: Tensor;
  /** [R, rows] i32, −1 where the row is not scored */
  targets: Tensor;
  /** [R, 16] of the evaluation; `step` is the number of the chunk */
  state: Tensor;
  /**
   * [R, total rows, 4], receives per row the loss (0 where not scored), the argmax, the mean over the noise classes of
   * −loss if each were the target, and Σ p² (0 for squared error). Chunk `step` starts at row step · rows; rows beyond
   * the total are dropped.
   */
  scores: Tensor;
  /** the classes [first, end) that label noise is drawn from, where it is not all of them */
  noiseClasses?: readonly [first: number, end: number];
  /** a thread for each row: for adapters that compute on the CPU */
  serial?: boolean;
}

export function classScores(op: ClassScores): Dispatch {
  const { kind = 'cross-entropy', logits, targets, state, scores } = op;
  const { rows, columns } = matrix(logits);
  const reduce = rowReduce(rows, columns, logits.replicas, op.serial);
  const [firstNoise, endNoise] = op.noiseClasses ?? [0, columns];
  expectElements('classScores', rows, targets);
  expectElements('classScores', STATE_WORDS, state);
  if (scores.shape.at(-1) !== 4) throw new RangeError('classScores: scores have 4 columns.');
  return {
    kernel: {
      name: 'class_scores',
      code: [stateCode, reduce.code, LOSSES[kind].code, classScoresCode],
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
    cpu: work('classScores', kind, logits, i32(targets), u32(state), scores, [firstNoise, endNoise]),
  };
}

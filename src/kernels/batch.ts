/** Batches: training rows drawn from a pool, evaluation rows in order. */
import type { CpuWork } from '../gpu/cpu-work.ts';
import { read, update, write, type Binding, type Dispatch, type KernelSource } from '../gpu/kernel.ts';
import type { Tensor } from '../gpu/tensor.ts';
import { u32, work } from '../cpu/work.ts';
import loadRowsCode from '../../shaders/load_rows.wgsl?raw';
import permuteCode from '../../shaders/permute.wgsl?raw';
import randomCode from '../../shaders/random.wgsl?raw';
import sampleBatchCode from '../../shaders/sample_batch.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
import { FEISTEL } from './permutation.ts';
import { STATE, STATE_WORDS } from './state.ts';

export interface Batch {
  /** [R, rows, inputWidth] of i32 or f32; one replica, or stride 0, where all share it */
  inputs: Tensor;
  /** [R, rows, targetWidth], likewise */
  targets: Tensor;
  /** [R, 16] */
  state: Tensor;
  /** [R, B, inputWidth] */
  batchInputs: Tensor;
  /** [R, B, targetWidth] */
  batchTargets: Tensor;
}

/**
 * Draws the batch of `state.step` without replacement: each epoch visits every row once, in an order of its own
 * per replica and epoch (`batchRows`). Any step below 2³² will do.
 * @param op.ownRows draws from the first `state.rows` rows of the pool, in each replica from as many as it says
 * @param op.counts adds the number of targets ≥ 0 to `state.count`, for losses of integer targets
 * @param op.inOrder takes the rows in their own order instead, epoch after epoch: the pool is a curriculum
 * @throws RangeError when shapes do not fit or (rows + 1) · B reaches 2³²
 */
export function sampleBatch(
  op: Batch & { ownRows?: boolean; inOrder?: boolean; counts?: boolean },
): Dispatch {
  const shape = batchShape(op, 'sample_batch');
  if ((shape.ROWS + 1) * shape.B >= 2 ** 32) {
    throw new RangeError(
      `sample_batch: ${shape.ROWS} rows in batches of ${shape.B} are too many: rows · batch must stay below 2³².`,
    );
  }
  const size = (shape.INPUT_WIDTH | shape.INPUTS_STRIDE | shape.BATCH_INPUTS_STRIDE) % 4 ? 1 : 4;
  const width = Math.max(shape.INPUT_WIDTH / size, shape.TARGET_WIDTH);
  const lanes = Math.min(MOST_LANES, 2 ** Math.ceil(Math.log2(width)));
  const how = { ownRows: op.ownRows ?? false, inOrder: op.inOrder ?? false, counts: op.counts ?? false };
  const cpu = work('sampleBatch', ...asWords(op), cpuShape(shape), how);
  return batchDispatch(op, cpu, update(op.state), shape.B * lanes, {
    name: 'sample_batch',
    code: [`alias Element = ${size > 1 ? 'vec4u' : 'u32'};`, randomCode, permuteCode, sampleBatchCode],
    constants: {
      ...shape,
      SIZE: size,
      LANES: lanes,
      ...FEISTEL,
      OWN_ROWS: how.ownRows,
      IN_ORDER: how.inOrder,
      COUNTS: how.counts,
      STATE_WORDS,
      STEP: STATE.step,
      SEED: STATE.seed,
      COUNT: STATE.count,
      OWN: STATE.rows,
    },
  });
}

/**
 * Rows step · B … step · B + B − 1 in order. Beyond the last row the inputs are those of the last row, and the
 * targets −1, which no loss counts; targets that are floats are copies too, and the caller must leave them out.
 * @param op.integerTargets false where targets are floats (default true)
 */
export function loadRows(op: Batch & { integerTargets?: boolean }): Dispatch {
  const shape = batchShape(op, 'load_rows');
  const { integerTargets = true } = op;
  const cpu = work('loadRows', ...asWords(op), cpuShape(shape), integerTargets);
  return batchDispatch(op, cpu, read(op.state), shape.B * (shape.INPUT_WIDTH + shape.TARGET_WIDTH), {
    name: 'load_rows',
    code: [stateCode, loadRowsCode],
    constants: {
      ...shape,
      BATCHES: Math.ceil(shape.ROWS / shape.B),
      INTEGER_TARGETS: integerTargets,
    },
  });
}

/** Threads that copy an example: one for each element up to so many, a power of two. */
const MOST_LANES = 16;

function batchShape({ inputs, targets, batchInputs, batchTargets }: Batch, name: string) {
  const [rows, inputWidth] = table(inputs);
  const [targetRows, targetWidth] = table(targets);
  const [b, batchInputWidth] = table(batchInputs);
  const [batchRows, batchTargetWidth] = table(batchTargets);
  const fits =
    rows === targetRows &&
    b === batchRows &&
    inputWidth === batchInputWidth &&
    targetWidth === batchTargetWidth;
  if (!fits || rows < 1) {
    throw new RangeError(
      `${name}: pools [${inputs.shape.join(', ')}] and [${targets.shape.join(', ')}] do not give batches ` +
        `[${batchInputs.shape.join(', ')}] and [${batchTargets.shape.join(', ')}].`,
    );
  }
  return {
    ROWS: rows,
    B: b,
    INPUT_WIDTH: inputWidth,
    TARGET_WIDTH: targetWidth,
    INPUTS_STRIDE: poolStride(inputs),
    TARGETS_STRIDE: poolStride(targets),
    BATCH_INPUTS_STRIDE: batchInputs.stride,
    BATCH_TARGETS_STRIDE: batchTargets.stride,
  };
}

/** [rows, width]: all axes but the first folded. */
function table({ shape }: Tensor): [number, number] {
  const [rows = 1, ...rest] = shape;
  return [rows, rest.reduce((product, n) => product * n, 1)];
}

/** A batch's tensors for its reference. */
function asWords({ inputs, targets, state, batchInputs, batchTargets }: Batch) {
  const pools = [inputs, targets].map((pool) => u32({ ...pool, stride: poolStride(pool) }));
  return [pools[0]!, pools[1]!, u32(state), u32(batchInputs), u32(batchTargets)] as const;
}

function cpuShape({ ROWS, B, INPUT_WIDTH, TARGET_WIDTH }: ReturnType<typeof batchShape>) {
  return { rows: ROWS, batch: B, inputWidth: INPUT_WIDTH, targetWidth: TARGET_WIDTH };
}

function poolStride(pool: Tensor): number {
  return pool.replicas === 1 ? 0 : pool.stride;
}

function batchDispatch(
  { inputs, targets, batchInputs, batchTargets }: Batch,
  cpu: CpuWork,
  state: Binding,
  threads: number,
  kernel: KernelSource,
): Dispatch {
  return {
    kernel,
    bindings: [read(inputs), read(targets), state, write(batchInputs), write(batchTargets)],
    workgroups: [Math.ceil(threads / 64), 1, batchInputs.replicas],
    flops: 0,
    cpu,
  };
}

/** Batches: training rows drawn from a pool, evaluation rows in order. */
import { read, update, write, type Binding, type Dispatch, type KernelSource } from '../gpu/kernel.ts';
import type { Tensor } from '../gpu/tensor.ts';
import { hash, pcg } from '../random.ts';
import loadRowsCode from '../../shaders/load_rows.wgsl?raw';
import permuteCode from '../../shaders/permute.wgsl?raw';
import randomCode from '../../shaders/random.wgsl?raw';
import sampleBatchCode from '../../shaders/sample_batch.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
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
  return batchDispatch(op, update(op.state), shape.B * lanes, {
    name: 'sample_batch',
    code: [`alias Element = ${size > 1 ? 'vec4u' : 'u32'};`, randomCode, permuteCode, sampleBatchCode],
    constants: {
      ...shape,
      SIZE: size,
      LANES: lanes,
      ...FEISTEL,
      OWN_ROWS: op.ownRows ?? false,
      IN_ORDER: op.inOrder ?? false,
      COUNTS: op.counts ?? false,
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
  return batchDispatch(op, read(op.state), shape.B * (shape.INPUT_WIDTH + shape.TARGET_WIDTH), {
    name: 'load_rows',
    code: [stateCode, loadRowsCode],
    constants: {
      ...shape,
      BATCHES: Math.ceil(shape.ROWS / shape.B),
      INTEGER_TARGETS: op.integerTargets ?? true,
    },
  });
}

/**
 * The rows that `sampleBatch` draws at one step [batch], bit for bit.
 * @param seed word `seed` of the replica's state
 * @param rows of the pool
 */
export function batchRows(seed: number, step: number, batch: number, rows: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: batch }, (_, i) => {
    const g = step * batch + i;
    const position = g % rows;
    return permute(position, seed, (g - position) / rows, rows);
  });
}

/** Threads that copy an example: one for each element up to so many, a power of two. */
const MOST_LANES = 16;

/** Constants of shaders/permute.wgsl. */
export const FEISTEL = {
  /** at which small pools pass a χ² test of pairs of positions; four do not; even */
  FEISTEL_ROUNDS: 8,
  /** smaller domains mix badly, however many the rounds */
  FEISTEL_BITS: 6,
};
/** Apart from the streams of src/random.ts; shaders/random.wgsl has the same. */
const BATCH_STREAM = 5;

/** π of shaders/permute.wgsl. */
function permute(position: number, seed: number, epoch: number, rows: number): number {
  const { FEISTEL_ROUNDS, FEISTEL_BITS } = FEISTEL;
  const bits = Math.max(FEISTEL_BITS, 32 - Math.clz32(rows - 1));
  const leftBits = bits >>> 1;
  const rightBits = bits - leftBits;
  const leftMask = 2 ** leftBits - 1;
  const rightMask = 2 ** rightBits - 1;
  const key = hash(seed, BATCH_STREAM, epoch);
  let x = position;
  do {
    let left = x >>> rightBits;
    let right = x & rightMask;
    for (let round = 0; round < FEISTEL_ROUNDS; round += 2) {
      left ^= pcg(pcg(key ^ round) ^ right) & leftMask;
      right ^= pcg(pcg(key ^ (round + 1)) ^ left) & rightMask;
    }
    x = ((left << rightBits) | right) >>> 0;
  } while (x >= rows);
  return x;
}

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

function poolStride(pool: Tensor): number {
  return pool.replicas === 1 ? 0 : pool.stride;
}

function batchDispatch(
  { inputs, targets, batchInputs, batchTargets }: Batch,
  state: Binding,
  threads: number,
  kernel: KernelSource,
): Dispatch {
  return {
    kernel,
    bindings: [read(inputs), read(targets), state, write(batchInputs), write(batchTargets)],
    workgroups: [Math.ceil(threads / 64), 1, batchInputs.replicas],
    flops: 0,
  };
}

/** Batches: training rows drawn from a pool, evaluation rows in order (shaders/sample_batch.wgsl, load_rows.wgsl). */
import { batchRows } from '../kernels/permutation.ts';
import { STATE } from '../kernels/state.ts';
import type { State } from './arrays.ts';

interface BatchShape {
  /** of the pool */
  rows: number;
  batch: number;
  inputWidth: number;
  targetWidth: number;
}

/** Pools are copied as bits, so that they may hold i32 or f32. */
type Bits = Uint32Array;

/**
 * batch_inputs[i] = inputs[row], batch_targets[i] = targets[row] for the rows that `batchRows` draws at state.step
 *
 * @param inputs [rows, input width]
 * @param targets [rows, target width]
 * @param state its `count` grows by the batch's targets ≥ 0, if `counts`
 * @param how.ownRows only the first state.rows rows are drawn from
 * @param how.inOrder the rows come in their own order, epoch after epoch
 */
export function sampleBatch(
  inputs: Bits,
  targets: Bits,
  state: State,
  batchInputs: Bits,
  batchTargets: Bits,
  shape: BatchShape,
  { ownRows, inOrder, counts }: { ownRows: boolean; inOrder: boolean; counts: boolean },
): void {
  const { batch, inputWidth, targetWidth } = shape;
  const step = state[STATE.step]!;
  const rows = ownRows ? state[STATE.rows]! : shape.rows;
  const drawn = inOrder
    ? Uint32Array.from({ length: batch }, (_, i) => (step * batch + i) % rows)
    : batchRows(state[STATE.seed]!, step, batch, rows);
  drawn.forEach((row, i) => {
    copyRow(inputs, row, batchInputs, i, inputWidth);
    copyRow(targets, row, batchTargets, i, targetWidth);
  });
  if (!counts) return;
  for (const target of batchTargets) if ((target | 0) >= 0) state[STATE.count]!++;
}

/**
 * batch_inputs[i] = inputs[min(row, rows − 1)], batch_targets[i] = targets[row], row = step · batch + i; for row ≥ rows the
 * target is −1 if targets are integers, else that of the last row
 */
export function loadRows(
  inputs: Bits,
  targets: Bits,
  state: State,
  batchInputs: Bits,
  batchTargets: Bits,
  { rows, batch, inputWidth, targetWidth }: BatchShape,
  integerTargets: boolean,
): void {
  for (let i = 0; i < batch; i++) {
    const wanted = state[STATE.step]! * batch + i;
    const row = Math.min(wanted, rows - 1);
    copyRow(inputs, row, batchInputs, i, inputWidth);
    copyRow(targets, row, batchTargets, i, targetWidth);
    if (integerTargets && wanted >= rows) batchTargets.fill(-1, i * targetWidth, (i + 1) * targetWidth);
  }
}

function copyRow(from: Bits, row: number, to: Bits, i: number, width: number): void {
  for (let c = 0; c < width; c++) to[i * width + c] = from[row * width + c]!;
}

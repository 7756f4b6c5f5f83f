/** Mean squared error with its gradient, and what an evaluation keeps of each row (shaders/mean_squared_error.wgsl). */
import { STATE } from '../kernels/state.ts';
import type { Floats, State } from './arrays.ts';

/**
 * loss = Σ_w (y − t)² / W,   dy = 2 (y − t) / (rows · W)
 *
 * @param y [rows, W]
 * @param targets [rows, W]
 * @param loss [rows]
 * @param dy [rows, W]
 */
export function meanSquaredError(y: Floats, targets: Floats, loss: Floats, dy: Floats | undefined): void {
  const rows = loss.length;
  const width = y.length / rows;
  for (let row = 0; row < rows; row++) loss[row] = squaredError(y, targets, row, width);
  if (dy) for (let i = 0; i < y.length; i++) dy[i] = (2 * (y[i]! - targets[i]!)) / y.length;
}

/**
 * scores[row, 0] = Σ_w (y − t)² / W
 *
 * @param state its `step`: the number of this chunk of rows, which go to rows step · rows and on of `scores`
 * @param scores [all rows, columns]; the other columns stay, and what would lie beyond is dropped
 */
export function meanSquaredErrorScores(
  y: Floats,
  targets: Floats,
  state: State,
  scores: Floats,
  { width, columns }: { width: number; columns: number },
): void {
  const rows = y.length / width;
  for (let row = 0; row < rows; row++) {
    const at = (state[STATE.step]! * rows + row) * columns;
    if (at >= scores.length) return;
    scores[at] = squaredError(y, targets, row, width);
  }
}

function squaredError(y: Floats, targets: Floats, row: number, width: number): number {
  let squares = 0;
  for (let i = row * width; i < (row + 1) * width; i++) squares += (y[i]! - targets[i]!) ** 2;
  return squares / width;
}

/** Losses with their gradients, and what an evaluation keeps of each row (shaders/cross_entropy.wgsl and the like). */
import { STATE } from '../kernels/state.ts';
import { exp } from './exp.ts';
import type { Floats, State } from './arrays.ts';

/**
 * loss = −ln p(target),  p = softmax(logits);   dlogits = (p − onehot(target)) / count;   both 0 where the target is −1
 *
 * @param logits [rows, V]
 * @param targets [rows]
 * @param state its `count`: how many rows of the batch are scored
 * @param loss [rows]
 * @param dlogits [rows, V]
 */
export function crossEntropy(
  logits: Floats,
  targets: Int32Array,
  state: State,
  loss: Floats,
  dlogits: Floats | undefined,
): void {
  const rows = targets.length;
  const classes = logits.length / rows;
  const count = state[STATE.count]!;
  for (let row = 0, start = 0; row < rows; row++, start += classes) {
    const target = targets[row]!;
    if (target < 0) {
      loss[row] = 0;
      dlogits?.fill(0, start, start + classes);
      continue;
    }
    const most = largest(logits, start, classes);
    let sum = 0;
    for (let v = 0; v < classes; v++) sum += exp(logits[start + v]! - most);
    loss[row] = Math.log(sum) - (logits[start + target]! - most);
    if (!dlogits) continue;
    for (let v = 0; v < classes; v++) {
      const probability = exp(logits[start + v]! - most) / sum;
      dlogits[start + v] = (probability - (v === target ? 1 : 0)) / count;
    }
  }
}

/**
 * scores[row] = ( −ln p(target) or 0 where the target is −1, argmax p, mean of ln p over classes [first, end), Σ p² )
 *
 * @param state its `step`: the number of this chunk of rows, which go to rows step · rows and on of `scores`
 * @param scores [all rows, 4]; what would lie beyond is dropped
 */
export function crossEntropyScores(
  logits: Floats,
  targets: Int32Array,
  state: State,
  scores: Floats,
  [first, end]: readonly [number, number],
): void {
  const rows = targets.length;
  const classes = logits.length / rows;
  for (let row = 0, start = 0; row < rows; row++, start += classes) {
    const at = 4 * (state[STATE.step]! * rows + row);
    if (at >= scores.length) return;
    const most = largest(logits, start, classes);
    let [sum, squares, noise, best] = [0, 0, 0, -1];
    for (let v = 0; v < classes; v++) {
      const x = logits[start + v]! - most;
      const e = exp(x);
      sum += e;
      squares += e * e;
      if (v >= first && v < end) noise += x;
      if (best < 0 && x === 0) best = v;
    }
    const target = targets[row]!;
    scores[at] = target < 0 ? 0 : Math.log(sum) - (logits[start + target]! - most);
    scores[at + 1] = Math.max(best, 0);
    scores[at + 2] = noise / (end - first) - Math.log(sum);
    scores[at + 3] = squares / (sum * sum);
  }
}

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
 * @param state as in `crossEntropyScores`
 * @param scores [all rows, columns]; the other columns stay
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

/** May skip NaN: what is computed from it meets the NaN again. */
function largest(values: Floats, start: number, count: number): number {
  let most = values[start]!;
  for (let i = start + 1; i < start + count; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

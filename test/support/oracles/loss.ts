/** Losses and their gradients in float64. */
import { classLoss as reference, classScores as referenceScores } from '../../../src/cpu/class-loss.ts';
import { meanSquaredError as referenceOfValues } from '../../../src/cpu/mean-squared-error.ts';
import type { ClassLoss } from '../../../src/kernels/class-losses.ts';
import { STATE, STATE_WORDS } from '../../../src/kernels/state.ts';

type Numbers = ArrayLike<number>;

/** logits [rows, V], targets [rows] (−1: not scored); the gradient is that of the mean loss over scored rows. */
export function classLoss(kind: ClassLoss, logits: Numbers, targets: Numbers) {
  const count = Array.from(targets).filter((target) => target >= 0).length;
  const state = new Uint32Array(STATE_WORDS);
  state[STATE.count] = count;
  const loss = new Float64Array(targets.length);
  const dlogits = new Float64Array(logits.length);
  reference(kind, Float64Array.from(logits), Int32Array.from(targets), state, loss, dlogits);
  return { loss, dlogits, count };
}

/** Per row: loss or 0, argmax, mean of −loss over the classes [first, end) as targets, Σ p² or 0 → [rows, 4]. */
export function classScores(
  kind: ClassLoss,
  logits: Numbers,
  targets: Numbers,
  noiseClasses: readonly [number, number],
): Float64Array {
  const scores = new Float64Array(targets.length * 4);
  const state = new Uint32Array(STATE_WORDS);
  referenceScores(kind, Float64Array.from(logits), Int32Array.from(targets), state, scores, noiseClasses);
  return scores;
}

/** y and targets [rows, W]; loss [rows] is the mean over W, dy the gradient of the mean over all. */
export function meanSquaredError(y: Numbers, targets: Numbers, rows: number) {
  const loss = new Float64Array(rows);
  const dy = new Float64Array(y.length);
  referenceOfValues(Float64Array.from(y), Float64Array.from(targets), loss, dy);
  return { loss, dy };
}

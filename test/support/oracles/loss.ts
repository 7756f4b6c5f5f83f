/** Losses and their gradients in float64. */
import * as reference from '../../../src/cpu/loss.ts';
import { STATE, STATE_WORDS } from '../../../src/kernels/state.ts';

type Numbers = ArrayLike<number>;

/** logits [rows, V], targets [rows] (−1: not scored); the gradient is that of the mean loss over scored rows. */
export function crossEntropy(logits: Numbers, targets: Numbers) {
  const count = Array.from(targets).filter((target) => target >= 0).length;
  const state = new Uint32Array(STATE_WORDS);
  state[STATE.count] = count;
  const loss = new Float64Array(targets.length);
  const dlogits = new Float64Array(logits.length);
  reference.crossEntropy(Float64Array.from(logits), Int32Array.from(targets), state, loss, dlogits);
  return { loss, dlogits, count };
}

/** Per row: −ln p(target) or 0, argmax p, mean of ln p over the classes [first, end), Σ p² → [rows, 4]. */
export function crossEntropyScores(
  logits: Numbers,
  targets: Numbers,
  noiseClasses: readonly [number, number],
): Float64Array {
  const scores = new Float64Array(targets.length * 4);
  const state = new Uint32Array(STATE_WORDS);
  reference.crossEntropyScores(
    Float64Array.from(logits),
    Int32Array.from(targets),
    state,
    scores,
    noiseClasses,
  );
  return scores;
}

/** y and targets [rows, W]; loss [rows] is the mean over W, dy the gradient of the mean over all. */
export function meanSquaredError(y: Numbers, targets: Numbers, rows: number) {
  const loss = new Float64Array(rows);
  const dy = new Float64Array(y.length);
  reference.meanSquaredError(Float64Array.from(y), Float64Array.from(targets), loss, dy);
  return { loss, dy };
}

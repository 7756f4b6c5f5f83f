/** Sampling from a softmax in float64. */
import { hash } from '../../../src/random.ts';

export function softmax(logits: ArrayLike<number>, temperature: number): Float64Array {
  const most = Math.max(...Array.from(logits));
  const weights = Float64Array.from(logits, (x) => Math.exp((x - most) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The number in [0, 1) that decides row `row` at position `step`. */
export function uniform(seed: number, row: number, step: number): number {
  return (hash(seed, 6, row, step) >>> 8) / 2 ** 24;
}

/** Whether u falls into class k of the cumulative distribution, or within `margin` of it. */
export function isDraw(probabilities: Float64Array, k: number, u: number, margin: number): boolean {
  const below = probabilities.subarray(0, k).reduce((sum, p) => sum + p, 0);
  return probabilities[k]! > 0 && u >= below - margin && u < below + probabilities[k]! + margin;
}

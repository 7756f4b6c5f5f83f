/** Sampling from a softmax in float64. */
import { drawToken } from '../../../src/cpu/sample-token.ts';

export function softmax(logits: ArrayLike<number>, temperature: number): Float64Array {
  const most = Math.max(...Array.from(logits));
  const weights = Float64Array.from(logits, (x) => Math.exp((x - most) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Whether u, or a number within `margin` of it, draws class k. */
export function isDraw(
  logits: Float32Array,
  temperature: number,
  k: number,
  u: number,
  margin: number,
): boolean {
  const [low, high] = [u - margin, u + margin].map((at) => drawToken(logits, temperature, at));
  return k >= low! && k <= high!;
}

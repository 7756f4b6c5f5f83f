/** Whether what a benchmark measured was computed rightly. */
import type { MatmulVariant } from '../../kernels/matmul.ts';
import type { AttentionShape, matrices } from './kernel-alone.ts';

/** Elements of each result that are computed again on the CPU. */
const CHECKED = 8;

/** Compares elements all over the result with sums in float64, within what rounding in float32 can do at most. */
export function checkProduct(
  n: number,
  [a, b]: ReturnType<typeof matrices>,
  y: Float32Array,
  variant: MatmulVariant,
): void {
  for (let c = 0; c < CHECKED; c++) {
    const i = Math.round(((n - 1) * c) / (CHECKED - 1));
    const j = (i * 7 + c) % n;
    let sum = 0;
    let size = 0;
    for (let k = 0; k < n; k++) {
      const term = a[i * n + k]! * b[k * n + j]!;
      sum += term;
      size += Math.abs(term);
    }
    const error = Math.abs(y[i * n + j]! - sum);
    expectWithin(n * size, error, `The ${variant} product of ${n}`, [i, j]);
  }
}

/**
 * Compares rows all over the result with their definition in float64, within what rounding in float32 can do at most:
 * each score is off by its sum's rounding, `exp` by a few more units, the larger its argument.
 */
export function checkAttention(
  { length, heads, headWidth }: AttentionShape,
  qkv: Float32Array,
  out: Float32Array,
): void {
  const at = (part: number, t: number, h: number, d: number): number =>
    qkv[((t * 3 + part) * heads + h) * headWidth + d]!;
  for (let c = 0; c < CHECKED; c++) {
    const t = Math.round(((length - 1) * c) / (CHECKED - 1));
    const [h, column] = [c % heads, (5 * c) % headWidth];
    let [sum, total, largestScore, largestValue] = [0, 0, 0, 0];
    for (let u = 0; u <= t; u++) {
      let [score, size] = [0, 0];
      for (let d = 0; d < headWidth; d++) {
        const term = (at(0, t, h, d) * at(1, u, h, d)) / Math.sqrt(headWidth);
        score += term;
        size += Math.abs(term);
      }
      const [weight, value] = [Math.exp(score), at(2, u, h, column)];
      sum += weight * value;
      total += weight;
      largestScore = Math.max(largestScore, size);
      largestValue = Math.max(largestValue, Math.abs(value));
    }
    const error = Math.abs(out[(t * heads + h) * headWidth + column]! - sum / total);
    const units = 2 * (headWidth + 2) * largestScore + length + 16;
    expectWithin(units * largestValue, error, `Attention over ${length}`, [t, h, column]);
  }
}

/** @param units how often 2⁻²³, the rounding of 1 in float32, the error may be */
function expectWithin(units: number, error: number, what: string, place: number[]): void {
  if (!(error <= units * 2 ** -23)) throw new Error(`${what} is wrong by ${error} at ${place.join()}.`);
}

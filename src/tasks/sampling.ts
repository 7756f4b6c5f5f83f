/** Drawing from fixed discrete distributions, fast: the inner loop of every generator. */
import type { Random } from '../random.ts';

/** p(k) ∝ k^−exponent for rank k = 1..count, normalised; index 0 holds rank 1. */
export function powerLaw(count: number, exponent: number): Float64Array<ArrayBuffer> {
  return normalise(Float64Array.from({ length: count }, (_, i) => (i + 1) ** -exponent));
}

/** The same weights scaled to the sum 1. */
export function normalise(weights: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** Alias method: one draw costs two random words, however many outcomes. Vose, IEEE TSE 17(9), 1991. */
export class Categorical {
  /** Each of n equally likely columns holds its own outcome below the cut and its alias above. */
  private readonly cut: Float64Array;
  private readonly alias: Int32Array;

  constructor(probabilities: ArrayLike<number>) {
    const n = probabilities.length;
    this.cut = Float64Array.from(probabilities, (p) => p * n);
    this.alias = Int32Array.from({ length: n }, (_, i) => i);
    const small: number[] = [];
    const large: number[] = [];
    this.cut.forEach((height, i) => (height < 1 ? small : large).push(i));
    while (small.length > 0 && large.length > 0) {
      const low = small.pop()!;
      const high = large.pop()!;
      this.alias[low] = high;
      this.cut[high] = this.cut[high]! - (1 - this.cut[low]!);
      (this.cut[high] < 1 ? small : large).push(high);
    }
    // What is left differs from 1 by rounding only.
    for (const i of [...small, ...large]) this.cut[i] = 1;
  }

  draw(random: Random): number {
    const column = random.integer(this.cut.length);
    return random.uniform() < this.cut[column]! ? column : this.alias[column]!;
  }
}

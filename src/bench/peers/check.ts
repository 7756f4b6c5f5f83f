/** Numbers are compared before they are timed: a fast wrong answer is none. */
import type { Product } from './peer.ts';

const LOSS_TOLERANCE = 1e-3;
/** Of the sum of |a·b| over an inner product: float32 sums of 1000 terms are good to 1e-5 of it. */
const PRODUCT_TOLERANCE = 1e-5;
const SAMPLES = 200;

/** @throws Error when an engine's losses differ from those of the first by more than 1e-3 of them */
export function checkLosses(runs: readonly { engine: string; losses: readonly number[] }[]): void {
  const [ours, ...others] = runs;
  for (const { engine, losses } of others) {
    losses.forEach((loss, step) => {
      const expected = ours!.losses[step]!;
      if (!(Math.abs(loss - expected) <= LOSS_TOLERANCE * Math.abs(expected))) {
        throw new Error(`${engine} has loss ${loss} at step ${step}; ${ours!.engine} has ${expected}.`);
      }
    });
  }
}

/** @throws Error when a sample of A · B, all [n, n], is off from float64 */
export async function checkProduct(
  subject: Product,
  n: number,
  a: Float32Array,
  b: Float32Array,
): Promise<void> {
  const y = await subject.result();
  for (let i = 0; i < SAMPLES; i++) {
    const row = (i * 7919) % n;
    const column = (i * 104729) % n;
    let sum = 0;
    let size = 0;
    for (let k = 0; k < n; k++) {
      const term = a[row * n + k]! * b[k * n + column]!;
      sum += term;
      size += Math.abs(term);
    }
    const value = y[row * n + column]!;
    if (!(Math.abs(value - sum) <= PRODUCT_TOLERANCE * size)) {
      throw new Error(`${subject.engine}: the product's element ${row}, ${column} is ${value}, not ${sum}.`);
    }
  }
}

/** Batches by their definition: π of every epoch written out as a list, one after the other. */
import { hash } from '../../../src/random.ts';

/** Order in which an epoch visits the rows, from shaders/sample_batch.wgsl read as a cipher on a list of numbers. */
export function epochOrder(seed: number, epoch: number, rows: number): number[] {
  const bits = Math.max(6, Math.ceil(Math.log2(rows)));
  const low = 2 ** Math.ceil(bits / 2);
  const high = 2 ** bits / low;
  const encrypt = (x: number): number => {
    let [left, right] = [Math.floor(x / low), x % low];
    for (let round = 0; round < 8; round += 2) {
      left = ((left ^ hash(seed, 5, epoch, round, right)) >>> 0) % high;
      right = ((right ^ hash(seed, 5, epoch, round + 1, left)) >>> 0) % low;
    }
    return left * low + right;
  };
  return Array.from({ length: rows }, (_, position) => {
    let x = encrypt(position);
    while (x >= rows) x = encrypt(x);
    return x;
  });
}

/** Number of examples drawn before `step`, exact for any 32-bit step. */
export function exampleAt(step: number, batch: number, i: number, rows: number) {
  const g = BigInt(step) * BigInt(batch) + BigInt(i);
  return { epoch: Number((g / BigInt(rows)) % 2n ** 32n), position: Number(g % BigInt(rows)) };
}

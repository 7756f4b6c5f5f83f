/** Which rows of a pool a batch has: each epoch goes through all of them, in an order of its own. */
import { hash, pcg } from '../random.ts';

/**
 * The rows that `sampleBatch` draws at one step [batch], bit for bit.
 * @param seed word `seed` of the replica's state
 * @param rows of the pool
 */
export function batchRows(seed: number, step: number, batch: number, rows: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: batch }, (_, i) => {
    const g = step * batch + i;
    const position = g % rows;
    return permute(position, seed, (g - position) / rows, rows);
  });
}

/** Constants of shaders/permute.wgsl. */
export const FEISTEL = {
  /** at which small pools pass a χ² test of pairs of positions; four do not; even */
  FEISTEL_ROUNDS: 8,
  /** smaller domains mix badly, however many the rounds */
  FEISTEL_BITS: 6,
};
/** Apart from the streams of src/random.ts; shaders/random.wgsl has the same. */
const BATCH_STREAM = 5;

/** π of shaders/permute.wgsl: where position `position` of an epoch lies in the pool. */
function permute(position: number, seed: number, epoch: number, rows: number): number {
  const { FEISTEL_ROUNDS, FEISTEL_BITS } = FEISTEL;
  const bits = Math.max(FEISTEL_BITS, 32 - Math.clz32(rows - 1));
  const leftBits = bits >>> 1;
  const rightBits = bits - leftBits;
  const leftMask = 2 ** leftBits - 1;
  const rightMask = 2 ** rightBits - 1;
  const key = hash(seed, BATCH_STREAM, epoch);
  let x = position;
  do {
    let left = x >>> rightBits;
    let right = x & rightMask;
    for (let round = 0; round < FEISTEL_ROUNDS; round += 2) {
      left ^= pcg(pcg(key ^ round) ^ right) & leftMask;
      right ^= pcg(pcg(key ^ (round + 1)) ^ left) & rightMask;
    }
    x = ((left << rightBits) | right) >>> 0;
  } while (x >= rows);
  return x;
}

/** Which numbers a matrix product reads from memory, step by step: each of its threads for itself, or a tile for all of them. */

/**
 * How often each number of the left matrix was read after `steps` of the sum over k, in a product of two n × n matrices.
 * @param tile side of the square of results that share what they read; 1 where each thread reads for itself
 * @returns [n, n], row-major
 */
export function reads(n: number, tile: number, steps: number): number[] {
  const counts = new Array<number>(n * n).fill(0);
  for (let row = 0; row < n; row += tile) {
    for (let column = 0; column < n; column += tile) {
      // One group of threads: it goes over k, a tile at a time.
      for (let k = 0; k < steps; k++) {
        for (let r = row; r < Math.min(n, row + tile); r++) counts[r * n + k]!++;
      }
    }
  }
  return counts;
}

/** Reads of both matrices: the right one is read as the left one is, turned. */
export const loads = (n: number, tile: number, steps: number): number =>
  2 * reads(n, tile, steps).reduce((sum, count) => sum + count, 0);

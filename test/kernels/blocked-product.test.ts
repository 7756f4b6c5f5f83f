/** The product as the CPU device computes it, against its reference. */
import { describe, expect, it } from 'vitest';
import { blockedProduct } from '../../src/cpu/blocked-product.ts';
import { product } from '../../src/cpu/matmul.ts';
import { expectClose } from '../support/compare.ts';
import { normals } from '../support/run.ts';

describe('the blocked product', () => {
  it('is the plain one in every layout, on both sides of a block', () => {
    for (const m of [1, 3, 4, 5, 8]) {
      for (const n of [1, 2, 4, 7, 12]) {
        for (const k of [1, 6, 33]) {
          for (const [transposeA, transposeB] of [
            [false, false],
            [false, true],
            [true, false],
            [true, true],
          ] as const) {
            const [a, b] = [normals(m * k, 1), normals(k * n, 2)];
            const shape = { m, n, k, transposeA, transposeB };
            // What lies behind Y must stay.
            const [actual, expected] = [new Float32Array(m * n + 1).fill(7), new Float64Array(m * n)];
            blockedProduct(a, b, actual, shape);
            product(a, b, expected, shape);
            expectClose(actual.subarray(0, m * n), expected, 1e-6, JSON.stringify(shape));
            expect(actual[m * n]).toBe(7);
          }
        }
      }
    }
  });

  it('gives the same bits whatever was multiplied before', () => {
    const [a, b] = [normals(20 * 30, 1), normals(30 * 10, 2)];
    const results = [new Float32Array(200), new Float32Array(200)];
    for (const y of results) {
      blockedProduct(a, b, y, { m: 20, n: 10, k: 30 });
      blockedProduct(normals(70 * 90, 3), normals(90 * 50, 4), new Float32Array(3500), {
        m: 70,
        n: 50,
        k: 90,
      });
    }
    expect(results[1]).toEqual(results[0]);
  });

  it('lets NaN and ∞ through, to their rows and columns alone', () => {
    const a = Float32Array.of(1, NaN, 3, 4);
    const b = Float32Array.of(1, 0, 0, 1);
    const y = new Float32Array(4);
    blockedProduct(a, b, y, { m: 2, n: 2, k: 2 });
    expect([...y]).toEqual([NaN, NaN, 3, 4]);
  });
});

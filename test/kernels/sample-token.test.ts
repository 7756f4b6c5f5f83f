import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import { Program } from '../../src/gpu/program.ts';
import type { Tensor } from '../../src/gpu/tensor.ts';
import { sampleToken } from '../../src/kernels/sample-token.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import { advance } from '../../src/kernels/step.ts';
import { uniform } from '../../src/cpu/sample-token.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import * as oracle from '../support/oracles/sample-token.ts';
import { integers, normals, runOnce, tensorOf } from '../support/run.ts';
import { stridedOf } from '../support/strided.ts';

const EMPTY = -7;

function stateOf(device: Device, seeds: number[], step: number): Tensor {
  const words = new Int32Array(STATE_WORDS * seeds.length);
  seeds.forEach((seed, r) => {
    words[r * STATE_WORDS + STATE.step] = step;
    words[r * STATE_WORDS + STATE.seed] = seed;
  });
  return tensorOf(device, [STATE_WORDS], words, { replicas: seeds.length, integers: true });
}

/** Draws one token for each row of logits, all at position 0. */
async function drawOnce(device: Device, rows: number[][], temperature: number): Promise<number[]> {
  const tokens = tensorOf(device, [rows.length, 2], new Array<number>(2 * rows.length).fill(EMPTY), {
    integers: true,
  });
  const logits = tensorOf(device, [rows.length, 1, rows[0]!.length], rows.flat());
  await runOnce(device, [sampleToken({ logits, tokens, state: stateOf(device, [11], 0), temperature })]);
  return [...(await integers(device, tokens))].filter((_, i) => i % 2 === 1);
}

describe.each(DEVICES)('sampleToken, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('inverts the cumulative distribution of float64, position by position, for each replica', async () => {
    const seeds = [5, 0xfffffff0];
    for (const [b, t, length, v, temperature] of [
      [3, 4, 5, 1, 1],
      [4, 3, 3, 13, 0.7],
      [33, 2, 3, 64, 1],
      [33, 2, 4, 65, 1.5],
      [5, 3, 4, 131, 1],
    ] as const) {
      const values = seeds.map((_, r) => normals(b * t * v, r + 1, 2));
      const empty = seeds.map(() => new Int32Array(b * length).fill(EMPTY));
      const state = stateOf(device(), seeds, 0);
      const tokens = stridedOf(device(), [b, length], empty, { integers: true });
      const before = await integers(device(), tokens);
      const dispatches = [
        sampleToken({ logits: stridedOf(device(), [b, t, v], values), tokens, state, temperature }),
        advance({ state }),
      ];
      const program = await Program.build(device(), dispatches, [], { label: 'generation' });
      program.run(t + 3); // the last three have nothing to write
      program.destroy();
      const after = await integers(device(), tokens);
      seeds.forEach((seed, r) => {
        for (let row = 0; row < b; row++) {
          for (let p = 0; p < Math.min(t, length - 1); p++) {
            const at = r * tokens.stride + row * length + p + 1;
            const start = (row * t + p) * v;
            const logits = values[r]!.subarray(start, start + v);
            const u = uniform(seed, row, p);
            const isDraw = oracle.isDraw(logits, temperature, after[at]!, u, 1e-6);
            expect(isDraw, `V ${v}, row ${row}, ${p}`).toBe(true);
            after[at] = EMPTY;
          }
        }
      });
      expect(after).toEqual(before);
    }
  });

  it('draws classes as often as they are probable (χ²)', async () => {
    const row = [...normals(20, 1)];
    const rows = Array.from({ length: 5000 }, () => row);
    for (const temperature of [1, 0.5]) {
      const counts = new Array<number>(row.length).fill(0);
      for (const token of await drawOnce(device(), rows, temperature)) counts[token]!++;
      const probabilities = oracle.softmax(row, temperature);
      const expected = [...probabilities].map((p) => p * rows.length);
      const chiSquared = counts.reduce((sum, n, k) => sum + (n - expected[k]!) ** 2 / expected[k]!, 0);
      expect(chiSquared).toBeLessThan(19 + 4 * Math.sqrt(2 * 19)); // mean and 4 standard deviations
    }
  });

  it('takes the first of the largest logits at temperature 0', async () => {
    for (const v of [5, 200]) {
      const rows = [0, 1, 2, 3].map((k) => [...normals(v, k + 1)]);
      rows[1]![3] = rows[1]![4] = 9;
      rows[2]!.fill(0.5);
      rows[3]![v - 1] = 9;
      const expected = rows.map((row) => row.indexOf(Math.max(...row)));
      expect(expected.slice(1)).toEqual([3, 0, v - 1]);
      expect(await drawOnce(device(), rows, 0)).toEqual(expected);
    }
  });

  it('never draws −∞, and gives −1 where there is no distribution', async () => {
    const v = 70;
    const masked = new Array<number>(v).fill(-Infinity);
    const onlyAt = (k: number, x: number): number[] => masked.map((old, i) => (i === k ? x : old));
    const withAt = (k: number, x: number): number[] =>
      [...normals(v, 1)].map((old, i) => (i === k ? x : old));
    const rows = [
      onlyAt(0, -1e4),
      onlyAt(69, 3e38),
      onlyAt(41, 0),
      masked,
      withAt(0, NaN),
      withAt(69, NaN),
      withAt(7, Infinity),
      withAt(7, -Infinity),
    ];
    for (const temperature of [1, 0, 1e-6]) {
      const drawn = await drawOnce(device(), rows, temperature);
      expect(drawn.slice(0, 7)).toEqual([0, 69, 41, -1, -1, -1, -1]);
      expect(drawn[7]).toBeGreaterThanOrEqual(0);
    }
  });

  it('keeps the order of the logits when they are huge', async () => {
    const rows = Array.from({ length: 50 }, () => [1e5, 1e5 + 1, -3e38, 1e5]);
    const drawn = await drawOnce(device(), rows, 1);
    const counts = [0, 1, 2, 3].map((k) => drawn.filter((token) => token === k).length);
    expect(counts[2]).toBe(0);
    expect(counts[1]).toBeGreaterThan(counts[0]!);
    expect(counts[0]! + counts[1]! + counts[3]!).toBe(50);
  });

  it('refuses temperatures below 0 and shapes that do not fit', () => {
    const state = stateOf(device(), [1], 0);
    const tokens = tensorOf(device(), [4, 3], new Array<number>(12).fill(0), { integers: true });
    const logits = tensorOf(device(), [4, 2, 5], new Array<number>(40).fill(0));
    for (const temperature of [-1, NaN, Infinity]) {
      expect(() => sampleToken({ logits, tokens, state, temperature })).toThrow('must be 0 or');
    }
    const other = { ...logits, shape: [3, 2, 5] };
    expect(() => sampleToken({ logits: other, tokens, state, temperature: 1 })).toThrow('do not fit');
  });
});

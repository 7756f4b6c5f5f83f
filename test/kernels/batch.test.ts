import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import { Program } from '../../src/gpu/program.ts';
import { upload, type Tensor } from '../../src/gpu/tensor.ts';
import { loadRows, sampleBatch } from '../../src/kernels/batch.ts';
import { batchRows } from '../../src/kernels/permutation.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import { advance } from '../../src/kernels/step.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { floats, integers, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { stridedOf } from '../support/strided.ts';

/** State with one seed per replica. */
function stateOf(device: Device, seeds: number[], step = 0): Tensor {
  const words = seeds.flatMap((seed) => {
    const state = new Int32Array(STATE_WORDS);
    state[STATE.step] = step;
    state[STATE.seed] = seed;
    return [...state];
  });
  return tensorOf(device, [STATE_WORDS], words, { replicas: seeds.length, integers: true });
}

/** Order in which an epoch visits the rows. */
const epochOrder = (seed: number, epoch: number, rows: number): number[] => [
  ...batchRows(seed, epoch, rows, rows),
];

/** Where the batch's example i lies, exact for any 32-bit step. */
function exampleAt(step: number, batch: number, i: number, rows: number) {
  const g = BigInt(step) * BigInt(batch) + BigInt(i);
  return { epoch: Number((g / BigInt(rows)) % 2n ** 32n), position: Number(g % BigInt(rows)) };
}

const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** (χ² − degrees of freedom) / its standard deviation, for counts that should all be equal. */
function excess(counts: number[]): number {
  const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  const chiSquared = counts.reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0);
  return (chiSquared - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

describe('batchRows', () => {
  it('visits every row once per epoch', () => {
    for (const rows of [1, 2, 3, 63, 64, 65, 1000]) {
      for (const epoch of [0, 1, 7]) {
        expect(sorted(epochOrder(12345, epoch, rows))).toEqual(range(rows));
      }
    }
  });

  it('has another order for each epoch and seed', () => {
    const orders = new Set(range(50).map((k) => batchRows(k >> 3, k & 7, 100, 100).join()));
    expect(orders.size).toBe(50);
  });

  it('batches run on across the end of an epoch', () => {
    const [rows, batch, seed] = [10, 4, 3];
    const drawn = range(5).flatMap((step) => [...batchRows(seed, step, batch, rows)]);
    expect(drawn).toEqual([...epochOrder(seed, 0, rows), ...epochOrder(seed, 1, rows)]);
    expect(batchRows(seed, 0, 25, rows).subarray(20)).toEqual(batchRows(seed, 4, 5, rows));
  });

  it('goes on alike at any step', () => {
    const [rows, batch, seed] = [1000, 4096, 0xfffffff0];
    for (const step of [2 ** 20, 2 ** 31 + 5, 2 ** 32 - 1]) {
      const actual = batchRows(seed, step, batch, rows);
      for (const i of [0, 999, 4095]) {
        const { epoch, position } = exampleAt(step, batch, i, rows);
        expect(actual[i]).toBe(epochOrder(seed, epoch, rows)[position]);
      }
    }
  });

  // Counts beyond 4 standard deviations would come up once in some 10,000 seeds; here the seeds are fixed.
  it('makes every order of a few rows equally likely (χ²)', () => {
    for (const rows of [2, 3, 4, 5]) {
      const counts = new Map<string, number>();
      const orders = [1, 2, 6, 24, 120][rows - 1]!;
      for (let k = 0; k < orders * 100; k++) {
        const order = batchRows(k % 7, Math.floor(k / 7), rows, rows).join();
        counts.set(order, (counts.get(order) ?? 0) + 1);
      }
      expect(counts.size).toBe(orders);
      expect(excess([...counts.values()]), `${rows} rows`).toBeLessThan(4);
    }
  });

  it('makes every pair of rows equally likely at two positions (χ²)', () => {
    for (const rows of [16, 37, 64]) {
      for (const apart of [1, rows / 2]) {
        const counts = new Array<number>(rows * rows).fill(0);
        for (let k = 0; k < rows * rows * 40; k++) {
          const [first, second] = [0, Math.floor(apart)].map((position) => {
            const row = batchRows(k % 7, Math.floor(k / 7) * rows + position, 1, rows);
            return row[0]!;
          });
          counts[first! * rows + second!]!++;
        }
        const pairs = counts.filter((_, i) => Math.floor(i / rows) !== i % rows);
        expect(excess(pairs), `${rows} rows, ${apart} apart`).toBeLessThan(4);
      }
    }
  });
});

describe.each(DEVICES)('sampleBatch, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('draws the rows of batchRows, epoch after epoch, for each replica', async () => {
    const seeds = [7, 0xfffffff0];
    for (const [rows, batch, width, steps] of [
      [1, 3, 1, 2],
      [2, 1, 1, 4],
      [63, 10, 3, 13],
      [63, 10, 8, 13],
      [64, 64, 2, 2],
      [1000, 37, 1, 28],
    ] as const) {
      const values = range(rows * width);
      const state = stateOf(device(), seeds);
      const batchInputs = outputOf(device(), [batch, width], { replicas: 2 });
      const batchTargets = outputOf(device(), [batch, 1], { replicas: 2 });
      const program = await Program.build(
        device(),
        [
          sampleBatch({
            inputs: tensorOf(device(), [rows, width], values, { integers: true }),
            targets: tensorOf(
              device(),
              [rows, 1],
              range(rows).map((row) => -row),
            ),
            state,
            batchInputs,
            batchTargets,
          }),
          advance({ state }),
        ],
        [],
        { label: 'batches' },
      );
      for (let step = 0; step < steps; step++) {
        program.run();
        const inputs = await integers(device(), batchInputs);
        const targets = await floats(device(), batchTargets);
        const drawn = seeds.flatMap((seed) => [...batchRows(seed, step, batch, rows)]);
        expect([...inputs]).toEqual(drawn.flatMap((row) => range(width).map((c) => row * width + c)));
        expect([...targets]).toEqual(drawn.map((row) => -row));
      }
      program.destroy();
    }
  });

  it('counts the targets that are scored, for each replica, if asked to', async () => {
    const [rows, batch, width] = [1001, 129, 3];
    const targets = range(rows * width).map((i) => (i % 3 === 0 ? -1 : i % 7));
    const pool = tensorOf(device(), [rows, width], targets, { integers: true });
    for (const counts of [true, false]) {
      const state = stateOf(device(), [3, 9]);
      const batchTargets = outputOf(device(), [batch, width], { replicas: 2 });
      const batchInputs = outputOf(device(), [batch, width], { replicas: 2 });
      await runOnce(device(), [
        sampleBatch({ inputs: pool, targets: pool, state, batchInputs, batchTargets, counts }),
      ]);
      const words = await integers(device(), state);
      const drawn = await integers(device(), batchTargets);
      for (const r of [0, 1]) {
        const own = [...drawn].slice(r * batch * width, (r + 1) * batch * width);
        const expected = counts ? own.filter((target) => target >= 0).length : 0;
        expect(words[r * STATE_WORDS + STATE.count]).toBe(expected);
      }
    }
  });

  it('draws from as many rows as a replica has of its own', async () => {
    const [seeds, own, rows, batch] = [[7, 8, 9], [63, 20, 1], 63, 10];
    const state = stateOf(device(), seeds);
    own.forEach((count, r) =>
      upload(device(), state.storage, Uint32Array.of(count), r * STATE_WORDS + STATE.rows),
    );
    const batchInputs = outputOf(device(), [batch, 1], { replicas: 3 });
    const batchTargets = outputOf(device(), [batch, 1], { replicas: 3 });
    const inputs = tensorOf(device(), [rows, 1], range(rows), { integers: true });
    const targets = tensorOf(device(), [rows, 1], range(rows));
    const program = await Program.build(
      device(),
      [sampleBatch({ inputs, targets, state, batchInputs, batchTargets, ownRows: true }), advance({ state })],
      [],
      { label: 'batches' },
    );
    for (let step = 0; step < 13; step++) {
      program.run();
      const expected = own.flatMap((count, r) => [...batchRows(seeds[r]!, step, batch, count)]);
      expect([...(await integers(device(), batchInputs))]).toEqual(expected);
    }
  });

  it('agrees with batchRows at steps whose number of examples exceeds 32 bits', async () => {
    const [rows, batch, seed] = [1000, 300, 5];
    const state = stateOf(device(), [seed]);
    const batchInputs = outputOf(device(), [batch, 1]);
    const batchTargets = outputOf(device(), [batch, 1]);
    const pool = tensorOf(device(), [rows, 1], range(rows), { integers: true });
    const dispatch = sampleBatch({ inputs: pool, targets: pool, state, batchInputs, batchTargets });
    const program = await Program.build(device(), [dispatch], [], { label: 'late batches' });
    for (const step of [2 ** 24 + 1, 2 ** 31 + 5, 2 ** 32 - 1]) {
      upload(device(), state.storage, Uint32Array.of(step));
      program.run();
      const drawn = batchRows(seed, step, batch, rows);
      expect([...(await integers(device(), batchInputs))], `step ${step}`).toEqual([...drawn]);
    }
    program.destroy();
  });

  it('takes each replica from its own pool, or all rows in order, and leaves gaps alone', async () => {
    const [rows, batch, replicas] = [5, 7, 3];
    const state = stateOf(device(), [1, 1, 2], 2);
    const pools = range(replicas).map((r) => range(rows).map((row) => 100 * r + row));
    const pool = stridedOf(device(), [rows, 1], pools, { integers: true });
    for (const inOrder of [false, true]) {
      const poison = range(replicas).map(() => range(batch).map(() => -9));
      const batchInputs = stridedOf(device(), [batch, 1], poison, { integers: true });
      const batchTargets = stridedOf(device(), [batch, 1], poison, { integers: true });
      const before = await integers(device(), batchInputs);
      await runOnce(device(), [
        sampleBatch({ inputs: pool, targets: pool, state, batchInputs, batchTargets, inOrder }),
      ]);
      [1, 1, 2].forEach((seed, r) => {
        const drawn = inOrder
          ? range(batch).map((i) => (2 * batch + i) % rows)
          : batchRows(seed, 2, batch, rows);
        before.set(
          [...drawn].map((row) => 100 * r + row),
          r * batchInputs.stride,
        );
      });
      expect(await integers(device(), batchInputs)).toEqual(before);
      expect(await integers(device(), batchTargets)).toEqual(before);
    }
  });

  it('refuses widths that differ and products that overflow', () => {
    const tensor = (...shape: number[]): Tensor => outputOf(device(), shape);
    const common = { state: stateOf(device(), [1]), batchInputs: tensor(4, 2), batchTargets: tensor(4, 1) };
    expect(() => sampleBatch({ ...common, inputs: tensor(8, 3), targets: tensor(8, 1) })).toThrow(
      'pools [8, 3] and [8, 1] do not give batches [4, 2] and [4, 1]',
    );
    const large = (width: number): Tensor => ({ ...tensor(1), shape: [2 ** 30, width] });
    expect(() => sampleBatch({ ...common, inputs: large(2), targets: large(1) })).toThrow('too many');
  });
});

describe.each(DEVICES)('loadRows, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('takes rows in order and marks what lies beyond the last', async () => {
    const [rows, batch, width] = [10, 4, 3];
    for (const integerTargets of [true, false]) {
      const state = stateOf(device(), [1, 1]);
      const batchInputs = outputOf(device(), [batch, width], { replicas: 2 });
      const batchTargets = outputOf(device(), [batch, 1], { replicas: 2 });
      const targets = range(rows).map((row) => 50 + row);
      const program = await Program.build(
        device(),
        [
          loadRows({
            inputs: tensorOf(device(), [rows, width], range(rows * width), { integers: true }),
            targets: tensorOf(device(), [rows, 1], targets, { integers: integerTargets }),
            state,
            batchInputs,
            batchTargets,
            integerTargets,
          }),
          advance({ state }),
        ],
        [],
        { label: 'evaluation' },
      );
      for (let step = 0; step < 5; step++) {
        program.run();
        const taken = range(batch).map((i) => step * batch + i);
        const inputs = taken.flatMap((row) => range(width).map((c) => Math.min(row, rows - 1) * width + c));
        expect([...(await integers(device(), batchInputs))]).toEqual([...inputs, ...inputs]);
        const expected = taken.map((row) => targets[row] ?? (integerTargets ? -1 : targets[rows - 1]));
        const actual = await (integerTargets ? integers : floats)(device(), batchTargets);
        expect([...actual]).toEqual([...expected, ...expected]);
      }
      program.destroy();
    }
  });
});

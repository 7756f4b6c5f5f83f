import { describe, expect, it } from 'vitest';
import { layernorm, layernormBackward, layernormBackwardParameters } from '../../src/kernels/layernorm.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { dot, gradientByDifferences } from '../support/differences.ts';
import * as oracle from '../support/oracles/layernorm.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { replicasOf, stridedOf, stridedOutput } from '../support/strided.ts';
import fixture from '../fixtures/layernorm.json' with { type: 'json' };

const TOLERANCE = 2e-6;

/** Rows on both sides of 4 and 32, C on both sides of 8 and 16. (At C = 2, dx is all but 0 and float32 has no digit of it.) Each shared and serial. */
const shapes = [
  { replicas: 1, rows: 1, columns: 3 },
  { replicas: 3, rows: 33, columns: 17 },
  { replicas: 2, rows: 70, columns: 31 },
  { replicas: 1, rows: 8, columns: 256 },
].flatMap((shape) => [shape, { ...shape, serial: true }]);

describe.each(DEVICES)('layernorm, on the %s', (kind) => {
  const device = useDevice({ kind });

  it.each(shapes)('agrees with float64 for R, rows, C = %o', async ({ replicas, rows, columns, ...how }) => {
    const each = Array.from({ length: replicas }, (_, r) => ({
      x: normals(rows * columns, 10 * r, 3).map((value) => value + 5),
      gain: normals(columns, 10 * r + 1),
      bias: normals(columns, 10 * r + 2),
      dy: normals(rows * columns, 10 * r + 3),
      before: normals(rows * columns, 10 * r + 4),
    }));
    const input = (shape: number[], name: keyof (typeof each)[number]) =>
      stridedOf(
        device(),
        shape,
        each.map((replica) => replica[name]),
      );
    const x = input([rows, columns], 'x');
    const dy = input([rows, columns], 'dy');
    const gain = input([columns], 'gain');
    const bias = input([columns], 'bias');
    const y = stridedOutput(device(), [rows, columns], replicas);
    const stats = stridedOutput(device(), [rows, 2], replicas);
    const dx = stridedOutput(device(), [rows, columns], replicas);
    const dxAdded = input([rows, columns], 'before');
    // dgain and dbias in one arena, apart.
    const biasOffset = Math.ceil(columns / 64) * 64;
    const arena = outputOf(device(), [2 * biasOffset], { replicas });
    const dgain = { ...arena, shape: [columns] };
    const dbias = { ...dgain, offset: biasOffset };
    await runOnce(device(), [
      layernorm({ x, gain, bias, y, stats, ...how }),
      layernormBackward({ dy, x, stats, gain, dx, ...how }),
      layernormBackward({ dy, x, stats, gain, dx: dxAdded, accumulate: true, ...how }),
      layernormBackwardParameters({ dy, x, stats, dgain, dbias, ...how }),
    ]);
    const once = await floats(device(), arena);
    await runOnce(device(), [
      layernormBackwardParameters({ dy, x, stats, dgain, dbias, accumulate: true, ...how }),
    ]);
    const twice = await floats(device(), arena);

    for (const [r, replica] of each.entries()) {
      const forward = oracle.layernorm(replica.x, replica.gain, replica.bias);
      const backward = oracle.layernormBackward(replica.dy, replica.x, replica.gain);
      expectClose((await replicasOf(device(), y))[r]!, forward.y, TOLERANCE, 'y');
      expectClose((await replicasOf(device(), stats))[r]!, forward.stats, TOLERANCE, 'stats');
      expectClose((await replicasOf(device(), dx))[r]!, backward.dx, TOLERANCE, 'dx');
      const added = backward.dx.map((value, i) => value + replica.before[i]!);
      expectClose((await replicasOf(device(), dxAdded))[r]!, added, TOLERANCE, 'dx +=');
      for (const [name, expected, at] of [
        ['dgain', backward.dgain, r * arena.stride],
        ['dbias', backward.dbias, r * arena.stride + biasOffset],
      ] as const) {
        expectClose(once.subarray(at, at + columns), expected, TOLERANCE, name);
        const doubled = expected.map((value) => 2 * value);
        expectClose(twice.subarray(at, at + columns), doubled, TOLERANCE, `${name} +=`);
        expect(once.subarray(at + columns, at + biasOffset).every(Number.isNaN)).toBe(true);
      }
    }
  });

  it('agrees with PyTorch', async () => {
    const { rows, width, epsilon } = fixture.config;
    const x = tensorOf(device(), [rows, width], fixture.x.values);
    const dy = tensorOf(device(), [rows, width], fixture.dy.values);
    const gain = tensorOf(device(), [width], fixture.gain.values);
    const bias = tensorOf(device(), [width], fixture.bias.values);
    const y = outputOf(device(), [rows, width]);
    const stats = outputOf(device(), [rows, 2]);
    const dx = outputOf(device(), [rows, width]);
    const arena = outputOf(device(), [128]);
    const dgain = { ...arena, shape: [width] };
    const dbias = { ...dgain, offset: 64 };
    await runOnce(device(), [
      layernorm({ x, gain, bias, y, stats, epsilon }),
      layernormBackward({ dy, x, stats, gain, dx, accumulate: false }),
      layernormBackwardParameters({ dy, x, stats, dgain, dbias, accumulate: false }),
    ]);
    // Row 2 has its mean near 50, which costs digits: the tolerance is wider than elsewhere.
    expectClose(await floats(device(), y), fixture.y.values, 1e-5, 'y');
    expectClose(await floats(device(), dx), fixture.dx.values, 1e-5, 'dx');
    const gradients = await floats(device(), arena);
    expectClose(gradients.subarray(0, width), fixture.dgain.values, 1e-5, 'dgain');
    expectClose(gradients.subarray(64, 64 + width), fixture.dbias.values, 1e-5, 'dbias');
  });

  it('gives no finite value to a row that holds NaN', async () => {
    const x = tensorOf(device(), [2, 3], [1, NaN, 3, 4, 5, 6]);
    const ones = tensorOf(device(), [3], [1, 1, 1]);
    const y = outputOf(device(), [2, 3]);
    await runOnce(device(), [layernorm({ x, gain: ones, bias: ones, y, stats: outputOf(device(), [2, 2]) })]);
    const values = await floats(device(), y);
    expect([...values].map(Number.isFinite)).toEqual([false, false, false, true, true, true]);
  });

  it('has an oracle whose gradients agree with finite differences', () => {
    const [rows, columns] = [3, 5];
    const x = normals(rows * columns, 1);
    const gain = normals(columns, 2);
    const bias = normals(columns, 3);
    const dy = normals(rows * columns, 4);
    const analytic = oracle.layernormBackward(dy, x, gain);
    const loss = (at: { x?: Float64Array; gain?: Float64Array; bias?: Float64Array }) =>
      dot(oracle.layernorm(at.x ?? x, at.gain ?? gain, at.bias ?? bias).y, dy);
    const numeric = {
      dx: gradientByDifferences((at) => loss({ x: at }), x),
      dgain: gradientByDifferences((at) => loss({ gain: at }), gain),
      dbias: gradientByDifferences((at) => loss({ bias: at }), bias),
    };
    expectClose(analytic.dx, numeric.dx, 1e-8, 'dx');
    expectClose(analytic.dgain, numeric.dgain, 1e-8, 'dgain');
    expectClose(analytic.dbias, numeric.dbias, 1e-8, 'dbias');
  });

  it('refuses shapes that do not fit', () => {
    const x = outputOf(device(), [2, 3], { label: 'x' });
    expect(() => layernorm({ x, gain: x, bias: x, y: x, stats: x })).toThrow(
      'layernorm: x [2, 3] should have 3 elements.',
    );
  });
});

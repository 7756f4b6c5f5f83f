import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, keepsInput } from '../../src/kernels/activation.ts';
import { activationBackward, activationForward } from '../../src/kernels/elementwise.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { gradientByDifferences } from '../support/differences.ts';
import { activations } from '../support/oracles/activation.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { replicasOf, stridedOf, stridedOutput } from '../support/strided.ts';
import fixture from '../fixtures/gelu.json' with { type: 'json' };

const TOLERANCE = 2e-6;

describe.each(DEVICES)('activation, on the %s', (kind) => {
  const device = useDevice({ kind });

  it.each(ACTIVATIONS)('%s agrees with float64, forward and backward', async (activation) => {
    // Both sides of the 1024 elements of a workgroup and of the 256 of its threads.
    for (const [elements, replicas] of [
      [1, 1],
      [1025 + 257, 3],
    ] as const) {
      const each = Array.from({ length: replicas }, (_, r) => ({
        x: normals(elements, 2 * r, 2),
        dy: normals(elements, 2 * r + 1),
      }));
      const x = stridedOf(
        device(),
        [elements],
        each.map((replica) => replica.x),
      );
      const dy = stridedOf(
        device(),
        [elements],
        each.map((replica) => replica.dy),
      );
      const y = stridedOutput(device(), [elements], replicas);
      await runOnce(device(), [
        activationForward({ x, y, activation }),
        activationBackward({ dy, kept: keepsInput(activation) ? x : y, activation }),
      ]);
      const { value, derivative } = activations[activation];
      for (const [r, replica] of each.entries()) {
        const wanted = Float64Array.from(replica.x, value);
        const gradient = Float64Array.from(replica.x, (at, i) => derivative(at) * replica.dy[i]!);
        expectClose((await replicasOf(device(), y))[r]!, wanted, TOLERANCE, 'y');
        expectClose((await replicasOf(device(), dy))[r]!, gradient, TOLERANCE, 'dx');
      }
    }
  });

  it('gelu agrees with PyTorch', async () => {
    const { shape, values } = fixture.x;
    const x = tensorOf(device(), shape, values);
    const y = outputOf(device(), shape);
    const dy = tensorOf(device(), shape, fixture.dy.values);
    await runOnce(device(), [
      activationForward({ x, y, activation: 'gelu' }),
      activationBackward({ dy, kept: x, activation: 'gelu' }),
    ]);
    expectClose(await floats(device(), y), fixture.y.values, TOLERANCE, 'y');
    expectClose(await floats(device(), dy), fixture.derivative.values, TOLERANCE, 'derivative');
  });

  it.each(ACTIVATIONS)('%s lets NaN through and keeps large values finite', async (activation) => {
    const x = tensorOf(device(), [3], [NaN, 1e4, -1e4]);
    const dy = tensorOf(device(), [3], [1, 1, 1]);
    const y = outputOf(device(), [3]);
    await runOnce(device(), [
      activationForward({ x, y, activation }),
      activationBackward({ dy, kept: keepsInput(activation) ? x : y, activation }),
    ]);
    const { value, derivative } = activations[activation];
    // The forward pass shows NaN; the backward pass need not again.
    const signless = (values: Float32Array) => [...values].map((v) => v + 0);
    expect(signless(await floats(device(), y))).toEqual([NaN, value(1e4), value(-1e4) + 0]);
    const gradient = await floats(device(), dy);
    expect(signless(gradient.subarray(1))).toEqual([derivative(1e4), derivative(-1e4) + 0]);
  });

  it('has derivatives that agree with finite differences', () => {
    const x = normals(50, 1, 2);
    for (const activation of ACTIVATIONS) {
      const { value, derivative } = activations[activation];
      const numeric = gradientByDifferences((at) => at.reduce((sum, v) => sum + value(v), 0), x);
      expectClose(Float64Array.from(x, derivative), numeric, 1e-8, activation);
    }
  });
});

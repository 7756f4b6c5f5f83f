/** Two products that can be done side by side. */
import { expect } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import { LEAST } from '../../src/gpu/grants.ts';
import { fuseHorizontally } from '../../src/gpu/horizontal-fusion.ts';
import { align } from '../../src/gpu/tensor.ts';
import { matmul, type MatmulVariant } from '../../src/kernels/matmul.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';

const R = 2;
const tensor = (device: Device, rows: number, columns: number, seed: number) =>
  tensorOf(device, [rows, columns], normals(R * rows * columns, seed), { replicas: R });
const output = (device: Device, rows: number, columns: number) =>
  outputOf(device, [rows, columns], { replicas: R });

/** dX and dW of a linear layer, with everything that their epilogues can fuse. */
export function linearBackward(device: Device, variant: MatmulVariant) {
  const dy = tensor(device, 40, 36, 1);
  const [x, weight, kept] = [tensor(device, 40, 52, 2), tensor(device, 36, 52, 3), tensor(device, 40, 52, 4)];
  const dx = output(device, 40, 52);
  const gradients = outputOf(device, [align(36 * 52) + 36], { replicas: R });
  const dweight = { ...gradients, shape: [36, 52] };
  const dbias = { ...gradients, shape: [36], offset: align(36 * 52) };
  const dispatches = [
    matmul({ a: dy, b: x, y: dweight, transposeA: true, dbias, variant }),
    matmul({ a: dy, b: weight, y: dx, derivative: { activation: 'gelu', kept }, variant }),
  ];
  return { dispatches, dx, gradients };
}

/** In one dispatch they give the bits that they give in two. */
export async function checkLinearBackward(
  device: Device,
  variant: MatmulVariant,
  mixed: boolean,
): Promise<void> {
  const { dispatches, dx, gradients } = linearBackward(device, variant);
  const [both, ...others] = fuseHorizontally(dispatches, { mixed, grants: LEAST });
  expect(others).toEqual([]);
  expect(both!.parts).toEqual(dispatches);
  expect(both!.flops).toBe(dispatches[0]!.flops + dispatches[1]!.flops);
  // dy is bound once, and what is unused not at all.
  expect(both!.bindings.map(({ tensor }) => tensor?.storage.label).length).toBe(6);
  await runOnce(device, [both!]);
  const together = [await floats(device, dx), await floats(device, gradients)];
  expect(together[0]!.every(Number.isFinite)).toBe(true);

  for (const dispatch of dispatches) await runOnce(device, [dispatch]);
  expect(await floats(device, dx)).toEqual(together[0]);
  expect(await floats(device, gradients)).toEqual(together[1]);
}

/** What variants of the product do along with it: bias, activation, residual, scale, sums of gradients, normalised rows. */
import { expect, it } from 'vitest';
import { ACTIVATIONS, keepsInput } from '../../src/kernels/activation.ts';
import { runsOn } from '../../src/kernels/choice.ts';
import { EPSILON, layernorm } from '../../src/kernels/layernorm.ts';
import { matmul, normalises, type MatmulVariant } from '../../src/kernels/matmul.ts';
import type { Device } from '../../src/gpu/device.ts';
import type { Tensor } from '../../src/gpu/tensor.ts';
import { expectClose } from '../support/compare.ts';
import { activations } from '../support/oracles/activation.ts';
import * as oracle from '../support/oracles/matmul.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { BEYOND, type Size, some, TOLERANCE } from './product-cases.ts';

export function fusedProductTests(device: () => Device, fusing: readonly MatmulVariant[]): void {
  const runs = (variant: MatmulVariant): boolean => runsOn(device(), variant);

  it.for(fusing)(
    '%s fuses bias, activation and residual, and keeps the activation input',
    async (variant, { skip }) => {
      skip(!runs(variant), BEYOND);
      for (const activation of variant === 'register' ? ACTIVATIONS : (['gelu'] as const)) {
        // Rows of any length, and multiples of 4; the activations are the same for both.
        const sizes: readonly Size[] = [
          [33, 20, 12],
          [7, 13, 5],
        ];
        for (const [m, n, k] of activation === 'gelu' ? some(variant, sizes) : sizes.slice(0, 1)) {
          const [a, b, bias, residual] = [
            normals(m * k, 1),
            normals(k * n, 2),
            normals(n, 3),
            normals(m * n, 4),
          ];
          const y = outputOf(device(), [m, n]);
          const kept = outputOf(device(), [m, n]);
          await runOnce(device(), [
            matmul({
              a: tensorOf(device(), [m, k], a),
              b: tensorOf(device(), [n, k], b),
              y,
              transposeB: true,
              bias: tensorOf(device(), [n], bias),
              activation,
              keepInput: kept,
              residual: tensorOf(device(), [m, n], residual),
              variant,
            }),
          ]);
          const input = oracle.matmul(a, b, { m, n, k, transposeB: true }).map((x, i) => x + bias[i % n]!);
          const output = input.map((x, i) => activations[activation].value(x) + residual[i]!);
          expectClose(await floats(device(), kept), input, TOLERANCE, `${activation} input`);
          expectClose(await floats(device(), y), output, TOLERANCE, `${activation} output`);
        }
      }
    },
  );

  it.for(fusing)('%s scales the product and what is added', async (variant, { skip }) => {
    skip(!runs(variant), BEYOND);
    const sizes: readonly Size[] = [
      [20, 12, 16],
      [7, 13, 5],
      [3, 9, 6],
    ];
    for (const [m, n, k] of some(variant, sizes)) {
      const [a, b, residual] = [normals(m * k, 1), normals(k * n, 2), normals(m * n, 4)];
      const y = outputOf(device(), [m, n]);
      await runOnce(device(), [
        matmul({
          a: tensorOf(device(), [m, k], a),
          b: tensorOf(device(), [k, n], b),
          y,
          residual: tensorOf(device(), [m, n], residual),
          scale: 2.0315,
          residualScale: -4.775,
          variant,
        }),
      ]);
      const product = oracle.matmul(a, b, { m, n, k });
      const expected = product.map((p, i) => 2.0315 * p - 4.775 * residual[i]!);
      expectClose(await floats(device(), y), expected, TOLERANCE, `${m}×${n}×${k}`);
    }
  });

  it.for(fusing)(
    '%s multiplies by the derivative of an activation and accumulates',
    async (variant, { skip }) => {
      skip(!runs(variant), BEYOND);
      const [m, n, k] = [34, 12, 8];
      for (const activation of variant === 'register' ? ACTIVATIONS.slice(1) : (['gelu'] as const)) {
        const [a, b, x, before] = [
          normals(m * k, 1),
          normals(k * n, 2),
          normals(m * n, 3, 2),
          normals(m * n, 4),
        ];
        const { value, derivative } = activations[activation];
        const y = tensorOf(device(), [m, n], before);
        const kept = keepsInput(activation) ? x : x.map(value);
        await runOnce(device(), [
          matmul({
            a: tensorOf(device(), [m, k], a),
            b: tensorOf(device(), [k, n], b),
            y,
            derivative: { activation, kept: tensorOf(device(), [m, n], kept) },
            accumulate: true,
            variant,
          }),
        ]);
        const product = oracle.matmul(a, b, { m, n, k });
        const expected = product.map((p, i) => before[i]! + p * derivative(x[i]!));
        expectClose(await floats(device(), y), expected, TOLERANCE, activation);
      }
    },
  );

  it.for(fusing)(
    '%s writes the bias gradient behind the weight gradient, for each replica',
    async (variant, { skip }) => {
      skip(!runs(variant), BEYOND);
      const sizes: readonly Size[] = [
        [40, 68, 100],
        [12, 8, 37],
        [5, 3, 11],
      ];
      for (const [out, width, rows] of some(variant, sizes)) {
        const replicas = 3;
        const dy = normals(replicas * rows * out, 1);
        const x = normals(replicas * rows * width, 2);
        const biasOffset = Math.ceil((out * width) / 64) * 64;
        const stride = biasOffset + Math.ceil(out / 64) * 64;
        const arena = outputOf(device(), [stride], { replicas });
        const view = { storage: arena.storage, replicas, stride };
        await runOnce(device(), [
          matmul({
            a: tensorOf(device(), [rows, out], dy, { replicas }),
            b: tensorOf(device(), [rows, width], x, { replicas }),
            y: { ...view, offset: 0, shape: [out, width] },
            dbias: { ...view, offset: biasOffset, shape: [out] },
            transposeA: true,
            variant,
          }),
        ]);
        const gradients = await floats(device(), arena);
        for (let r = 0; r < replicas; r++) {
          const dyOfR = dy.subarray(r * rows * out, (r + 1) * rows * out);
          const xOfR = x.subarray(r * rows * width, (r + 1) * rows * width);
          const dw = oracle.matmul(dyOfR, xOfR, { m: out, n: width, k: rows, transposeA: true });
          const db = oracle.matmul(dyOfR, new Float32Array(rows).fill(1), {
            m: out,
            n: 1,
            k: rows,
            transposeA: true,
          });
          const at = r * stride;
          expectClose(gradients.subarray(at, at + out * width), dw, TOLERANCE, 'dW');
          expectClose(gradients.subarray(at + biasOffset, at + biasOffset + out), db, TOLERANCE, 'dbias');
        }
      }
    },
  );

  it.for(fusing.filter((variant) => variant.startsWith('tiled')))(
    '%s normalises the rows of A as it loads them, as the layer normalisation does',
    async (variant, { skip }) => {
      skip(!runs(variant), BEYOND);
      const sizes: readonly Size[] = [
        [37, 36, 20],
        [64, 68, 36],
      ];
      for (const [m, n, k] of some(variant, sizes)) {
        const replicas = 2;
        const x = tensorOf(device(), [m, k], normals(replicas * m * k, 1, 3), { replicas });
        const norm = tensorOf(device(), [128], normals(replicas * 128, 2), { replicas });
        const [gain, bias] = [
          { ...norm, shape: [k] },
          { ...norm, offset: 64, shape: [k] },
        ] as const;
        const b = tensorOf(device(), [n, k], normals(replicas * n * k, 3), { replicas });
        const outputs = (): Tensor[] =>
          [
            [m, n],
            [m, k],
            [m, 2],
          ].map((shape) => outputOf(device(), shape, { replicas }));
        const [y, rows, stats] = outputs() as [Tensor, Tensor, Tensor];
        const [expectedY, expectedRows, expectedStats] = outputs() as [Tensor, Tensor, Tensor];
        const product = { b, transposeB: true, variant };
        const normalise = { gain, bias, y: rows, stats, epsilon: EPSILON };
        const op = { ...product, a: x, y };
        expect(normalises(op)).toBe(true);
        await runOnce(device(), [matmul({ ...op, normalise })]);
        await runOnce(device(), [layernorm({ x, gain, bias, y: expectedRows, stats: expectedStats })]);
        await runOnce(device(), [matmul({ ...product, a: expectedRows, y: expectedY })]);
        for (const [ours, theirs] of [
          [stats, expectedStats],
          [rows, expectedRows],
          [y, expectedY],
        ] as const) {
          expectClose(
            await floats(device(), ours),
            await floats(device(), theirs),
            TOLERANCE,
            `${m}×${n}×${k}`,
          );
        }
      }
    },
  );
}

/** What holds of every variant of the product: run for those of all devices (matmul.test.ts), and for subgroups of 8. */
import { expect, it } from 'vitest';
import { ACTIVATIONS, keepsInput } from '../../src/kernels/activation.ts';
import { runsOn } from '../../src/kernels/choice.ts';
import { EPSILON, layernorm } from '../../src/kernels/layernorm.ts';
import { matmul, normalises, type Matmul, type MatmulVariant } from '../../src/kernels/matmul.ts';
import type { Tensor } from '../../src/gpu/tensor.ts';
import { expectClose } from '../support/compare.ts';
import { type DEVICES, useDevice } from '../support/device.ts';
import { activations } from '../support/oracles/activation.ts';
import * as oracle from '../support/oracles/matmul.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';

const TOLERANCE = 2e-6;
export const layouts = { NN: {}, NT: { transposeB: true }, TN: { transposeA: true } };
export const LAYOUTS = Object.keys(layouts) as (keyof typeof layouts)[];

type Size = readonly [m: number, n: number, k: number];

/**
 * In every layout: both sides of each tile edge (16, 32, 64 and 128 outputs, 16 and 32 deep), by single elements and by
 * vectors of 4.
 */
const EDGES: readonly Size[] = [
  [31, 65, 33],
  [68, 132, 36],
];
/** One layout each, another with every variant: single rows, columns and elements, and what is skinny. */
const THIN: readonly Size[] = [
  [1, 1, 1],
  [40, 4, 9],
  [100, 1, 70],
  [1, 100, 7],
];
/** In one layout each: full tiles, and rows that are multiples of 4 long in some of A, B and Y alone. */
const more: Record<keyof typeof layouts, readonly Size[]> = {
  NN: [[10, 36, 2]],
  NT: [
    [128, 128, 64],
    [10, 38, 8],
  ],
  TN: [
    [20, 28, 37],
    [38, 12, 1],
  ],
};
/** For tiles of other sizes: both ways of loading, tiles full and not, K a multiple of 4 and not. */
const few: typeof more = {
  NN: [[31, 65, 33]],
  NT: [
    [68, 132, 36],
    [128, 128, 64],
  ],
  TN: [[20, 28, 37]],
};

/** Terms for all four parts of sums that are split, 32 at least each, and not as many for the last. */
const DEEP: Size = [20, 28, 130];

/** @param place of the variant among those that are tested */
export function sizesOf(
  variant: MatmulVariant,
  layout: keyof typeof layouts,
  place: number,
): readonly Size[] {
  if (isResized(variant)) return few[layout];
  const turn = place + LAYOUTS.indexOf(layout);
  const thin = THIN.filter((_, i) => (i + turn) % LAYOUTS.length === 0);
  return [...EDGES, ...thin, ...more[layout], ...(variant === 'split' ? [DEEP] : [])];
}

/** Tiles of other sizes are the same text with other constants, and take long to compile: one case of each will do. */
const isResized = (variant: MatmulVariant): boolean => /-\d/.test(variant);
const some = <T>(variant: MatmulVariant, cases: readonly T[]): readonly T[] =>
  isResized(variant) ? cases.slice(0, 1) : cases;

/**
 * @param variants those whose bits are held against each other's
 * @param held those that are held against float64
 */
export function productTests(
  kind: (typeof DEVICES)[number],
  variants: readonly MatmulVariant[],
  held = variants,
): void {
  const device = useDevice({ kind });
  const fusing = held.filter((variant) => variant !== 'naive');
  /** Some devices cannot run some variants: their tests are marked as skipped. */
  const runs = (variant: MatmulVariant): boolean => runsOn(device(), variant);

  it.for(held)('%s agrees with float64 in every layout and shape', async (variant, { skip }) => {
    skip(!runs(variant));
    for (const name of LAYOUTS) {
      for (const [m, n, k] of sizesOf(variant, name, variants.indexOf(variant))) {
        const a = normals(m * k, 1);
        const b = normals(k * n, 2);
        const y = outputOf(device(), [m, n]);
        const transposed: Pick<Matmul, 'transposeA' | 'transposeB'> = layouts[name];
        await runOnce(device(), [
          matmul({
            a: tensorOf(device(), transposed.transposeA ? [k, m] : [m, k], a),
            b: tensorOf(device(), transposed.transposeB ? [n, k] : [k, n], b),
            y,
            ...transposed,
            variant,
          }),
        ]);
        const expected = oracle.matmul(a, b, { m, n, k, ...transposed });
        expectClose(await floats(device(), y), expected, TOLERANCE, `${name} ${m}×${n}×${k}`);
      }
    }
  });

  it.for(fusing)(
    '%s fuses bias, activation and residual, and keeps the activation input',
    async (variant, { skip }) => {
      skip(!runs(variant));
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
    skip(!runs(variant));
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
      skip(!runs(variant));
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
      skip(!runs(variant));
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

  it('gives the same bits with replicas as without', async () => {
    const [m, n, k, replicas] = [20, 36, 40, 4];
    const a = normals(replicas * m * k, 1);
    const b = normals(replicas * n * k, 2);
    for (const variant of fusing.filter(runs)) {
      const together = outputOf(device(), [m, n], { replicas });
      await runOnce(device(), [
        matmul({
          a: tensorOf(device(), [m, k], a, { replicas }),
          b: tensorOf(device(), [k, n], b, { replicas }),
          y: together,
          variant,
        }),
      ]);
      const all = await floats(device(), together);
      for (let r = 0; r < replicas; r++) {
        const alone = outputOf(device(), [m, n]);
        await runOnce(device(), [
          matmul({
            a: tensorOf(device(), [m, k], a.subarray(r * m * k, (r + 1) * m * k)),
            b: tensorOf(device(), [k, n], b.subarray(r * k * n, (r + 1) * k * n)),
            y: alone,
            variant,
          }),
        ]);
        expect(await floats(device(), alone)).toEqual(all.slice(r * m * n, (r + 1) * m * n));
      }
    }
  });

  it('gives the same bits in every variant but split: a run may mix them', async () => {
    const [m, n, k] = [36, 68, 40];
    const a = tensorOf(device(), [m, k], normals(m * k, 1));
    const b = tensorOf(device(), [n, k], normals(k * n, 2));
    const results: Float32Array[] = [];
    const same = variants.filter((each) => runs(each) && each !== 'naive' && each !== 'split');
    for (const variant of same) {
      const y = outputOf(device(), [m, n]);
      await runOnce(device(), [matmul({ a, b, y, transposeB: true, variant })]);
      results.push(await floats(device(), y));
    }
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it.for(fusing.filter((variant) => variant.startsWith('tiled')))(
    '%s normalises the rows of A as it loads them, as the layer normalisation does',
    async (variant, { skip }) => {
      skip(!runs(variant));
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

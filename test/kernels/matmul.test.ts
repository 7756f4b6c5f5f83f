import { describe, expect, it } from 'vitest';
import { runsOn } from '../../src/kernels/choice.ts';
import { EPSILON } from '../../src/kernels/layernorm.ts';
import { VARIANTS } from '../../src/kernels/matmul-variants.ts';
import { matmul, MATMUL_VARIANTS, type MatmulVariant, normalises } from '../../src/kernels/matmul.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { BEYOND } from './product-cases.ts';
import { productTests } from './products.ts';

/** Of the processor those that it has; `subgroup` needs subgroups of 8: test/subgroups. */
const variantsOf = (kind: (typeof DEVICES)[number]): MatmulVariant[] =>
  MATMUL_VARIANTS.filter((variant) => (kind === 'cpu' ? VARIANTS[variant].cpu : variant !== 'subgroup'));

describe.each(DEVICES)('matmul, on the %s', (kind) => {
  const variants = variantsOf(kind);
  productTests(kind, variants);
  const device = useDevice({ kind });

  it('leaves the normalisation of other rows to the layer normalisation', () => {
    const [a, b, y] = [outputOf(device(), [8, 6]), outputOf(device(), [6, 8]), outputOf(device(), [8, 8])];
    expect(normalises({ a, b, y, variant: 'tiled' })).toBe(false);
    const square = { a: y, b: y, y, variant: 'register' } as const;
    expect(normalises(square)).toBe(false);
    const normalise = { gain: a, bias: b, y, stats: y, epsilon: EPSILON };
    expect(() => matmul({ ...square, normalise })).toThrow('register cannot normalise this A');
  });

  it.for((['tiled', 'tiled-64x64', 'split'] as const).filter((variant) => variants.includes(variant)))(
    '%s gives the same bits unrolled as in a loop',
    async (variant, { skip }) => {
      skip(!runsOn(device(), variant), BEYOND);
      const [m, n, k] = [68, 72, 148];
      const a = tensorOf(device(), [m, k], normals(m * k, 1));
      const b = tensorOf(device(), [n, k], normals(n * k, 2));
      const results: Float32Array[] = [];
      for (const unrolled of [false, true]) {
        const y = outputOf(device(), [m, n]);
        await runOnce(device(), [matmul({ a, b, y, transposeB: true, variant, unrolled })]);
        results.push(await floats(device(), y));
      }
      expect(results[1]).toEqual(results[0]);
    },
  );

  it('refuses shapes that do not fit', () => {
    const a = outputOf(device(), [2, 3]);
    expect(() => matmul({ a, b: a, y: a, variant: 'register' })).toThrow(
      '[2, 3] · [2, 3] does not give [2, 3]',
    );
  });
});

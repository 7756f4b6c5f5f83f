/** What holds of every variant of the product: run for those of all devices (matmul.test.ts), and for subgroups of 8. */
import { expect, it } from 'vitest';
import { runsOn } from '../../src/kernels/choice.ts';
import { matmul, type Matmul, type MatmulVariant } from '../../src/kernels/matmul.ts';
import { expectClose } from '../support/compare.ts';
import { type DEVICES, useDevice } from '../support/device.ts';
import * as oracle from '../support/oracles/matmul.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { fusedProductTests } from './fused-products.ts';
import { BEYOND, LAYOUTS, layouts, sizesOf, TOLERANCE } from './product-cases.ts';

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
  const runs = (variant: MatmulVariant): boolean => runsOn(device(), variant);
  fusedProductTests(device, fusing);

  it.for(held)('%s agrees with float64 in every layout and shape', async (variant, { skip }) => {
    skip(!runs(variant), BEYOND);
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
}

import { describe, expect, it } from 'vitest';
import { SUBGROUP_SIZE } from '../../src/kernels/matmul.ts';
import { runBenchmark } from '../../src/training/benchmark.ts';
import { useDevice } from '../support/device.ts';

describe('runBenchmark', () => {
  const device = useDevice();

  it('times every variant that the device has, by rising size, and the copies', async () => {
    const { products, ...rates } = await runBenchmark(device(), {
      products: [48, 16],
      variants: ['naive', 'register', 'subgroup', 'tiled'],
    });
    const subgroup = device().subgroupSize === SUBGROUP_SIZE ? ['subgroup'] : [];
    const variants = ['naive', 'register', ...subgroup, 'tiled'];
    expect(products.map(({ n, variant }) => `${n} ${variant}`)).toEqual(
      [16, 48].flatMap((n) => variants.map((variant) => `${n} ${variant}`)),
    );
    for (const { n, ms, gflops } of products) {
      expect(ms).toBeGreaterThan(0);
      expect(gflops * ms * 1e6).toBeCloseTo(2 * n ** 3, 3);
    }
    expect(rates.device).toBe(device().name);
    expect(rates.gigabytesPerSecond).toBeGreaterThan(0);
    expect(rates.dispatchMicroseconds).toBeGreaterThanOrEqual(0);
    expect(rates.submitMicroseconds).toBeGreaterThan(0);
  });
});

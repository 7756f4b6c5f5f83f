import { describe, expect, it } from 'vitest';
import { kernelChoice, runsOn } from '../../src/kernels/choice.ts';
import { runBenchmark } from '../../src/training/measuring/benchmark.ts';
import { useDevice } from '../support/device.ts';

describe('runBenchmark', () => {
  const device = useDevice();

  it('times every variant that the device has, by rising size, and the copies', async () => {
    const { products, attention, kernels, ...rates } = await runBenchmark(device(), {
      products: [48, 16],
      variants: ['naive', 'register', 'quad', 'subgroup', 'tiled'],
      attention: [40, 8],
    });
    const broadcasting = (['quad', 'subgroup'] as const).filter((variant) => runsOn(device(), variant));
    const variants = ['naive', 'register', ...broadcasting, 'tiled'];
    expect(products.map(({ n, variant }) => `${n} ${variant}`)).toEqual(
      [16, 48].flatMap((n) => variants.map((variant) => `${n} ${variant}`)),
    );
    for (const { n, ms, gflops } of products) {
      expect(ms).toBeGreaterThan(0);
      expect(gflops * ms * 1e6).toBeCloseTo(2 * n ** 3, 3);
    }
    expect(attention.map(({ length }) => length)).toEqual([8, 40]);
    for (const { length, ms, gflops, flopsPerByte } of attention) {
      // q · k and the sum over v for each pair, 4 heads of 32; q, k, v read, the result and a sum per row written
      const flops = 4 * ((length * (length + 1)) / 2) * 2 * 2 * 32;
      expect(gflops * ms * 1e6).toBeCloseTo(flops, 3);
      expect(flopsPerByte).toBeCloseTo(flops / (4 * length * (4 * 128 + 4)), 10);
    }
    expect(kernels.map(({ operation, variant, size }) => `${operation} ${variant} ${size}`)).toEqual([
      ...variants.map((variant) => `product ${variant} 48`),
      `attention ${kernelChoice(device()).attention} 40`,
    ]);
    expect(rates.device).toBe(device().name);
    expect(rates.gigabytesPerSecond).toBeGreaterThan(0);
    expect(rates.dispatchMicroseconds).toBeGreaterThanOrEqual(0);
    expect(rates.submitMicroseconds).toBeGreaterThan(0);
  });

  it('hands out the text of each kernel that the device compiled, constants and all', async () => {
    const compiled: string[] = [];
    const { handle } = device();
    const create = handle.createShaderModule.bind(handle);
    handle.createShaderModule = (descriptor) => {
      compiled.push(descriptor.code);
      return create(descriptor);
    };
    try {
      const { kernels } = await runBenchmark(device(), {
        products: [20],
        variants: ['naive', 'tiled'],
        attention: [12],
      });
      expect(kernels.length).toBe(3);
      for (const { code } of kernels) expect(compiled).toContain(code);
      const [naive, tiled, attention] = kernels.map(({ code }) => code);
      expect(naive).toMatch(/^const M = 20u;\nconst N = 20u;\nconst K = 20u;/);
      expect(tiled).toContain('const M = 20u;');
      expect(attention).toContain('const T = 12u;');
    } finally {
      handle.createShaderModule = create;
    }
  });
});

import { describe, expect, it } from 'vitest';
import { lesson } from '../../src/lessons/kernels/lesson.ts';
import type { BenchmarkResult } from '../../src/worker/protocol.ts';
import { replicated } from './replicated.ts';

/** Products of the given widths; `naive` and `best` in GFLOP/s. */
function benchmarkOf(widths: number[], naive: number, best: number): BenchmarkResult {
  const product = (variant: 'naive' | 'register' | 'tiled', n: number, gflops: number) => ({
    variant,
    n,
    gflops,
    ms: (2 * n ** 3) / gflops / 1e6,
  });
  return {
    device: 'made up',
    date: '2026-01-01T00:00:00.000Z',
    products: widths.flatMap((n) => [
      product('naive', n, naive),
      product('register', n, 0.7 * best),
      product('tiled', n, best),
    ]),
    gigabytesPerSecond: 50,
    dispatchMicroseconds: 5,
    submitMicroseconds: 40,
  };
}

const judge = (benchmark: BenchmarkResult) =>
  lesson.judge(
    { ...replicated(lesson, () => ({})), benchmarks: new Map([['device', benchmark]]) },
    'standard',
  );

describe('kernels', () => {
  it('holds where the fastest other kernel beats the naive one', () => {
    const { verdict, tables } = judge(benchmarkOf([32, 256], 20, 100));
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers).toMatchObject({
      speedup: 5,
      naiveGflops: 20,
      tiledGflops: 100,
      bandwidth: 50,
      ridge: 2,
    });
    expect(tables[0]?.rows[1]).toEqual([256, 20, 100, 'tiled', 5]);
  });

  it('compares at the largest product that both have', () => {
    const benchmark = benchmarkOf([256, 512], 20, 100);
    const products = benchmark.products.filter(({ variant, n }) => variant !== 'naive' || n < 512);
    products.at(-1)!.gflops = 400;
    const { verdict } = judge({ ...benchmark, products });
    expect(verdict.numbers).toMatchObject({ speedup: 5, ridge: 8 });
  });

  it('does not hold where tiles gain nothing', () => {
    expect(judge(benchmarkOf([32, 256], 90, 100)).verdict.outcome).toBe('does-not-hold');
  });

  it('has not enough evidence with small products only', () => {
    expect(judge(benchmarkOf([32, 64], 20, 100)).verdict.outcome).toBe('not-enough-evidence');
  });

  it('draws a roof that bends at the ridge', () => {
    const { figures } = judge(benchmarkOf([32, 256], 20, 100));
    const roof = figures.find(({ name }) => name === 'roofline')!.series[0]!;
    expect(roof.x[1]).toBe(2);
    expect(roof.y.slice(1)).toEqual([100, 100]);
    expect(roof.y[0]! / roof.x[0]!).toBeCloseTo(50, 10);
  });
});

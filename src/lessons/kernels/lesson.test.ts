import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import type { BenchmarkResult } from '../../worker/protocol.ts';
import { replicated } from '../../../test/lessons/replicated.ts';

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
    attention: [
      { variant: 'tiled', length: 64, ms: 1, gflops: 10, flopsPerByte: 8 },
      { variant: 'tiled', length: 256, ms: 1, gflops: 30, flopsPerByte: 32 },
    ],
    kernels: [
      { operation: 'product', variant: 'naive', size: 256, ms: 1, gflops: naive, code: 'fn naive() {}' },
      {
        operation: 'product',
        variant: 'register',
        size: 256,
        ms: 1,
        gflops: 0.7 * best,
        code: 'fn register() {}',
      },
      { operation: 'product', variant: 'tiled', size: 256, ms: 1, gflops: best, code: 'fn tiled() {}' },
      { operation: 'attention', variant: 'tiled', size: 256, ms: 1, gflops: 30, code: 'fn attention() {}' },
    ],
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

  it('draws attention under the same roof', () => {
    const { figures, tables } = judge(benchmarkOf([32, 256], 20, 100));
    const roofline = figures.find(({ name }) => name === 'roofline')!;
    expect(roofline.series[3]).toMatchObject({ x: [8, 32], y: [10, 30] });
    expect(roofline.marks?.attention).toEqual({ x: 32, series: 3 });
    expect(tables.find(({ name }) => name === 'attention')?.rows[1]).toEqual([256, 30, 'tiled', 32]);
  });

  it('lists the source of the naive kernel, the fastest and attention, each with its rate', () => {
    const { listings } = judge(benchmarkOf([32, 256], 20, 100));
    expect(listings?.map(({ name, code, measured }) => [name, code, measured.en])).toEqual([
      ['naive', 'fn naive() {}', '20 GFLOP/s with 256 rows'],
      ['tiled', 'fn tiled() {}', '100 GFLOP/s with 256 rows'],
      ['attention', 'fn attention() {}', '30 GFLOP/s over 256 tokens (tiled)'],
    ]);
  });
});

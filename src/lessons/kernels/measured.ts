/** What the lesson reads from the benchmark: each product by the naive kernel and by the best one. */
import type { BenchmarkResult, RunResult } from '../../worker/protocol.ts';

type Product = BenchmarkResult['products'][number];

/** The naive kernel and the fastest other one at a width. */
export interface Pair {
  n: number;
  naive?: Product;
  best?: Product;
}

export function pairsOf(products: readonly Product[]): Pair[] {
  const widths = [...new Set(products.map(({ n }) => n))].sort((a, b) => a - b);
  return widths.map((n) => {
    const here = products.filter((product) => product.n === n && product.gflops > 0);
    const naive = here.find(({ variant }) => variant === 'naive');
    const [best] = here.filter(({ variant }) => variant !== 'naive').sort((a, b) => b.gflops - a.gflops);
    return { n, ...(naive && { naive }), ...(best && { best }) };
  });
}

/** Time of a step of all copies over that of one. */
export function copiesFactor(one: RunResult | undefined, copies: RunResult | undefined): number | undefined {
  return one && copies ? copies.seconds / copies.step / (one.seconds / one.step) : undefined;
}

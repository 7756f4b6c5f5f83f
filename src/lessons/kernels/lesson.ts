/** What does the GPU do all day? Products of matrices in two ways, and the roofline over them. */
import type { Findings, Lesson, Results } from '../lesson.ts';
import { BENCHMARK, COPIES, LENGTHS, PRODUCTS, tinyMlp } from './design.ts';
import { rooflineFigure, speedFigure } from './figures.ts';
import { listingsOf } from './listings.ts';
import { pairsOf } from './measured.ts';
import { question } from './question.ts';
import { attentionTable, deviceTable, productTable } from './tables.ts';
import { verdictOf } from './verdict.ts';

export const lesson: Lesson = {
  name: 'kernels',
  question,
  plan: (size, seed) => [
    {
      key: BENCHMARK,
      benchmark: {
        products: PRODUCTS[size],
        variants: ['naive', 'register', 'quad', 'subgroup', 'tiled'],
        attention: LENGTHS[size],
      },
    },
    { key: 'one', spec: tinyMlp(seed, 1) },
    { key: 'copies', spec: tinyMlp(seed, COPIES) },
  ],
  judge,
};

function judge(results: Results): Findings {
  const benchmark = results.benchmarks.get(BENCHMARK);
  const pairs = benchmark ? pairsOf(benchmark.products) : [];
  const peak = Math.max(...pairs.flatMap(({ naive, best }) => [naive?.gflops ?? 0, best?.gflops ?? 0]), 0);
  return {
    tables: [
      productTable(pairs),
      ...(benchmark ? [attentionTable(benchmark.attention), deviceTable(benchmark, peak)] : []),
    ],
    figures: [speedFigure(pairs), ...(benchmark ? [rooflineFigure(benchmark, pairs, peak)] : [])],
    fits: {},
    ...(benchmark && { listings: listingsOf(benchmark, pairs) }),
    verdict: verdictOf(results, benchmark, pairs, peak),
  };
}

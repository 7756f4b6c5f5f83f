/** A worker whose text travels inside a script loads no parts. */
import { requireKernels, runBenchmark } from '../../../src/training/measuring/benchmark.ts';
import type * as Full from '../../../src/training/measuring/load-benchmark.ts';

type Part = Awaited<ReturnType<typeof Full.loadBenchmark>>;

export const loadBenchmark: typeof Full.loadBenchmark = () =>
  Promise.resolve({ requireKernels, runBenchmark } as Part);

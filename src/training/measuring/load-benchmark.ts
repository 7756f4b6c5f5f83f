/** Loads what measures kernels, when a plan has a measurement: most only train. Figures have it at hand (build/lean/modules). */
import { loadPart } from '../../loading.ts';
import type * as Benchmark from './benchmark.ts';

export const loadBenchmark = (): Promise<typeof Benchmark> => loadPart(import('./benchmark.ts'));

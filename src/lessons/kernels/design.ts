/** What kernels measures: products and attention of several sizes, and small MLPs side by side. */
import type { Size } from '../lesson.ts';

export const BENCHMARK = 'device';

/** Widths n of the products. Those that would take a device too long are left out there. */
export const PRODUCTS: Record<Size, number[]> = {
  small: [32, 128, 256],
  standard: [32, 64, 128, 256, 512, 1024, 2048],
  large: [32, 64, 128, 256, 512, 1024, 2048, 4096],
};

/** Lengths of sequences for attention, left out likewise. */
export const LENGTHS: Record<Size, number[]> = {
  small: [64, 128],
  standard: [64, 256, 1024],
  large: [64, 256, 1024, 4096],
};

export const COPIES = 64;

/** A network so small that a step is mostly dispatches. */
export function tinyMlp(seed: number, replicas: number): Record<string, unknown> {
  return {
    task: { name: 'shapes', kind: 'spirals', validation: 64 },
    model: { kind: 'mlp', hidden: [32, 32], activation: 'relu' },
    batch: 64,
    steps: 200,
    evaluate: { every: 200 },
    seed,
    dataSeed: seed,
    replicas,
  };
}

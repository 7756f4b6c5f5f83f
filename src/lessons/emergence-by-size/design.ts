/** The widths and seeds of emergence-by-size, and their runs. */
import type { Size } from '../lesson.ts';
import { independent } from '../shared/replicas.ts';

interface Design {
  widths: number[];
  seeds: number;
  steps: number;
  batch: number;
  learningRate: number;
}

const STANDARD = { seeds: 5, steps: 500, batch: 256, learningRate: 1.6e-2 };

export const DESIGNS: Record<Size, Design> = {
  small: { widths: [2, 4, 8, 12, 24], seeds: 5, steps: 400, batch: 64, learningRate: 1.1e-2 },
  standard: { ...STANDARD, widths: [2, 4, 8, 16, 24] },
  large: { ...STANDARD, widths: [2, 4, 6, 8, 12, 16, 24, 32], seeds: 10 },
};

export const keyOf = (width: number): string => `d${width}`;

export function additionSpec(
  width: number,
  { seeds, steps, batch, learningRate }: Design,
  seed: number,
): Record<string, unknown> {
  return {
    task: { name: 'addition', digits: 2, heldOut: 0.05, pool: 2 ** Math.ceil(Math.log2(batch * steps)) },
    model: { kind: 'transformer', layers: 2, width, heads: headsOf(width), embeddingScale: 0.5 },
    schedule: { name: 'linear-decay', warmup: 50, decay: 0.2, final: 0 },
    learningRate,
    batch,
    steps,
    evaluate: { every: steps / 10 },
    seed,
    dataSeed: seed,
    ...independent(seeds),
  };
}

function headsOf(width: number): number {
  if (width < 4) return 1;
  return width < 8 ? 2 : 4;
}

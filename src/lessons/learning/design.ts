/** The runs of learning: one width with several learning rates, and other widths. */
import type { Size } from '../lesson.ts';

export const WIDTH = 32;
/**
 * The usual rate, a tenth of it, and thirty times it: one replica each, from the same weights. Ten times it loses ground in
 * some seeds only (docs/log/lessons.md).
 */
export const RATES = [1e-2, 1e-3, 3e-1];

/** Widths that are trained beside the usual one, at the usual rate. */
export const OTHER_WIDTHS: Record<Size, number[]> = {
  small: [2],
  standard: [2, 8, 64],
  large: [2, 4, 8, 16, 64, 128],
};

export const RUN = 'rates';

export function sineSpec(width: number, seed: number): Record<string, unknown> {
  return {
    task: { name: 'sine' },
    model: { kind: 'mlp', hidden: [width, width], activation: 'tanh', outputScale: 1 },
    optimizer: { name: 'adamw', beta2: 0.999 },
    // 1e-3 from step 1,200 on.
    schedule: { name: 'drop', warmup: 0, decay: 0.4, final: 0.1 },
    learningRate: RATES[0],
    batch: 256,
    steps: 2000,
    evaluate: { spacing: 'log-step', every: 1.08 },
    seed,
    dataSeed: seed,
  };
}

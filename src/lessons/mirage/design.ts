/** The runs of mirage: facts by width, and one that learns to add. */
import type { SpecInput } from '../../worker/protocol.ts';
import { factsSpec } from '../shared/facts.ts';

/** The smallest is there so that single questions are seen below a tenth of their final value. */
export const WIDTHS = [2, 4, 6, 8, 12, 16, 24, 32, 48];
const STEPS = 250;

export const keyOf = (width: number): string => `w${width}`;

export function examinedSpec(width: number, seed: number): SpecInput {
  const { task, ...spec } = factsSpec({ width, steps: STEPS, seed });
  // Spelled out, so that presets change it here alone.
  return { ...spec, task: { ...(task as object), exponent: 1.3 } };
}

/** The counterexample: sums of two numbers of two digits, whose three digits must all be right. */
export const ADDITION = 'addition';
export const DIGITS = 3;

export function additionSpec(seed: number): SpecInput {
  return {
    task: { name: 'addition', digits: DIGITS - 1, heldOut: 0.05, pool: 2 ** 15 },
    model: { kind: 'transformer', layers: 2, width: 24, heads: 4, embeddingScale: 0.5 },
    schedule: { name: 'linear-decay', warmup: 50, decay: 0.2, final: 0 },
    learningRate: 1.1e-2,
    batch: 64,
    steps: 400,
    evaluate: { every: 10 },
    seed,
    dataSeed: seed,
  };
}

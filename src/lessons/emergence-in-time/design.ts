/**
 * The runs of emergence-in-time: modular addition with and without weight decay, and without it by squared error; copying
 * with one layer and two.
 */
import type { Size } from '../lesson.ts';
import { independent } from '../shared/replicas.ts';

interface Design {
  prime: number;
  /** share of the pairs to train on */
  fraction: number;
  /** width of the hidden layer */
  hidden: number;
  /** of the induction runs */
  batch: number;
  inductionSteps: number;
  seeds: number;
  /** whether sparse parity is learned too */
  parity?: boolean;
}

const STANDARD = { prime: 59, fraction: 0.4, hidden: 128, batch: 64, inductionSteps: 600, seeds: 1 };

export const DESIGNS: Record<Size, Design> = {
  small: { prime: 37, fraction: 0.5, hidden: 96, batch: 32, inductionSteps: 400, seeds: 1 },
  standard: STANDARD,
  large: { ...STANDARD, seeds: 5, parity: true },
};

const GROKKING_STEPS = 1000;
export const KEYS = ['grokking', 'control', 'squared-error', 'two-layers', 'one-layer'] as const;

/** (Wa[a] + Wb[b])² Wo without biases, on all pairs at once. */
export function grokkingSpec(
  { prime, fraction, hidden, seeds }: Design,
  seed: number,
  { weightDecay = 0, loss = 'cross-entropy' }: { weightDecay?: number; loss?: string },
): Record<string, unknown> {
  return {
    task: { name: 'modular-addition', prime, fraction },
    model: {
      kind: 'mlp',
      combine: 'sum',
      embedding: hidden,
      hidden: [],
      activation: 'square',
      bias: false,
      embeddingScale: 0.3,
      outputScale: 1,
    },
    // Runs without do not spell it out, so that presets leave them so.
    optimizer: { name: 'adamw', beta2: 0.98, ...(weightDecay > 0 && { weightDecay }) },
    schedule: { name: 'constant', warmup: 0 },
    learningRate: 5e-3,
    batch: Math.round(fraction * prime ** 2),
    steps: GROKKING_STEPS,
    ...(loss !== 'cross-entropy' && { loss }),
    evaluate: { every: 10 },
    seed,
    dataSeed: seed,
    ...independent(seeds),
  };
}

/** A transformer of attention alone. */
export function inductionSpec(
  { batch, inductionSteps, seeds }: Design,
  seed: number,
  layers: number,
): Record<string, unknown> {
  return {
    task: { name: 'induction', pool: batch * inductionSteps, validation: 128 },
    model: { kind: 'transformer', layers, width: 32, heads: 2, mlp: false },
    schedule: { name: 'constant', warmup: 0 },
    learningRate: 3e-3,
    batch,
    steps: inductionSteps,
    evaluate: { every: 25 },
    seed,
    dataSeed: seed,
    ...independent(seeds),
  };
}

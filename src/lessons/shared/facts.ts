/** FactsWorld's models by width w: the MLPs with which the lessons on size, loss, scaling and cost are made. */
import type { SpecInput } from '../../worker/protocol.ts';

export interface FactsRun {
  /** w: two embeddings of w/2 side by side, one hidden layer of 2w */
  width: number;
  /** updates */
  steps: number;
  /** of weights, batches and examples alike */
  seed: number;
  /** examples a step, 512 by default */
  batch?: number;
  /** at width 8 where the rule for widths is on, which it is by default: rate · √(8 / w) */
  learningRate?: number;
  widthRule?: boolean;
  schedule?: 'cosine' | 'constant';
  /** steps from one evaluation to the next, by default the whole run; or the factor between them */
  evaluate?: { every: number; spacing?: 'step' | 'log-step' };
  /** examples in the pool; by default as many as are drawn, so that none is met twice */
  pool?: number;
}

/** Examples that a step sees. */
export const FACTS_BATCH = 512;

/** Enough for 1,000 steps of 512, also where a plan of fewer is changed to that. */
const LEAST_POOL = 2 ** 19;

/** 2w² + 258w + 64 */
export function factsParameters(width: number): number {
  return 2 * width ** 2 + 258 * width + 64;
}

/** Parameters that are no table of embeddings: 2w² + 130w + 64 */
export function factsWithoutTables(width: number): number {
  return factsParameters(width) - 128 * width;
}

/**
 * Training FLOPs of one example, as the graph has them: 6 for each of the 2w² + 128w weights that multiply, 9 for each of
 * 64 logits. The engine's own count, for plans: `test/training/flops.test.ts` holds the two together.
 */
export function factsExampleFlops(width: number): number {
  return 6 * (2 * width ** 2 + 128 * width) + 9 * 64;
}

/** FLOPs of answering one query: 2 for each weight that multiplies */
export function factsQueryFlops(width: number): number {
  return 2 * (2 * width ** 2 + 128 * width);
}

/** Examples in the smallest usual pool from which so many can be drawn without meeting one twice. */
export function factsPool(examples: number): number {
  return Math.max(LEAST_POOL, 2 ** Math.ceil(Math.log2(examples)));
}

export function factsSpec({
  width,
  steps,
  seed,
  batch = FACTS_BATCH,
  learningRate = 5e-2,
  widthRule = true,
  schedule = 'cosine',
  evaluate = { every: steps },
  pool = factsPool(batch * steps),
}: FactsRun): SpecInput {
  return {
    // The exact loss needs no sample, so the validation set may be small.
    task: { name: 'factsworld', pool, validation: 256 },
    model: {
      kind: 'mlp',
      embedding: width / 2,
      hidden: [2 * width],
      activation: 'gelu',
      combine: 'concatenate',
      embeddingScale: 1,
      outputScale: 0.1,
    },
    optimizer: { name: 'adamw', beta2: 0.99 },
    schedule: { name: schedule },
    learningRate,
    ...(widthRule && { widthRule: { reference: 8, exponent: 0.5 } }),
    batch,
    steps,
    evaluate: { spacing: 'step', ...evaluate },
    seed,
    dataSeed: seed,
  };
}

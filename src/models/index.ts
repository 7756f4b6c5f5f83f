/** Models by their configuration: parameters and forward pass of either kind. */
import { inEnglish, type Said, says } from '../problem-words.ts';
import type { Parameter, ParameterSpec, Tape, Tensor } from '../autodiff/index.ts';
import type { ModelConfig } from './config.ts';
import { mlp, mlpParameters, type MlpSizes } from './mlp.ts';
import { transformer, transformerParameters, type Sizes } from './transformer.ts';

export { ModelSchema, type MlpConfig, type ModelConfig, type TransformerConfig } from './config.ts';

/** What a task asks of a model: structurally the tasks' `TaskShape`. */
export interface ModelShape {
  inputs:
    | { kind: 'tokens'; vocabulary: number; length: number; tags?: number }
    | { kind: 'vectors'; width: number };
  targets:
    | {
        kind: 'classes';
        classes: number;
        perRow: number;
        noiseClasses?: readonly [first: number, end: number];
      }
    | { kind: 'values'; width: number };
}

/** A model that cannot be built for its task; `key` is the path in the spec. */
export class ModelError extends Error {
  override name = 'ModelError';
  constructor(
    readonly key: string,
    readonly said: Said,
  ) {
    super(inEnglish(said));
  }
}

/** @throws ModelError when the configuration cannot serve a task of this shape */
export function modelParameters(config: ModelConfig, shape: ModelShape): ParameterSpec[] {
  return config.kind === 'transformer'
    ? transformerParameters(config, transformerSizes(config, shape))
    : mlpParameters(config, mlpSizes(shape));
}

/** The width by which a learning rate is scaled: the residual stream's, the embedded input's, or the first hidden layer's. */
export function modelWidth(config: ModelConfig, shape: ModelShape): number {
  if (config.kind === 'transformer') return config.width;
  const first = modelParameters(config, shape).find(({ name }) => name === 'layers.0.weight')!;
  const [out = 1, fanIn = 1] = first.shape;
  return shape.inputs.kind === 'tokens' ? fanIn : out;
}

/** Outputs for a batch: logits [B, T, V] of a transformer, [B, outputs] of an MLP. */
export function forward(
  tape: Tape,
  parameter: (name: string) => Parameter,
  config: ModelConfig,
  shape: ModelShape,
  inputs: Tensor,
): Tensor {
  return config.kind === 'transformer'
    ? transformer(tape, parameter, config, inputs)
    : mlp(tape, parameter, config, mlpSizes(shape), inputs);
}

function transformerSizes(config: { width: number; heads: number }, { inputs, targets }: ModelShape): Sizes {
  if (inputs.kind !== 'tokens' || targets.kind !== 'classes' || targets.perRow !== inputs.length) {
    throw new ModelError('model.kind', says('transformer-tokens'));
  }
  if (config.width % config.heads !== 0) {
    const { heads, width } = config;
    throw new ModelError('model.heads', says('heads', heads, width, divisors(width).join(', ')));
  }
  return { vocabulary: inputs.vocabulary, length: inputs.length };
}

function mlpSizes({ inputs, targets }: ModelShape): MlpSizes {
  if (targets.kind === 'classes' && targets.perRow !== 1) {
    throw new ModelError('model.kind', says('mlp-answer'));
  }
  return { inputs, outputs: targets.kind === 'classes' ? targets.classes : targets.width };
}

function divisors(width: number): number[] {
  return Array.from({ length: Math.min(16, width) }, (_, i) => i + 1).filter((n) => width % n === 0);
}

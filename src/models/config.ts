/** What models there are: one schema gives types, defaults, bounds and errors. */
import * as v from 'valibot';
import { choice, flag, integer, numbers, options, real } from '../option-schema.ts';
import { message } from '../schema.ts';

/** Decoder-only transformer as in GPT-2. Vocabulary and context come from the task. */
export const TransformerSchema = options({
  kind: v.literal('transformer'),
  layers: integer(2, 0, 8, 'Number of blocks.'),
  width: integer(64, 2, 512, 'Width C of the residual stream.'),
  heads: integer(4, 1, 16, 'Attention heads; must divide the width.'),
  mlp: flag(true, 'Whether blocks have an MLP after the attention.'),
  tied: flag(false, 'Whether the output layer shares the token embedding.'),
  embeddingScale: real(0.1, 0, 10, 'Standard deviation of the initial embeddings.'),
  outputScale: real(
    0.1,
    0,
    10,
    'Factor on the initial output layer: small, so that the untrained loss is ln V.',
  ),
});

/** Multi-layer perceptron; for token inputs an embedding comes first. */
export const MlpSchema = options({
  kind: v.literal('mlp'),
  hidden: numbers([64, 64], { most: 8, min: 1, max: 1024, whole: true }, 'Widths of the hidden layers.'),
  activation: choice(['relu', 'gelu', 'tanh', 'square'], 'Activation after each hidden layer.'),
  embedding: integer(32, 1, 1024, 'For token inputs: width of each token’s embedding.'),
  combine: choice(['concatenate', 'sum'], 'For token inputs: embeddings side by side, or their sum.'),
  embeddingScale: real(1, 0, 10, 'For token inputs: standard deviation of the initial embeddings.'),
  outputScale: real(0.1, 0, 10, 'Factor on the initial output layer.'),
  bias: flag(true, 'Whether the linear layers have biases.'),
});

export const ModelSchema = v.variant('kind', [TransformerSchema, MlpSchema], message('model'));

export type TransformerConfig = v.InferOutput<typeof TransformerSchema>;
export type MlpConfig = v.InferOutput<typeof MlpSchema>;
export type ModelConfig = v.InferOutput<typeof ModelSchema>;

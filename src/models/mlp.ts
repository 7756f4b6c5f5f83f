/**
 * Multi-layer perceptron: linear layers `layers.0`, `layers.1`, … with an activation after each but the last.
 * Token inputs go through the embedding `wte` first, side by side or summed; each position has a table of its own,
 * one below the other. Where the last id of a row is a tag, its own embedding is added to what they give.
 */
import type { Parameter, ParameterSpec, Tape, Tensor } from '../autodiff/index.ts';
import type { MlpConfig } from './config.ts';

/**
 * What goes in: vectors of a width, or `length` tokens of a vocabulary, of which the last is a tag below `tags` if
 * there are tags; and how many outputs come out.
 */
export interface MlpSizes {
  inputs:
    | { kind: 'vectors'; width: number }
    | { kind: 'tokens'; vocabulary: number; length: number; tags?: number };
  outputs: number;
}

/** Outputs [B, outputs] of inputs [B, width] or tokens [B, T]. */
export function mlp(
  tape: Tape,
  parameter: (name: string) => Parameter,
  config: MlpConfig,
  { inputs }: MlpSizes,
  batch: Tensor,
): Tensor {
  let x = batch;
  if (inputs.kind === 'tokens') {
    const sum = config.combine === 'sum';
    const columns = { first: 0, count: untagged(inputs) };
    x = tape.embedding(batch, parameter('wte.weight'), { sum, perColumn: true, columns });
    x = tape.reshape(x, [batch.shape[0]!, inputWidth(config, inputs)]);
    if (inputs.tags) {
      const tag = { sum: true, columns: { first: inputs.length - 1, count: 1 } };
      x = tape.embedding(batch, parameter('tag_embedding.weight'), { ...tag, residual: x });
    }
    // A sum of embeddings is a first layer already: its activation follows at once.
    if (sum) x = tape.activation(x, config.activation);
  }
  const last = config.hidden.length;
  for (let layer = 0; layer <= last; layer++) {
    x = tape.linear(x, parameter(`layers.${layer}.weight`), {
      ...(config.bias && { bias: parameter(`layers.${layer}.bias`) }),
      ...(layer < last && { activation: config.activation }),
    });
  }
  return x;
}

/** Names, shapes and initial values: N(0, 2/fan_in) before ReLU-like activations (He et al. 2015), else N(0, 1/fan_in). */
export function mlpParameters(config: MlpConfig, { inputs, outputs }: MlpSizes): ParameterSpec[] {
  const gain = config.activation === 'relu' || config.activation === 'gelu' ? Math.SQRT2 : 1;
  const width = inputWidth(config, inputs);
  const widths = [width, ...config.hidden, outputs];
  const table = (name: string, shape: readonly number[]): ParameterSpec => ({
    name,
    shape,
    initial: { sigma: config.embeddingScale },
  });
  const embeddings: ParameterSpec[] = [];
  if (inputs.kind === 'tokens') {
    embeddings.push(table('wte.weight', [untagged(inputs) * inputs.vocabulary, config.embedding]));
    if (inputs.tags) embeddings.push(table('tag_embedding.weight', [inputs.tags, width]));
  }
  const layers = widths.slice(1).flatMap((out, layer): ParameterSpec[] => {
    const fanIn = widths[layer]!;
    const isLast = layer === config.hidden.length;
    // After an embedding the first linear layer is hidden already.
    const hidden = !isLast && (layer > 0 || inputs.kind === 'tokens');
    const sigma = (isLast ? config.outputScale : gain) / Math.sqrt(fanIn);
    return [
      { name: `layers.${layer}.weight`, shape: [out, fanIn], initial: { sigma }, hidden },
      ...(config.bias ? [{ name: `layers.${layer}.bias`, shape: [out], initial: { value: 0 } }] : []),
    ];
  });
  return [...embeddings, ...layers];
}

/** Number of ids in a row that are no tag. */
function untagged({ length, tags }: { length: number; tags?: number }): number {
  return tags ? length - 1 : length;
}

/** Width of what the first layer reads. */
function inputWidth({ combine, embedding }: MlpConfig, inputs: MlpSizes['inputs']): number {
  if (inputs.kind === 'vectors') return inputs.width;
  return combine === 'sum' ? embedding : embedding * untagged(inputs);
}

/**
 * Multi-layer perceptron: linear layers `layers.0`, `layers.1`, … with an activation after each but the last.
 * Token inputs go through the embedding `wte` first, side by side or summed; each position has a table of its own,
 * one below the other.
 */
import type { Parameter, ParameterSpec, Tape, Tensor } from '../autodiff/index.ts';
import type { MlpConfig } from './config.ts';

/** What goes in: vectors of a width, or `perRow` tokens of a vocabulary; and how many outputs come out. */
export interface MlpSizes {
  inputs: { kind: 'vectors'; width: number } | { kind: 'tokens'; vocabulary: number; length: number };
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
    x = tape.embedding(batch, parameter('wte.weight'), { sum, perColumn: true });
    // A sum of embeddings is a first layer already: its activation follows at once.
    if (sum) x = tape.activation(x, config.activation);
    else x = tape.reshape(x, [x.shape[0]!, inputs.length * config.embedding]);
  }
  config.hidden.forEach((_, layer) => {
    x = tape.linear(x, parameter(`layers.${layer}.weight`), {
      bias: parameter(`layers.${layer}.bias`),
      activation: config.activation,
    });
  });
  const last = config.hidden.length;
  return tape.linear(x, parameter(`layers.${last}.weight`), { bias: parameter(`layers.${last}.bias`) });
}

/** Names, shapes and initial values: N(0, 2/fan_in) before ReLU-like activations (He et al. 2015), else N(0, 1/fan_in). */
export function mlpParameters(config: MlpConfig, { inputs, outputs }: MlpSizes): ParameterSpec[] {
  const gain = config.activation === 'relu' || config.activation === 'gelu' ? Math.SQRT2 : 1;
  const first =
    inputs.kind === 'vectors'
      ? inputs.width
      : config.combine === 'sum'
        ? config.embedding
        : config.embedding * inputs.length;
  const widths = [first, ...config.hidden, outputs];
  const embedding: ParameterSpec[] =
    inputs.kind === 'tokens'
      ? [
          {
            name: 'wte.weight',
            shape: [inputs.length * inputs.vocabulary, config.embedding],
            initial: { sigma: config.embeddingScale },
          },
        ]
      : [];
  const layers = widths.slice(1).flatMap((out, layer): ParameterSpec[] => {
    const fanIn = widths[layer]!;
    const isLast = layer === config.hidden.length;
    const sigma = (isLast ? config.outputScale : gain) / Math.sqrt(fanIn);
    return [
      { name: `layers.${layer}.weight`, shape: [out, fanIn], initial: { sigma } },
      { name: `layers.${layer}.bias`, shape: [out], initial: { value: 0 } },
    ];
  });
  return [...embedding, ...layers];
}

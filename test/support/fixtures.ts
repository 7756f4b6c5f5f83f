/** Fixtures from PyTorch (test/fixtures/make.py). */
import { readFileSync } from 'node:fs';
import type { ClassLoss } from '../../src/kernels/class-losses.ts';
import type { ModelConfig, ModelShape } from '../../src/models/index.ts';

export interface FixtureTensor {
  shape: number[];
  values: number[];
}

export interface ModelFixture {
  kind: 'transformer' | 'mlp';
  config: {
    vocabulary: number;
    length: number;
    width: number;
    heads: number;
    layers: number;
    batch: number;
    tied: boolean;
    attentionOnly: boolean;
    sizes: number[];
    activation: 'relu' | 'gelu' | 'tanh' | 'square';
    loss: ClassLoss | 'mse';
    tags?: number;
    embedding?: number;
    combine?: 'concatenate' | 'sum';
  };
  optimizer: {
    name: 'adamw' | 'muon' | 'sgd';
    learningRate: number;
    beta1: number;
    beta2: number;
    epsilon: number;
    momentum: number;
    nesterov: boolean;
    adamwRate: number;
    weightDecay: number;
    clipNorm: number | null;
    spared: string[];
  };
  weights: Record<string, FixtureTensor>;
  logits: FixtureTensor;
  loss: number;
  gradients: Record<string, FixtureTensor>;
  batches: { inputs: FixtureTensor; targets: FixtureTensor }[];
  losses: number[];
  finalWeights: Record<string, FixtureTensor>;
}

export function loadFixture(name: string): ModelFixture {
  return JSON.parse(
    readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'),
  ) as ModelFixture;
}

/** The fixture's model in this project's terms. */
export function modelOf({ kind, config }: ModelFixture): { model: ModelConfig; shape: ModelShape } {
  if (kind === 'transformer') {
    const { vocabulary, length, layers, width, heads, tied, attentionOnly } = config;
    return {
      model: {
        kind: 'transformer',
        layers,
        width,
        heads,
        tied,
        mlp: !attentionOnly,
        embeddingScale: 1,
        outputScale: 1,
      },
      shape: {
        inputs: { kind: 'tokens', vocabulary, length },
        targets: { kind: 'classes', classes: vocabulary, perRow: length },
      },
    };
  }
  const {
    sizes,
    activation,
    loss,
    vocabulary,
    length,
    tags,
    embedding = 1,
    combine = 'concatenate',
  } = config;
  const outputs = sizes.at(-1)!;
  return {
    model: {
      kind: 'mlp',
      hidden: sizes.slice(1, -1),
      activation,
      embedding,
      combine,
      embeddingScale: 1,
      outputScale: 1,
      bias: true,
    },
    shape: {
      inputs: tags ? { kind: 'tokens', vocabulary, length, tags } : { kind: 'vectors', width: sizes[0]! },
      targets:
        loss === 'mse'
          ? { kind: 'values', width: outputs }
          : { kind: 'classes', classes: outputs, perRow: 1 },
    },
  };
}

/**
 * Decoder-only transformer with GPT-2's names.
 *
 *   x = wte[token] + wpe[position]
 *   per block:  x = x + c_proj(attention(c_attn(ln_1(x))))
 *               x = x + c_proj(gelu(c_fc(ln_2(x))))
 *   logits = lm_head(ln_f(x))
 *
 * N = 2VC + TC + L(12C² + 9C) + 2C parameters; an attention-only block has 4C² + 2C.
 */
import type { Parameter, ParameterSpec, Tape, Tensor } from '../autodiff/index.ts';
import type { TransformerConfig } from './config.ts';

/** `length` is the context T. */
export interface Sizes {
  vocabulary: number;
  length: number;
}

/** Logits [B, T, V] of tokens [B, T]. */
export function transformer(
  tape: Tape,
  parameter: (name: string) => Parameter,
  config: TransformerConfig,
  tokens: Tensor,
): Tensor {
  let x = tape.embedding(tokens, parameter('wte.weight'), { wpe: parameter('wpe.weight') });

  for (let layer = 0; layer < config.layers; layer++) {
    const p = (name: string): Parameter => parameter(`h.${layer}.${name}`);

    const normed = tape.layerNorm(x, p('ln_1.weight'), p('ln_1.bias'));
    const attended = tape.attention(tape.linear(normed, p('attn.c_attn.weight')), config.heads);
    x = tape.linear(attended, p('attn.c_proj.weight'), { residual: x });

    if (config.mlp) {
      const normed = tape.layerNorm(x, p('ln_2.weight'), p('ln_2.bias'));
      const hidden = tape.linear(normed, p('mlp.c_fc.weight'), {
        bias: p('mlp.c_fc.bias'),
        activation: 'gelu',
      });
      x = tape.linear(hidden, p('mlp.c_proj.weight'), { bias: p('mlp.c_proj.bias'), residual: x });
    }
  }

  const normed = tape.layerNorm(x, parameter('ln_f.weight'), parameter('ln_f.bias'));
  return tape.linear(normed, parameter(config.tied ? 'wte.weight' : 'lm_head.weight'));
}

/**
 * Names, shapes and initial values. Matrices start as N(0, 1/fan_in); those that write into the residual stream
 * are divided by √(2L) (Radford et al. 2019), so that the stream's variance does not grow with depth.
 */
export function transformerParameters(
  config: TransformerConfig,
  { vocabulary, length }: Sizes,
): ParameterSpec[] {
  const { width: C, layers } = config;
  const matrix = (name: string, out: number, fanIn: number, scale = 1): ParameterSpec => ({
    name,
    shape: [out, fanIn],
    initial: { sigma: scale / Math.sqrt(fanIn) },
  });
  const hidden = (...matrixOf: Parameters<typeof matrix>): ParameterSpec => ({
    ...matrix(...matrixOf),
    hidden: true,
  });
  const vector = (name: string, width: number, value: number): ParameterSpec => ({
    name,
    shape: [width],
    initial: { value },
  });
  const embedding = (name: string, rows: number): ParameterSpec => ({
    name,
    shape: [rows, C],
    initial: { sigma: config.embeddingScale },
  });
  const residual = 1 / Math.sqrt(2 * Math.max(1, layers));

  return [
    embedding('wte.weight', vocabulary),
    embedding('wpe.weight', length),
    ...Array.from({ length: layers }, (_, layer): ParameterSpec[] => [
      vector(`h.${layer}.ln_1.weight`, C, 1),
      vector(`h.${layer}.ln_1.bias`, C, 0),
      hidden(`h.${layer}.attn.c_attn.weight`, 3 * C, C),
      hidden(`h.${layer}.attn.c_proj.weight`, C, C, residual),
      ...(config.mlp
        ? [
            vector(`h.${layer}.ln_2.weight`, C, 1),
            vector(`h.${layer}.ln_2.bias`, C, 0),
            hidden(`h.${layer}.mlp.c_fc.weight`, 4 * C, C),
            vector(`h.${layer}.mlp.c_fc.bias`, 4 * C, 0),
            hidden(`h.${layer}.mlp.c_proj.weight`, C, 4 * C, residual),
            vector(`h.${layer}.mlp.c_proj.bias`, C, 0),
          ]
        : []),
    ]).flat(),
    vector('ln_f.weight', C, 1),
    vector('ln_f.bias', C, 0),
    ...(config.tied ? [] : [matrix('lm_head.weight', vocabulary, C, config.outputScale)]),
  ];
}

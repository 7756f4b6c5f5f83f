/** Causal multi-head attention in float64. */
import * as reference from '../../../src/cpu/attention.ts';

export type { AttentionShape } from '../../../src/cpu/attention.ts';

/** qkv [B, T, 3C] → out [B, T, C], lse [B, H, T], weights [B, H, T, T] */
export function attention(qkv: ArrayLike<number>, shape: reference.AttentionShape) {
  const { batch, length, heads, headWidth } = shape;
  const out = new Float64Array(batch * length * heads * headWidth);
  const lse = new Float64Array(batch * heads * length);
  const weights = new Float64Array(batch * heads * length * length);
  const given = Float64Array.from(qkv);
  reference.attention(given, out, lse, shape);
  reference.attentionWeights(given, lse, weights, shape);
  return { out, lse, weights };
}

/** Gradient of Σ out ⊙ dout with respect to qkv. */
export function attentionBackward(
  qkv: ArrayLike<number>,
  dout: ArrayLike<number>,
  shape: reference.AttentionShape,
): Float64Array {
  const { out, lse } = attention(qkv, shape);
  const dqkv = new Float64Array(qkv.length).fill(NaN);
  reference.attentionBackward(Float64Array.from(qkv), out, lse, Float64Array.from(dout), dqkv, shape);
  return dqkv;
}

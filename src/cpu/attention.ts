/** Causal multi-head attention (shaders/attention_forward.wgsl, attention_backward.wgsl, attention_weights.wgsl). */
import { exp } from './exp.ts';
import type { Floats } from './arrays.ts';

export interface AttentionShape {
  batch: number;
  length: number;
  heads: number;
  headWidth: number;
}

/**
 * s[t, u] = q[t] · k[u] / √D,  u ≤ t;   lse[t] = ln Σ_u exp s[t, u];   out[t] = Σ_u exp(s[t, u] − lse[t]) v[u]
 *
 * @param qkv [B, T, 3C]: q, k and v side by side, each C = H · D wide
 * @param out [B, T, C]
 * @param lse [B, H, T]
 */
export function attention(qkv: Floats, out: Floats, lse: Floats, shape: AttentionShape): void {
  const { length, heads, headWidth } = shape;
  const width = heads * headWidth;
  const scores = new Float64Array(length);
  forHeads(shape, (qkvAt, outAt, lseAt) => {
    for (let t = 0; t < length; t++) {
      const q = qkvAt + t * 3 * width;
      let most = -Infinity;
      for (let u = 0; u <= t; u++) {
        scores[u] = dot(qkv, q, qkv, qkvAt + u * 3 * width + width, headWidth) / Math.sqrt(headWidth);
        if (!(scores[u]! <= most)) most = scores[u]!;
      }
      let sum = 0;
      for (let u = 0; u <= t; u++) sum += scores[u] = exp(scores[u]! - most);
      lse[lseAt + t] = most + Math.log(sum);
      for (let d = 0; d < headWidth; d++) {
        let value = 0;
        for (let u = 0; u <= t; u++) value += scores[u]! * qkv[qkvAt + u * 3 * width + 2 * width + d]!;
        out[outAt + t * width + d] = value / sum;
      }
    }
  });
}

/**
 * p[t, u]  = exp(s[t, u] − lse[t]),   ds[t, u] = p[t, u] (dout[t] · v[u] − dout[t] · out[t]) / √D
 * dq[t] = Σ_u ds[t, u] k[u],   dk[u] = Σ_t ds[t, u] q[t],   dv[u] = Σ_t p[t, u] dout[t]
 *
 * @param dqkv [B, T, 3C]  =
 */
export function attentionBackward(
  qkv: Floats,
  out: Floats,
  lse: Floats,
  dout: Floats,
  dqkv: Floats,
  shape: AttentionShape,
): void {
  const { length, heads, headWidth } = shape;
  const width = heads * headWidth;
  dqkv.fill(0);
  forHeads(shape, (qkvAt, outAt, lseAt) => {
    for (let t = 0; t < length; t++) {
      const q = qkvAt + t * 3 * width;
      const o = outAt + t * width;
      const delta = dot(dout, o, out, o, headWidth);
      for (let u = 0; u <= t; u++) {
        const k = qkvAt + u * 3 * width + width;
        const v = k + width;
        const p = exp(dot(qkv, q, qkv, k, headWidth) / Math.sqrt(headWidth) - lse[lseAt + t]!);
        const ds = (p * (dot(dout, o, qkv, v, headWidth) - delta)) / Math.sqrt(headWidth);
        for (let d = 0; d < headWidth; d++) {
          dqkv[q + d]! += ds * qkv[k + d]!;
          dqkv[k + d]! += ds * qkv[q + d]!;
          dqkv[v + d]! += p * dout[o + d]!;
        }
      }
    }
  });
}

/**
 * weights[t, u] = exp(s[t, u] − lse[t]) where u ≤ t, else 0
 *
 * @param weights [B, H, T, T]
 */
export function attentionWeights(qkv: Floats, lse: Floats, weights: Floats, shape: AttentionShape): void {
  const { length, heads, headWidth } = shape;
  const width = heads * headWidth;
  weights.fill(0);
  forHeads(shape, (qkvAt, _, lseAt) => {
    for (let t = 0; t < length; t++) {
      for (let u = 0; u <= t; u++) {
        const score =
          dot(qkv, qkvAt + t * 3 * width, qkv, qkvAt + u * 3 * width + width, headWidth) /
          Math.sqrt(headWidth);
        weights[(lseAt + t) * length + u] = exp(score - lse[lseAt + t]!);
      }
    }
  });
}

/** Calls `each` with the indices of q[0], of out[0] and of lse[0] of each head of each example. */
function forHeads(
  { batch, length, heads, headWidth }: AttentionShape,
  each: (qkvAt: number, outAt: number, lseAt: number) => void,
): void {
  const width = heads * headWidth;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      each(
        b * length * 3 * width + h * headWidth,
        b * length * width + h * headWidth,
        (b * heads + h) * length,
      );
    }
  }
}

/** Σ_d a[i + d] b[j + d] */
function dot(a: Floats, i: number, b: Floats, j: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += a[i + d]! * b[j + d]!;
  return sum;
}

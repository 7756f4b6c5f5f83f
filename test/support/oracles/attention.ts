/** Causal multi-head attention in float64, as plain as its definition. */

type Numbers = ArrayLike<number>;

export interface AttentionShape {
  batch: number;
  length: number;
  heads: number;
  headWidth: number;
}

/** Index of q (part 0), k (1) or v (2) at batch b, head h, row t, column d of qkv [B, T, 3C]. */
function at(
  { length, heads, headWidth }: AttentionShape,
  part: number,
  b: number,
  h: number,
  t: number,
  d: number,
) {
  return ((b * length + t) * 3 + part) * heads * headWidth + h * headWidth + d;
}

/** qkv [B, T, 3C] → out [B, T, C], lse [B, H, T], weights [B, H, T, T] */
export function attention(qkv: Numbers, shape: AttentionShape) {
  const { batch, length, heads, headWidth } = shape;
  const out = new Float64Array(batch * length * heads * headWidth);
  const lse = new Float64Array(batch * heads * length);
  const weights = new Float64Array(batch * heads * length * length);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let t = 0; t < length; t++) {
        const row = (b * heads + h) * length + t;
        const scores = Float64Array.from({ length: t + 1 }, (_, u) => {
          let score = 0;
          for (let d = 0; d < headWidth; d++) {
            score += qkv[at(shape, 0, b, h, t, d)]! * qkv[at(shape, 1, b, h, u, d)]!;
          }
          return score / Math.sqrt(headWidth);
        });
        const most = Math.max(...scores);
        lse[row] = most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
        for (let u = 0; u <= t; u++) {
          const weight = Math.exp(scores[u]! - lse[row]);
          weights[row * length + u] = weight;
          for (let d = 0; d < headWidth; d++) {
            out[((b * length + t) * heads + h) * headWidth + d]! += weight * qkv[at(shape, 2, b, h, u, d)]!;
          }
        }
      }
    }
  }
  return { out, lse, weights };
}

/** Gradient of Σ out ⊙ dout with respect to qkv, through the softmax's own Jacobian. */
export function attentionBackward(qkv: Numbers, dout: Numbers, shape: AttentionShape): Float64Array {
  const { batch, length, heads, headWidth } = shape;
  const { weights } = attention(qkv, shape);
  const dqkv = new Float64Array(qkv.length);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let t = 0; t < length; t++) {
        const p = weights.subarray(((b * heads + h) * length + t) * length).subarray(0, t + 1);
        const doutAt = (d: number) => dout[((b * length + t) * heads + h) * headWidth + d]!;
        const dp = p.map((_, u) => {
          let sum = 0;
          for (let d = 0; d < headWidth; d++) sum += doutAt(d) * qkv[at(shape, 2, b, h, u, d)]!;
          return sum;
        });
        const mean = p.reduce((sum, weight, u) => sum + weight * dp[u]!, 0);
        for (let u = 0; u <= t; u++) {
          const ds = (p[u]! * (dp[u]! - mean)) / Math.sqrt(headWidth);
          for (let d = 0; d < headWidth; d++) {
            dqkv[at(shape, 0, b, h, t, d)]! += ds * qkv[at(shape, 1, b, h, u, d)]!;
            dqkv[at(shape, 1, b, h, u, d)]! += ds * qkv[at(shape, 0, b, h, t, d)]!;
            dqkv[at(shape, 2, b, h, u, d)]! += p[u]! * doutAt(d);
          }
        }
      }
    }
  }
  return dqkv;
}

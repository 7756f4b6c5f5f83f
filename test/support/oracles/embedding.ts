/** Embedding in float64, from its definition. */

export interface EmbeddingShape {
  b: number;
  t: number;
  v: number;
  c: number;
}

const clamp = (token: number, v: number): number => Math.min(Math.max(token, 0), v - 1);

/** y[b, t] = wte[token] + wpe[t] */
export function embedding(
  tokens: ArrayLike<number>,
  wte: ArrayLike<number>,
  wpe: ArrayLike<number> | undefined,
  { b, t, v, c }: EmbeddingShape,
): Float64Array {
  return Float64Array.from({ length: b * t * c }, (_, i) => {
    const n = Math.floor(i / c);
    const column = i % c;
    return wte[clamp(tokens[n]!, v) * c + column]! + (wpe ? wpe[(n % t) * c + column]! : 0);
  });
}

/** Σ_t of y [B, T, C] → [B, C] */
export function sumPositions(y: ArrayLike<number>, { b, t, c }: EmbeddingShape): Float64Array {
  const sum = new Float64Array(b * c);
  for (let i = 0; i < b * t * c; i++) sum[Math.floor(i / (t * c)) * c + (i % c)]! += y[i]!;
  return sum;
}

/** dwte [V, C] and dwpe [T, C] of dy [B, T, C] */
export function embeddingBackward(
  tokens: ArrayLike<number>,
  dy: ArrayLike<number>,
  { b, t, v, c }: EmbeddingShape,
): { dwte: Float64Array; dwpe: Float64Array } {
  const dwte = new Float64Array(v * c);
  const dwpe = new Float64Array(t * c);
  for (let i = 0; i < b * t * c; i++) {
    const n = Math.floor(i / c);
    dwte[clamp(tokens[n]!, v) * c + (i % c)]! += dy[i]!;
    dwpe[(n % t) * c + (i % c)]! += dy[i]!;
  }
  return { dwte, dwpe };
}

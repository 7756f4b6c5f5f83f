/** Embedding in float64, of all columns of a table of ids. */
import * as reference from '../../../src/cpu/embedding.ts';

export interface EmbeddingShape {
  b: number;
  t: number;
  v: number;
  c: number;
}

const shapeOf = ({ b, t, v, c }: EmbeddingShape): reference.EmbeddingShape => ({
  batch: b,
  length: t,
  width: c,
  ids: v,
  first: 0,
  rowIds: t,
  columnRows: 0,
  sums: false,
});

/** y[b, t] = wte[token] + wpe[t] */
export function embedding(
  tokens: ArrayLike<number>,
  wte: ArrayLike<number>,
  wpe: ArrayLike<number> | undefined,
  shape: EmbeddingShape,
): Float64Array {
  const y = new Float64Array(shape.b * shape.t * shape.c).fill(NaN);
  const positions = wpe && Float64Array.from(wpe);
  reference.embedding(Int32Array.from(tokens), Float64Array.from(wte), positions, y, shapeOf(shape));
  return y;
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
  shape: EmbeddingShape,
): { dwte: Float64Array; dwpe: Float64Array } {
  const dwte = new Float64Array(shape.v * shape.c).fill(NaN);
  const dwpe = new Float64Array(shape.t * shape.c).fill(NaN);
  const accumulates = { tokens: false, positions: false };
  const given = Float64Array.from(dy);
  reference.embeddingBackward(Int32Array.from(tokens), given, dwte, dwpe, shapeOf(shape), accumulates);
  return { dwte, dwpe };
}

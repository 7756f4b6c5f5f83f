/** Embedding of tokens and positions (shaders/embedding_forward.wgsl, embedding_backward.wgsl). */
import type { Floats } from './arrays.ts';

export interface EmbeddingShape {
  /** B */
  batch: number;
  /** T: positions of a row that are embedded */
  length: number;
  /** C */
  width: number;
  /** tokens of a table; ids outside 0 … ids − 1 count as the nearest of these */
  ids: number;
  /** the first of the embedded ones among the ids of a row */
  first: number;
  /** ids of a row */
  rowIds: number;
  /** rows from one position's table to the next; 0 where all share one */
  columnRows: number;
  /** the positions of a row are added up */
  sums: boolean;
}

/**
 * y[b, t] = wte[token(b, t)] + added, or y[b] = Σ_t wte[token(b, t)] + added
 *
 * @param tokens [B, ids of a row]
 * @param wte [V, C]
 * @param added [T, C], or shaped as y
 * @param y [B, T, C] or [B, C]
 */
export function embedding(
  tokens: Int32Array,
  wte: Floats,
  added: Floats | undefined,
  y: Floats,
  shape: EmbeddingShape,
): void {
  const { batch, length, width, sums } = shape;
  y.fill(0);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < length; t++) {
      const from = tableRow(tokens, b, t, shape) * width;
      const at = (sums ? b : b * length + t) * width;
      for (let c = 0; c < width; c++) y[at + c]! += wte[from + c]!;
    }
  }
  if (added) for (let i = 0; i < y.length; i++) y[i]! += added[i % added.length]!;
}

/**
 * dwte[v] = Σ dy over the places of row v, dwpe[t] = Σ_b dy[b, t]
 *
 * @param dy [B, T, C] or, where positions are added up, [B, C]
 * @param dwte [V, C]
 * @param dwpe [T, C]
 * @param accumulates whether dwte and dwpe are += instead of =
 */
export function embeddingBackward(
  tokens: Int32Array,
  dy: Floats,
  dwte: Floats,
  dwpe: Floats | undefined,
  shape: EmbeddingShape,
  accumulates: { tokens: boolean; positions: boolean },
): void {
  const { batch, length, width, sums } = shape;
  // In float64: in float32 long sums lose digits.
  const rows = accumulates.tokens ? Float64Array.from(dwte) : new Float64Array(dwte.length);
  const positions = accumulates.positions ? Float64Array.from(dwpe ?? []) : new Float64Array(length * width);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < length; t++) {
      const from = (sums ? b : b * length + t) * width;
      const at = tableRow(tokens, b, t, shape) * width;
      for (let c = 0; c < width; c++) rows[at + c]! += dy[from + c]!;
      if (dwpe) for (let c = 0; c < width; c++) positions[t * width + c]! += dy[from + c]!;
    }
  }
  dwte.set(rows);
  dwpe?.set(positions);
}

/** The row of wte at position t of row b. */
function tableRow(
  tokens: Int32Array,
  b: number,
  t: number,
  { ids, first, rowIds, columnRows }: EmbeddingShape,
): number {
  const id = tokens[b * rowIds + first + t]!;
  return t * columnRows + Math.min(Math.max(id, 0), ids - 1);
}

/** Draws the next token of each row from its logits (shaders/sample_token.wgsl). */
import { STATE } from '../kernels/state.ts';
import { hash } from '../random.ts';
import type { Floats, State } from './arrays.ts';

/** Apart from the other streams of shaders/random.wgsl and src/random.ts. */
const TOKEN_STREAM = 6;

export interface SampleShape {
  /** positions that have logits */
  length: number;
  /** rows of tokens, and tokens of a row */
  rows: number;
  rowTokens: number;
  /** 0 takes the largest logit, and the first of equals */
  temperature: number;
}

/**
 * tokens[b, p + 1] = the first v with Σ_(w ≤ v) e(w) > u Σ_w e(w),  e(w) = exp((logits[b, p, w] − max) / temperature)
 *
 * u = hash(seed, stream, b, p) in [0, 1). The token is −1 where a logit is NaN or +∞, or none is finite; nothing is written where
 * p = state.step has no logits or nothing follows it.
 *
 * @param logits [rows, length, V]
 * @param tokens [rows, tokens of a row]
 */
export function sampleToken(
  logits: Floats,
  state: State,
  tokens: Int32Array,
  { length, rows, rowTokens, temperature }: SampleShape,
): void {
  const p = state[STATE.step]!;
  if (p >= length || p + 1 >= rowTokens) return;
  const classes = logits.length / (rows * length);
  for (let b = 0; b < rows; b++) {
    const start = (b * length + p) * classes;
    const own = logits.subarray(start, start + classes);
    const u = uniform(state[STATE.seed]!, b, p);
    tokens[b * rowTokens + p + 1] = drawToken(own, temperature, u);
  }
}

/** The number in [0, 1) that decides row `row` at position `position`. */
export function uniform(seed: number, row: number, position: number): number {
  return (hash(seed, TOKEN_STREAM, row, position) >>> 8) / 2 ** 24;
}

/** The class of one row of logits [V] that u draws. */
export function drawToken(logits: Floats, temperature: number, u: number): number {
  let most = -Infinity;
  for (const x of logits) most = Math.max(most, x);
  if (!Number.isFinite(most)) return -1;
  if (temperature === 0) return logits.indexOf(most);
  const weights = Float64Array.from(logits, (x) => Math.exp((x - most) / temperature));
  const wanted = u * weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  // Where rounding lets no class exceed what is wanted, the last that has a weight.
  let drawn = -1;
  for (let v = 0; v < weights.length && !(sum > wanted); v++) {
    if (weights[v]! > 0) drawn = v;
    sum += weights[v]!;
  }
  return drawn;
}

/**
 * What a model answers with given weights, in double precision and without a device: the functions of `src/models` once more,
 * for pictures and questions. `test/inside/answer.test.ts` holds the two together.
 */
import type { RunSpec } from '../worker/protocol.ts';
import type { Matrix, Weights } from './weights.ts';

type Model = RunSpec['model'];
type Transformer = Extract<Model, { kind: 'transformer' }>;
type Mlp = Extract<Model, { kind: 'mlp' }>;

export interface Answer {
  /** logits or values of each position [T][outputs]; one position where a row has one answer */
  outputs: Float64Array[];
  /** by layer and head: weights [T · T], row = the position that looks */
  attention: Float64Array[][];
}

/** @param row token ids, or the numbers that go in @throws Error where the weights are not whole */
export function answer(model: Model, weights: Weights, row: readonly number[]): Answer {
  return model.kind === 'mlp'
    ? { outputs: [mlp(model, weights, row)], attention: [] }
    : transformer(model, weights, row);
}

/** p of each class. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const most = Math.max(...Array.from(logits));
  const shares = Float64Array.from(logits, (logit) => Math.exp(logit - most));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

/** The place of the largest, the first of several. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

const GELU_SCALE = Math.sqrt(2 / Math.PI);
const gelu = (x: number): number => (x / 2) * (1 + Math.tanh(GELU_SCALE * (x + 0.044715 * x ** 3)));

const ACTIVATIONS: Record<Mlp['activation'], (x: number) => number> = {
  relu: (x) => Math.max(0, x),
  gelu,
  tanh: Math.tanh,
  square: (x) => x * x,
};

function get(weights: Weights, name: string): Matrix {
  const matrix = weights.get(name);
  if (!matrix) throw new Error(`The snapshot lacks ${name}.`);
  return matrix;
}

/** W x + b, W [out, in] */
function linear(x: ArrayLike<number>, { shape, values }: Matrix, bias?: Matrix): Float64Array {
  const [rows, columns] = shape as [number, number];
  const y = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = bias?.values[row] ?? 0;
    for (let c = 0; c < columns; c++) sum += values[row * columns + c]! * x[c]!;
    y[row] = sum;
  }
  return y;
}

function rowOf({ shape, values }: Matrix, row: number): Float64Array {
  const columns = shape[1]!;
  return Float64Array.from(values.subarray(row * columns, (row + 1) * columns));
}

const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + b[i]!);

function mlp(model: Mlp, weights: Weights, row: readonly number[]): Float64Array {
  const act = ACTIVATIONS[model.activation];
  const table = weights.get('wte.weight');
  let x: Float64Array = table ? embedded(model, weights, table, row) : Float64Array.from(row);
  for (const layer of model.hidden.keys()) {
    x = linear(x, get(weights, `layers.${layer}.weight`), weights.get(`layers.${layer}.bias`)).map(act);
  }
  const last = model.hidden.length;
  return linear(x, get(weights, `layers.${last}.weight`), weights.get(`layers.${last}.bias`));
}

/** The embeddings of a row: each position has a table of its own; a tag's is added to what they give. */
function embedded(model: Mlp, weights: Weights, table: Matrix, row: readonly number[]): Float64Array {
  const tags = weights.get('tag_embedding.weight');
  const ids = tags ? row.slice(0, -1) : row;
  const vocabulary = table.shape[0]! / ids.length;
  const parts = ids.map((id, position) => rowOf(table, position * vocabulary + id));
  let x = model.combine === 'sum' ? parts.reduce(sum) : Float64Array.from(parts.flatMap((part) => [...part]));
  if (tags) x = sum(x, rowOf(tags, row.at(-1)!));
  return model.combine === 'sum' ? x.map(ACTIVATIONS[model.activation]) : x;
}

function layerNorm(x: Float64Array, gain: Matrix, bias: Matrix): Float64Array {
  const mean = x.reduce((total, value) => total + value, 0) / x.length;
  const variance = x.reduce((total, value) => total + (value - mean) ** 2, 0) / x.length;
  const scale = 1 / Math.sqrt(variance + 1e-5);
  return x.map((value, c) => (value - mean) * scale * gain.values[c]! + bias.values[c]!);
}

function transformer(model: Transformer, weights: Weights, row: readonly number[]): Answer {
  const p = (name: string): Matrix => get(weights, name);
  const norm = (name: string, x: Float64Array): Float64Array =>
    layerNorm(x, p(`${name}.weight`), p(`${name}.bias`));
  let xs = row.map((id, position) => sum(rowOf(p('wte.weight'), id), rowOf(p('wpe.weight'), position)));
  const attention: Float64Array[][] = [];
  for (let layer = 0; layer < model.layers; layer++) {
    const at = `h.${layer}`;
    const qkv = xs.map((x) => linear(norm(`${at}.ln_1`, x), p(`${at}.attn.c_attn.weight`)));
    const { heads, out } = attend(qkv, model);
    attention.push(heads);
    xs = xs.map((x, t) => sum(x, linear(out[t]!, p(`${at}.attn.c_proj.weight`))));
    if (!model.mlp) continue;
    xs = xs.map((x) => {
      const hidden = linear(norm(`${at}.ln_2`, x), p(`${at}.mlp.c_fc.weight`), p(`${at}.mlp.c_fc.bias`));
      return sum(x, linear(hidden.map(gelu), p(`${at}.mlp.c_proj.weight`), p(`${at}.mlp.c_proj.bias`)));
    });
  }
  const head = p(model.tied ? 'wte.weight' : 'lm_head.weight');
  return { outputs: xs.map((x) => linear(norm('ln_f', x), head)), attention };
}

/** Causal attention. @param qkv of each position: q, k and v side by side */
function attend(
  qkv: readonly Float64Array[],
  { width, heads }: Transformer,
): { heads: Float64Array[]; out: Float64Array[] } {
  const length = qkv.length;
  const own = width / heads;
  const out = qkv.map(() => new Float64Array(width));
  const all = Array.from({ length: heads }, (_, head) => {
    const shares = new Float64Array(length * length);
    for (let t = 0; t < length; t++) {
      const scores = qkv.slice(0, t + 1).map((key) => {
        let score = 0;
        for (let d = head * own; d < (head + 1) * own; d++) score += qkv[t]![d]! * key[width + d]!;
        return score / Math.sqrt(own);
      });
      softmax(scores).forEach((share, u) => {
        shares[t * length + u] = share;
        for (let d = head * own; d < (head + 1) * own; d++) out[t]![d]! += share * qkv[u]![2 * width + d]!;
      });
    }
    return shares;
  });
  return { heads: all, out };
}

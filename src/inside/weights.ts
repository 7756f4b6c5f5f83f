/** The weights of a snapshot as arrays, and parts of them taken out. */
import { decodeFloats } from '../floats.ts';
import type { Snapshot } from '../worker/protocol.ts';

export interface Matrix {
  shape: readonly number[];
  /** row-major */
  values: Float32Array<ArrayBuffer>;
}

/** Parameters by their names, as in GPT-2. */
export type Weights = ReadonlyMap<string, Matrix>;

const read = new WeakMap<Snapshot, Weights>();

/** Read once for each snapshot: whoever changes them takes a copy. */
export function weightsOf(snapshot: Snapshot): Weights {
  let weights = read.get(snapshot);
  if (!weights) {
    weights = new Map(
      Object.entries(snapshot.weights).map(([name, { shape, values }]) => [
        name,
        { shape, values: decodeFloats(values) },
      ]),
    );
    read.set(snapshot, weights);
  }
  return weights;
}

/** Something of a model that can be left out. */
export type Part =
  /** a head: what it writes */
  | { kind: 'head'; layer: number; head: number }
  /** a whole layer of attention */
  | { kind: 'attention'; layer: number }
  /** a hidden neuron: what goes out of it */
  | { kind: 'neuron'; layer: number; neuron: number };

/** A copy of the weights in which a part says nothing any more: what it writes is multiplied by 0. Nothing is trained. */
export function without(weights: Weights, part: Part, heads = 1): Weights {
  const name = part.kind === 'neuron' ? `layers.${part.layer}.weight` : `h.${part.layer}.attn.c_proj.weight`;
  const matrix = weights.get(name);
  if (!matrix) return weights;
  const [rows, columns] = matrix.shape as [number, number];
  const [first, end] = columnsOf(part, columns, heads);
  const values = matrix.values.slice();
  for (let row = 0; row < rows; row++) values.fill(0, row * columns + first, row * columns + end);
  return new Map(weights).set(name, { ...matrix, values });
}

function columnsOf(part: Part, columns: number, heads: number): [first: number, end: number] {
  switch (part.kind) {
    case 'attention':
      return [0, columns];
    case 'head': {
      const width = columns / heads;
      return [part.head * width, (part.head + 1) * width];
    }
    case 'neuron':
      return [part.neuron, part.neuron + 1];
  }
}

/** Weights of one run as another one's. */
import type { RunSpec } from '../spec/spec.ts';
import { refuseOtherWeights } from './refuse-weights.ts';
import { rowsOf, type Weights } from './weights.ts';

/**
 * The weights of a run as another run's initial ones [R, P]: each replica's own, or one model's for all.
 * @throws SchemaError that names in what the two models differ
 */
export function transferred(from: Weights, to: RunSpec): Float32Array<ArrayBuffer> {
  refuseOtherWeights(from, to);
  const { replicas } = from.spec;
  const { length } = rowsOf(to);
  const arena = new Float32Array(to.replicas * length);
  for (let r = 0; r < to.replicas; r++) {
    const row = (r % replicas) * length;
    arena.set(from.parameters.subarray(row, row + length), r * length);
  }
  return arena;
}

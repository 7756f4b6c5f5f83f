/** The two tables of a network that adds modulo p: one for each number of the pair. */
import type { Snapshot } from '../worker/protocol.ts';
import type { Table } from './waves.ts';
import { weightsOf } from './weights.ts';

/** @throws Error where the snapshot lacks the embeddings */
export function tablesOf(snapshot: Snapshot): [first: Table, second: Table] {
  const table = weightsOf(snapshot).get('wte.weight');
  if (!table) throw new Error('The snapshot lacks wte.weight.');
  const [rows, neurons] = table.shape as [number, number];
  const numbers = rows / 2;
  const half = numbers * neurons;
  return [
    { numbers, neurons, values: table.values.subarray(0, half) },
    { numbers, neurons, values: table.values.subarray(half) },
  ];
}

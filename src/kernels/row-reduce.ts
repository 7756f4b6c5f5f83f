/** What the kernels that reduce over rows have in common: shaders/row_reduce.wgsl and its constants. */
import type { Dispatch } from '../gpu/kernel.ts';
import rowReduceCode from '../../shaders/row_reduce.wgsl?raw';

/** Rows no wider than this have one thread each: nothing to share, no barrier. */
const NARROW = 8;
/** Wider rows are always shared: one long sum would lose a digit to rounding. */
const WIDE = 512;

export interface RowReduce {
  code: string;
  constants: { LANES: number; ROWS_PER_GROUP: number };
  workgroups: Dispatch['workgroups'];
}

/**
 * How the threads of a kernel share `rows` rows of `columns` numbers.
 * @param serial a thread for each row that is not very wide: for adapters that compute on the CPU, where a barrier costs more
 * than a row
 * @param threads of a workgroup
 */
export function rowReduce(
  rows: number,
  columns: number,
  replicas: number,
  serial = false,
  threads = 64,
): RowReduce {
  const lanes = columns <= (serial ? WIDE : NARROW) ? 1 : 16;
  const rowsPerGroup = threads / lanes;
  return {
    code: rowReduceCode,
    constants: { LANES: lanes, ROWS_PER_GROUP: rowsPerGroup },
    workgroups: [Math.ceil(rows / rowsPerGroup), 1, replicas],
  };
}

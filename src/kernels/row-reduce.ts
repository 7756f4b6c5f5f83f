/** What the kernels that reduce over rows have in common: shaders/row_reduce.wgsl and its constants. */
import type { Dispatch } from '../gpu/kernel.ts';
import rowReduceCode from '../../shaders/row_reduce.wgsl?raw';

const THREADS = 64;
/** Rows no wider than this have one thread each: nothing to share, no barrier. */
const NARROW = 8;

export interface RowReduce {
  code: string;
  constants: { LANES: number; ROWS_PER_GROUP: number };
  workgroups: Dispatch['workgroups'];
}

/** How the threads of a kernel share `rows` rows of `columns` numbers. */
export function rowReduce(rows: number, columns: number, replicas: number): RowReduce {
  const lanes = columns <= NARROW ? 1 : 16;
  const rowsPerGroup = THREADS / lanes;
  return {
    code: rowReduceCode,
    constants: { LANES: lanes, ROWS_PER_GROUP: rowsPerGroup },
    workgroups: [Math.ceil(rows / rowsPerGroup), 1, replicas],
  };
}

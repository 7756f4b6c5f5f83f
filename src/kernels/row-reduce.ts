/** What the kernels that reduce over rows have in common: shaders/row_reduce.wgsl and its constants. */
import type { Dispatch } from '../gpu/kernel.ts';
import rowReduceCode from '../../shaders/row_reduce.wgsl?raw';

const LANES = 16;
const ROWS_PER_GROUP = 4;

export const ROW_REDUCE = { code: rowReduceCode, constants: { LANES, ROWS_PER_GROUP } };

/** One group of lanes per row. */
export function rowWorkgroups(rows: number, replicas: number): Dispatch['workgroups'] {
  return [Math.ceil(rows / ROWS_PER_GROUP), 1, replicas];
}

/** Embedding of tokens and positions, and its gradients. */
import { LEAST } from '../gpu/grants.ts';
import { read, update, write, type Dispatch } from '../gpu/kernel.ts';
import { size, span, type Tensor } from '../gpu/tensor.ts';
import { i32, work } from '../cpu/work.ts';
import backwardCode from '../../shaders/embedding_backward.wgsl?raw';
import backwardSerialCode from '../../shaders/embedding_backward_serial.wgsl?raw';
import forwardCode from '../../shaders/embedding_forward.wgsl?raw';
import type { EmbeddingShape } from '../cpu/embedding.ts';
import { expectElements } from './shapes.ts';

/** Threads of a workgroup of embedding_backward_serial. */
const SERIAL_THREADS = 8;
/** Most positions of a batch that are summed one after the other: longer sums lose digits to rounding. */
const MOST_SERIAL = 4096;

/** Neighbouring columns of a table of ids. */
export interface Columns {
  first: number;
  count: number;
}

export interface Embedding {
  /** [R, B, T] i32, or [R, B, ids] with `columns`; ids outside 0 … V − 1 count as the nearest of these */
  tokens: Tensor;
  /** which T of a row's ids are embedded; default: all */
  columns?: Columns;
  /** [R, V, C] */
  wte: Tensor;
  /** [R, T, C], added at each position */
  wpe?: Tensor;
  /** shaped as y, added to it */
  residual?: Tensor;
  /** [R, B, T, C], or [R, B, C] with `sum` */
  y: Tensor;
  /** add the tokens of a row up instead */
  sum?: boolean;
  /** each position has a table of its own: V = T · ids, one below the other */
  perColumn?: boolean;
  /** of a workgroup; default: as many as every device grants */
  threads?: number;
}

/**
 * y = wte[token] + wpe[position] + residual, or Σ_t wte[token_t] + residual.
 * @throws RangeError when shapes do not fit
 */
export function embedding(op: Embedding): Dispatch {
  const { tokens, wte, wpe, residual, y, sum = false, threads = LEAST.threads } = op;
  const { b, t, v, c, ids } = dimensions('embedding', op, wte, wpe, y, sum);
  if (residual) expectElements('embedding', size(y), residual);
  if (wpe && residual) throw new RangeError('embedding: positions and a residual share a binding.');
  const added = wpe ?? residual;
  const lanes = lanesOf(c, wte, added, y);
  const rows = sum ? b : b * t;
  const cLanes = c / lanes.width;
  return {
    kernel: {
      name: 'embedding_forward',
      code: [lanes.code, forwardCode],
      constants: {
        THREADS: threads,
        ROWS: rows,
        T: t,
        ...ids,
        ...tables(v, t, op.perColumn),
        C_LANES: cLanes,
        TOKENS_STRIDE: tokens.stride,
        WTE_STRIDE: wte.stride / lanes.width,
        ADDED_STRIDE: (added?.stride ?? 0) / lanes.width,
        ADDED_ROWS: added ? size(added) / c : 1,
        ADDS: added !== undefined,
        Y_STRIDE: y.stride / lanes.width,
        SUMS: sum,
      },
    },
    bindings: [read(tokens), read(wte), read(added), write(y)],
    workgroups: [Math.ceil((rows * cLanes) / threads), 1, y.replicas],
    flops: 0,
    cpu: work('embedding', i32(tokens), wte, added, y, shapeOf(op, b, t, v, c, ids)),
  };
}

export interface EmbeddingBackward {
  /** [R, B, T] i32, or [R, B, ids] with `columns` */
  tokens: Tensor;
  columns?: Columns;
  /** [R, B, T, C], or [R, B, C] with `sum` */
  dy: Tensor;
  /** [R, V, C] */
  dwte: Tensor;
  /** [R, T, C]; lies behind dwte in the same storage */
  dwpe?: Tensor;
  /** dwte += instead of =, e.g. where another operation shares wte */
  accumulate?: boolean;
  /** dwpe += instead of = */
  accumulatePositions?: boolean;
  sum?: boolean;
  perColumn?: boolean;
  /** a thread for each lane of all rows, if the batch is not very large: for adapters that compute on the CPU */
  serial?: boolean;
  /** of a workgroup, a power of two; default: as many as every device grants */
  threads?: number;
}

/**
 * dwte[v] = Σ dy over the places of token v, dwpe[t] = Σ_b dy[b, t], both in a fixed order.
 * @throws RangeError when shapes do not fit
 */
export function embeddingBackward(op: EmbeddingBackward): Dispatch {
  const { tokens, dy, dwte, dwpe, sum = false, threads = LEAST.threads } = op;
  const { b, t, v, c, ids } = dimensions('embedding_backward', op, dwte, dwpe, dy, sum);
  const serial = (op.serial ?? false) && b * t <= MOST_SERIAL;
  const gradients = dwpe ? span(dwte, dwpe) : dwte;
  const dwpeOffset = dwpe ? dwpe.offset - dwte.offset : 0;
  const lanes = lanesOf(c, dy, dwte);
  const cLanes = c / lanes.width;
  const perGroup = Math.min(64, 2 ** Math.ceil(Math.log2(cLanes)));
  const groups: readonly [number, number] = serial
    ? [Math.ceil(cLanes / SERIAL_THREADS), dwpe ? 2 : 1]
    : [Math.ceil(cLanes / perGroup), dwpe ? v + t : v];
  return {
    kernel: {
      name: serial ? 'embedding_backward_serial' : 'embedding_backward',
      code: [lanes.code, serial ? backwardSerialCode : backwardCode],
      constants: {
        ...(!serial && { THREADS: threads, LANES: perGroup }),
        B: b,
        T: t,
        V: v,
        ...ids,
        ...tables(v, t, op.perColumn),
        C_LANES: cLanes,
        TOKENS_STRIDE: tokens.stride,
        DY_STRIDE: dy.stride / lanes.width,
        GRADIENTS_STRIDE: dwte.stride / lanes.width,
        DWPE_OFFSET: dwpeOffset / lanes.width,
        ACCUMULATES: op.accumulate ?? false,
        ACCUMULATES_POSITIONS: op.accumulatePositions ?? false,
        SUMS: sum,
      },
    },
    // Between the two tables lies padding, or other parameters: what is bound is not all overwritten.
    bindings: [read(tokens), read(dy), update(gradients)],
    workgroups: [...groups, dy.replicas],
    flops: 0,
    cpu: work('embeddingBackward', i32(tokens), dy, dwte, dwpe, shapeOf(op, b, t, v, c, ids), {
      tokens: op.accumulate ?? false,
      positions: op.accumulatePositions ?? false,
    }),
  };
}

/** Ids of a table, and rows from one position's table to the next: 0 where all positions share one. */
function tables(v: number, t: number, perColumn = false): { IDS: number; COLUMN_ROWS: number } {
  if (perColumn && v % t !== 0)
    throw new RangeError(`embedding: ${v} rows are no ${t} tables of one length.`);
  return perColumn ? { IDS: v / t, COLUMN_ROWS: v / t } : { IDS: v, COLUMN_ROWS: 0 };
}

/** The same in the words of the reference. */
function shapeOf(
  { sum = false, perColumn }: { sum?: boolean; perColumn?: boolean },
  batch: number,
  length: number,
  v: number,
  width: number,
  { FIRST, ROW_IDS }: { FIRST: number; ROW_IDS: number },
): EmbeddingShape {
  const { IDS, COLUMN_ROWS } = tables(v, length, perColumn);
  const table = { ids: IDS, columnRows: COLUMN_ROWS, first: FIRST, rowIds: ROW_IDS };
  return { batch, length, width, ...table, sums: sum };
}

/** How many neighbouring columns a thread takes: 4 where every row of every replica starts at a multiple of 4. */
function lanesOf(columns: number, ...tensors: (Tensor | undefined)[]): { width: number; code: string } {
  const fits = [columns, ...tensors.map((tensor) => tensor?.stride ?? 0)].every((n) => n % 4 === 0);
  return fits ? { width: 4, code: 'alias Lane = vec4f;' } : { width: 1, code: 'alias Lane = f32;' };
}

function dimensions(
  name: string,
  { tokens, columns }: { tokens: Tensor; columns?: Columns },
  wte: Tensor,
  wpe: Tensor | undefined,
  y: Tensor,
  sum: boolean,
): { b: number; t: number; v: number; c: number; ids: { FIRST: number; ROW_IDS: number } } {
  if (sum && wpe) throw new RangeError(`${name}: a sum over the row has no positions.`);
  const [v = 1, c = 1] = wte.shape;
  const rowIds = tokens.shape.at(-1) ?? 1;
  const b = size(tokens) / rowIds;
  const { first, count: t } = columns ?? { first: 0, count: rowIds };
  if (t < 1 || first + t > rowIds) {
    throw new RangeError(`${name}: rows of ${rowIds} ids have no columns ${first} to ${first + t - 1}.`);
  }
  expectElements(name, v * c, wte);
  if (wpe) expectElements(name, t * c, wpe);
  expectElements(name, sum ? b * c : b * t * c, y);
  return { b, t, v, c, ids: { FIRST: first, ROW_IDS: rowIds } };
}

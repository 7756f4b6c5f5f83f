/** Matrix product with a fused epilogue; forward, dX and dW of a linear layer are this one operation. */
import { LEAST } from '../gpu/grants.ts';
import type { CpuWork } from '../gpu/cpu-work.ts';
import { f32, read, update, write, type Constant, type Dispatch } from '../gpu/kernel.ts';
import { size, span, type Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import activationCode from '../../shaders/activation.wgsl?raw';
import aScalar from '../../shaders/matmul_a_scalar.wgsl?raw';
import aVec4 from '../../shaders/matmul_a_vec4.wgsl?raw';
import bScalar from '../../shaders/matmul_b_scalar.wgsl?raw';
import bVec4 from '../../shaders/matmul_b_vec4.wgsl?raw';
import epilogueCode from '../../shaders/matmul_epilogue.wgsl?raw';
import skinnyCode from '../../shaders/matmul_skinny.wgsl?raw';
import yScalar from '../../shaders/matmul_y_scalar.wgsl?raw';
import yVec4 from '../../shaders/matmul_y_vec4.wgsl?raw';
import { ACTIVATIONS, type Activation } from './activation.ts';
import { BROADCASTS, NORMALISED_ROWS } from './matmul-rare.ts';
import type { Tile, Variant } from './matmul-variant.ts';
import { VARIANTS, type MatmulVariant } from './matmul-variants.ts';

export { MATMUL_VARIANTS, type MatmulVariant } from './matmul-variants.ts';

/** Products of a few rows or columns take one thread per output, in whichever variant but `naive`; 64 in a row. */
const SKINNY_WORKGROUP = 64;

/** Bytes of workgroup memory that a variant needs; what normalises rows as it loads them needs more. */
export function workgroupBytes(variant: MatmulVariant): number {
  const { m, n, k = 0, splits = 1 } = VARIANTS[variant].tile;
  return 4 * k * (m + n) * splits + (k > 0 && splits === 1 ? 24 * m : 0);
}

/** Threads of a workgroup of a variant. */
export function workgroupThreads(variant: MatmulVariant): number {
  const { m, n, rows, columns, splits = 1 } = VARIANTS[variant].tile;
  return rows && columns ? ((m * n) / (rows * columns)) * splits : SKINNY_WORKGROUP;
}

/** Most rows or columns of a product that is called skinny: a tile would be used to an eighth at most. */
const SKINNY = 4;

export interface Matmul {
  /** [R, M, K], or [R, K, M] if `transposeA` */
  a: Tensor;
  /** [R, K, N], or [R, N, K] if `transposeB` */
  b: Tensor;
  /** [R, M, N] */
  y: Tensor;
  transposeA?: boolean;
  transposeB?: boolean;
  /** y += instead of = */
  accumulate?: boolean;
  /** [R, N], added to each row */
  bias?: Tensor;
  /** applied to the product after the bias */
  activation?: Activation;
  /** [R, M, N], receives the input of the activation */
  keepInput?: Tensor;
  /** [R, M, N], added after the activation; not beside `derivative`, whose binding it takes */
  residual?: Tensor;
  /** factor on the product, bias included; default 1 */
  scale?: number;
  /** factor on the residual; default 1 */
  residualScale?: number;
  /** the product is multiplied by the derivative of this activation at what its forward pass kept [R, M, N] */
  derivative?: { activation: Activation; kept: Tensor };
  /** [R, M], receives Σ_k A[m, k]; lies behind y in the same storage */
  dbias?: Tensor;
  /** A is normalised as it is loaded, if `normalises` says that it can be */
  normalise?: RowNormalisation;
  variant: MatmulVariant;
  /** tiles are multiplied without a loop: faster on GPUs, slow to compile for the CPU */
  unrolled?: boolean;
}

/** The product's A becomes (A − mean) / √(variance + ε) · gain + bias in each row. */
export interface RowNormalisation {
  /** [R, K] */
  gain: Tensor;
  /** [R, K], behind `gain` in the same storage */
  bias: Tensor;
  /** [R, M, K], receives the normalised A */
  y: Tensor;
  /** [R, M, 2], receives mean and 1 / standard deviation of each row */
  stats: Tensor;
  /** added to the variance */
  epsilon: number;
}

const isWhole = ({ k, splits }: Tile): boolean => k !== undefined && splits === undefined;

/** Whether a variant can normalise rows as it loads them: tiles can, where their memory is not taken up by parts. */
export function canNormalise(variant: MatmulVariant): boolean {
  return NORMALISED_ROWS !== undefined && isWhole(VARIANTS[variant].tile);
}

/** Whether the product can normalise A as it loads it: only tiles can, of rows that are multiples of 4 long. */
export function normalises(op: Omit<Matmul, 'normalise'>): boolean {
  if (!canNormalise(op.variant)) return false;
  const [m, k] = dimensions(op.a, op.transposeA);
  const n = op.y.shape.at(-1)!;
  const bound = [op.a, op.b, op.y, op.bias, op.residual ?? op.derivative?.kept, op.keepInput];
  const buffers = bound.filter((tensor) => tensor !== undefined).length + 3;
  const fits = !op.transposeA && Math.min(m, n) > SKINNY && k % 4 === 0 && n % 4 === 0;
  return fits && buffers <= LEAST.storageBuffers;
}

/** @throws RangeError when shapes do not fit, or when a fusion is asked for that the variant lacks */
export function matmul(op: Matmul): Dispatch {
  const [m, k] = dimensions(op.a, op.transposeA);
  const [kOfB, n] = dimensions(op.b, op.transposeB);
  if (k !== kOfB || size(op.y) !== m * n) {
    throw new RangeError(`matmul: [${m}, ${k}] · [${kOfB}, ${n}] does not give [${op.y.shape.join(', ')}].`);
  }
  const shape = {
    M: m,
    N: n,
    K: k,
    A_STRIDE: op.a.stride,
    B_STRIDE: op.b.stride,
    Y_STRIDE: op.y.stride,
    A_TRANSPOSED: op.transposeA ?? false,
    B_TRANSPOSED: op.transposeB ?? false,
  };
  const flops = 2 * m * n * k * op.y.replicas;
  if (op.variant === 'naive') return naive(op, shape, flops);

  const normalise = NORMALISED_ROWS === undefined ? undefined : op.normalise;
  if (normalise && !normalises(op)) throw new RangeError(`matmul: ${op.variant} cannot normalise this A.`);
  const isSkinny = Math.min(m, n) <= SKINNY;
  const variant = isSkinny ? ONE_EACH : variantOf(op.variant, k);
  const { kernel, tile, parts, rows } = variant;
  const broadcasts = BROADCASTS && variant.broadcasts ? BROADCASTS : undefined;
  const tiles: [number, number] = isSkinny ? [Math.ceil((m * n) / SKINNY_WORKGROUP), 1] : grid(tile, shape);
  // On the CPU down first: what a core read of B serves it for all rows.
  if (broadcasts) tiles.reverse();
  const inVectors = (...lengths: number[]): boolean =>
    !isSkinny && lengths.every((length) => length % 4 === 0);
  const isVectorA = inVectors(op.transposeA ? m : k);
  const out = op.accumulate ? update : write;
  return {
    kernel: {
      name: `matmul_${kernel}`,
      ...(broadcasts && { enables: ['subgroups'] }),
      code: [
        activationCode,
        isVectorA ? aVec4 : aScalar,
        ...(broadcasts ? [isVectorA ? broadcasts.vector : broadcasts.scalar] : []),
        inVectors(op.transposeB ? k : n) ? bVec4 : bScalar,
        inVectors(n, op.dbias ? m : 0) ? yVec4 : yScalar,
        epilogueCode,
        ...(rows === undefined ? [] : [(normalise && NORMALISED_ROWS) ?? rows]),
        ...parts,
      ],
      constants: {
        ...shape,
        COLUMNS: isSkinny ? 1 : 4,
        FILLS_TILES: !isSkinny && m % tile.m === 0 && n % tile.n === 0,
        ...epilogueConstants(op),
        ...(rows !== undefined && {
          ...tileConstants(tile),
          THREADS: workgroupThreads(op.variant),
          UNROLLED: op.unrolled ?? false,
        }),
        ...(normalise && {
          NORM_STRIDE: normalise.gain.stride,
          NORM_BIAS: normalise.bias.offset - normalise.gain.offset,
          EPSILON: f32(normalise.epsilon),
        }),
      },
    },
    bindings: [
      read(op.a),
      read(op.b),
      read(op.bias),
      read(op.residual ?? op.derivative?.kept),
      out(op.dbias ? span(op.y, op.dbias) : op.y),
      write(op.keepInput),
      ...(normalise
        ? [read(span(normalise.gain, normalise.bias)), write(normalise.y), write(normalise.stats)]
        : []),
    ],
    workgroups: [...tiles, op.y.replicas],
    flops: normalise ? flops + 8 * m * k * op.y.replicas : flops,
    ...(!normalise && { cpu: cpuWork(op, m, n, k) }),
  };
}

/** Constants that all variants have. */
type Shape = Record<'M' | 'N', number> & Record<string, Constant>;

/** One thread per output. */
const ONE_EACH: Variant = { kernel: 'skinny', tile: { m: 1, n: SKINNY_WORKGROUP }, parts: [skinnyCode] };

/** Broadcasts save nothing where K is so small, and `register` can be side by side with a skinny product. */
function variantOf(variant: MatmulVariant, k: number): Variant {
  return VARIANTS[BROADCASTS && VARIANTS[variant].broadcasts && k <= SKINNY ? 'register' : variant];
}

/** The oracle. */
function naive(op: Matmul, shape: Shape, flops: number): Dispatch {
  const { accumulate, bias, activation, residual, derivative, dbias, scale, normalise } = op;
  const fusions = [accumulate, bias, activation, residual, derivative, dbias, scale, normalise];
  if (fusions.some((fusion) => fusion !== undefined)) {
    throw new RangeError('matmul_naive fuses nothing.');
  }
  return {
    kernel: { name: 'matmul_naive', code: VARIANTS.naive.parts, constants: shape },
    bindings: [read(op.a), read(op.b), write(op.y)],
    workgroups: [...grid(VARIANTS.naive.tile, shape), op.y.replicas],
    flops,
    cpu: cpuWork(op, shape.M, shape.N, shape.K as number),
  };
}

function cpuWork(op: Matmul, m: number, n: number, k: number): CpuWork {
  const { a, b, y, bias, residual, derivative, keepInput, dbias } = op;
  const activation = derivative?.activation ?? op.activation;
  return work('matmul', a, b, y, bias, residual, derivative?.kept, keepInput, dbias, {
    ...{ m, n, k },
    transposeA: op.transposeA ?? false,
    transposeB: op.transposeB ?? false,
    accumulate: op.accumulate ?? false,
    scale: op.scale ?? 1,
    residualScale: op.residualScale ?? 1,
    ...(activation && { activation }),
  });
}

/** Tiles across and down. */
function grid(tile: Tile, { M, N }: Shape): [number, number] {
  return [Math.ceil(N / tile.n), Math.ceil(M / tile.m)];
}

function epilogueConstants(op: Matmul): Record<string, Constant> {
  return {
    BIAS_STRIDE: op.bias?.stride ?? 0,
    DBIAS_OFFSET: op.dbias ? op.dbias.offset - op.y.offset : 0,
    ACTIVATION: ACTIVATIONS.indexOf(op.derivative?.activation ?? op.activation ?? 'none'),
    HAS_BIAS: op.bias !== undefined,
    KEEPS_INPUT: op.keepInput !== undefined,
    HAS_RESIDUAL: op.residual !== undefined,
    MULTIPLIES_DERIVATIVE: op.derivative !== undefined,
    HAS_DBIAS: op.dbias !== undefined,
    ACCUMULATES: op.accumulate ?? false,
    SCALE: f32(op.scale ?? 1),
    RESIDUAL_SCALE: f32(op.residualScale ?? 1),
  };
}

function tileConstants({ m, n, k = 1, rows, columns, splits = 1 }: Tile): Record<string, Constant> {
  return {
    TILE_M: m,
    TILE_N: n,
    TILE_K: k,
    WIDE: columns === 8,
    TALL: rows === 8,
    SPLITS: splits,
  };
}

function dimensions(tensor: Tensor, transposed = false): [number, number] {
  const columns = tensor.shape.at(-1) ?? 1;
  const rows = size(tensor) / columns;
  return transposed ? [columns, rows] : [rows, columns];
}

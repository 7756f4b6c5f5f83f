/** Matrix product with a fused epilogue; forward, dX and dW of a linear layer are this one operation. */
import { LEAST } from '../gpu/grants.ts';
import { f32, read, update, write, type Constant, type CpuWork, type Dispatch } from '../gpu/kernel.ts';
import { size, span, type Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import activationCode from '../../shaders/activation.wgsl?raw';
import aScalar from '../../shaders/matmul_a_scalar.wgsl?raw';
import aScalarBroadcast from '../../shaders/matmul_a_scalar_broadcast.wgsl?raw';
import aVec4 from '../../shaders/matmul_a_vec4.wgsl?raw';
import aVec4Broadcast from '../../shaders/matmul_a_vec4_broadcast.wgsl?raw';
import bScalar from '../../shaders/matmul_b_scalar.wgsl?raw';
import bVec4 from '../../shaders/matmul_b_vec4.wgsl?raw';
import blockCode from '../../shaders/matmul_block.wgsl?raw';
import epilogueCode from '../../shaders/matmul_epilogue.wgsl?raw';
import onePart from '../../shaders/matmul_one_part.wgsl?raw';
import naiveCode from '../../shaders/matmul_naive.wgsl?raw';
import manyParts from '../../shaders/matmul_parts.wgsl?raw';
import quadCode from '../../shaders/matmul_quad.wgsl?raw';
import registerCode from '../../shaders/matmul_register.wgsl?raw';
import normalisedRows from '../../shaders/matmul_rows_normalised.wgsl?raw';
import plainRows from '../../shaders/matmul_rows_plain.wgsl?raw';
import skinnyCode from '../../shaders/matmul_skinny.wgsl?raw';
import subgroupCode from '../../shaders/matmul_subgroup.wgsl?raw';
import tiledCode from '../../shaders/matmul_tiled.wgsl?raw';
import yScalar from '../../shaders/matmul_y_scalar.wgsl?raw';
import yVec4 from '../../shaders/matmul_y_vec4.wgsl?raw';
import { ACTIVATIONS, type Activation } from './activation.ts';

/**
 * The algorithm: `tiled` reads through workgroup memory, in tiles of 64 × 64, 4 × 8 for a thread, or so many rows ×
 * columns; `register` through the cache; `quad` and `subgroup` through the cache and share by broadcasts, among four
 * threads or in subgroups of 8 (save where K ≤ 4); `naive` is the oracle. All but `naive` leave products of a few rows or
 * columns to one thread per output. All sum in the same order and give the same bits, but for `split`: its tiles of
 * 32 × 32 are summed by four parts of a workgroup.
 */
export type MatmulVariant =
  | 'naive'
  | 'register'
  | 'quad'
  | 'subgroup'
  | 'tiled'
  | 'tiled-32x32'
  | 'tiled-64x32'
  | 'tiled-64x64'
  | 'tiled-128x128'
  | 'split';

interface Tile {
  /** outputs per workgroup, as the shaders' headers state; `skinny` has 64 in a row */
  m: number;
  n: number;
  /** of tiles in workgroup memory: values of k at a time, the outputs of a thread, shares of k */
  k?: number;
  rows?: 4 | 8;
  columns?: 4 | 8;
  splits?: number;
}

const TILES: Record<MatmulVariant, Tile> = {
  naive: { m: 8, n: 8 },
  register: { m: 32, n: 32 },
  quad: { m: 16, n: 32 },
  subgroup: { m: 16, n: 32 },
  tiled: { m: 64, n: 64, k: 16, rows: 4, columns: 8 },
  'tiled-32x32': { m: 32, n: 32, k: 32, rows: 4, columns: 4 },
  'tiled-64x32': { m: 64, n: 32, k: 16, rows: 4, columns: 4 },
  'tiled-64x64': { m: 64, n: 64, k: 16, rows: 8, columns: 8 },
  'tiled-128x128': { m: 128, n: 128, k: 16, rows: 8, columns: 8 },
  split: { m: 32, n: 32, k: 32, rows: 4, columns: 4, splits: 4 },
};
export const MATMUL_VARIANTS = /* @__PURE__ */ Object.keys(TILES) as readonly MatmulVariant[];
const SKINNY_WORKGROUP = 64;

/** Bytes of workgroup memory that a variant needs; what normalises rows as it loads them needs more. */
export function workgroupBytes(variant: MatmulVariant): number {
  const { m, n, k = 0, splits = 1 } = TILES[variant];
  if (splits > 1 && !manyParts) return Infinity; // a build that leaves the kernel out
  return 4 * k * (m + n) * splits + (canNormalise(variant) ? 24 * m : 0);
}

/** Threads of a workgroup of a variant. */
export function workgroupThreads(variant: MatmulVariant): number {
  const { m, n, rows, columns, splits = 1 } = TILES[variant];
  return rows && columns ? ((m * n) / (rows * columns)) * splits : SKINNY_WORKGROUP;
}

/** Tiles can, where their memory is not taken up by parts. */
const canNormalise = (variant: MatmulVariant): boolean =>
  TILES[variant].k !== undefined && TILES[variant].splits === undefined;

/** Threads of the subgroups that `subgroup` needs; builds that leave its kernels out never meet it. */
export const SUBGROUP_SIZE = subgroupCode ? 8 : Infinity;
/** Whether a build has the kernel for quads, and any that shares what it loads by broadcasts. */
export const HAS_QUAD = quadCode !== '';
const HAS_BROADCASTS = HAS_QUAD || subgroupCode !== '';

/** Most rows or columns of a product that is called skinny: a tile would be used to an eighth at most. */
const SKINNY = 4;

const PARTS = {
  register: [blockCode, registerCode],
  quad: [blockCode, quadCode],
  skinny: [skinnyCode],
  subgroup: [subgroupCode],
  tiled: [blockCode, tiledCode],
};

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
  writtenOut?: boolean;
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

/** Whether the product can normalise A as it loads it: only tiles can, of rows that are multiples of 4 long. */
export function normalises(op: Omit<Matmul, 'normalise'>): boolean {
  if (!normalisedRows) return false; // a build that leaves the kernel out
  const [m, k] = dimensions(op.a, op.transposeA);
  const n = op.y.shape.at(-1)!;
  const bound = [op.a, op.b, op.y, op.bias, op.residual ?? op.derivative?.kept, op.keepInput];
  const buffers = bound.filter((tensor) => tensor !== undefined).length + 3;
  const fits = !op.transposeA && Math.min(m, n) > SKINNY && k % 4 === 0 && n % 4 === 0;
  return canNormalise(op.variant) && fits && buffers <= LEAST.storageBuffers;
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

  const normalise = normalisedRows ? op.normalise : undefined;
  if (normalise && !normalises(op)) throw new RangeError(`matmul: ${op.variant} cannot normalise this A.`);
  const algorithm = algorithmOf(op.variant, m, n, k);
  const isSkinny = algorithm === 'skinny';
  const broadcasts = HAS_BROADCASTS && (algorithm === 'quad' || algorithm === 'subgroup');
  const tile = TILES[algorithm === 'register' ? algorithm : op.variant];
  const tiles: [number, number] = isSkinny ? [Math.ceil((m * n) / SKINNY_WORKGROUP), 1] : grid(tile, shape);
  // On the CPU down first: what a core read of B serves it for all rows.
  if (broadcasts) tiles.reverse();
  const inVectors = (...rows: number[]): boolean => !isSkinny && rows.every((length) => length % 4 === 0);
  const isVectorA = inVectors(op.transposeA ? m : k);
  const out = op.accumulate ? update : write;
  return {
    kernel: {
      name: `matmul_${algorithm}`,
      ...(broadcasts && { enables: ['subgroups'] }),
      code: [
        activationCode,
        isVectorA ? aVec4 : aScalar,
        ...(broadcasts ? [isVectorA ? aVec4Broadcast : aScalarBroadcast] : []),
        inVectors(op.transposeB ? k : n) ? bVec4 : bScalar,
        inVectors(n, op.dbias ? m : 0) ? yVec4 : yScalar,
        epilogueCode,
        ...PARTS[algorithm],
        ...(algorithm === 'tiled'
          ? [normalise ? normalisedRows : plainRows, tile.splits ? manyParts : onePart]
          : []),
      ],
      constants: {
        ...shape,
        COLUMNS: isSkinny ? 1 : 4,
        FILLS_TILES: !isSkinny && m % tile.m === 0 && n % tile.n === 0,
        ...epilogueConstants(op),
        ...(algorithm === 'tiled' && {
          ...tileConstants(tile),
          THREADS: workgroupThreads(op.variant),
          WRITTEN_OUT: op.writtenOut ?? false,
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

/** What computes a product: its variant, where its shape suits it. */
function algorithmOf(variant: MatmulVariant, m: number, n: number, k: number): keyof typeof PARTS {
  if (Math.min(m, n) <= SKINNY) return 'skinny';
  if (HAS_BROADCASTS && (variant === 'quad' || variant === 'subgroup')) {
    // They save nothing where K is so small, and `register` can be side by side with a skinny product.
    return k <= SKINNY ? 'register' : variant;
  }
  return variant === 'register' ? variant : 'tiled';
}

/** The oracle. */
function naive(op: Matmul, shape: Shape, flops: number): Dispatch {
  const { accumulate, bias, activation, residual, derivative, dbias, scale, normalise } = op;
  const fusions = [accumulate, bias, activation, residual, derivative, dbias, scale, normalise];
  if (fusions.some((fusion) => fusion !== undefined)) {
    throw new RangeError('matmul_naive fuses nothing.');
  }
  return {
    kernel: { name: 'matmul_naive', code: [naiveCode], constants: shape },
    bindings: [read(op.a), read(op.b), write(op.y)],
    workgroups: [...grid(TILES.naive, shape), op.y.replicas],
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

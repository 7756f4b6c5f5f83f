/** Matrix product with a fused epilogue; forward, dX and dW of a linear layer are this one operation. */
import { f32, read, update, write, type Dispatch } from '../gpu/kernel.ts';
import { size, span, type Tensor } from '../gpu/tensor.ts';
import activationCode from '../../shaders/activation.wgsl?raw';
import accessScalar from '../../shaders/matmul_access_scalar.wgsl?raw';
import accessVec4 from '../../shaders/matmul_access_vec4.wgsl?raw';
import epilogueCode from '../../shaders/matmul_epilogue.wgsl?raw';
import naiveCode from '../../shaders/matmul_naive.wgsl?raw';
import registerCode from '../../shaders/matmul_register.wgsl?raw';
import skinnyCode from '../../shaders/matmul_skinny.wgsl?raw';
import subgroupCode from '../../shaders/matmul_subgroup.wgsl?raw';
import tiledCode from '../../shaders/matmul_tiled.wgsl?raw';
import { ACTIVATIONS, type Activation } from './activation.ts';

/**
 * The algorithm: `tiled` reads through workgroup memory, `register` through the cache, `subgroup` through the cache and
 * shares by broadcasts in subgroups of 8 threads (rows that are no multiple of 4 long are left to `register`);
 * `naive` is the oracle. All but `naive` leave products of a few rows or columns to one thread per output.
 */
export type MatmulVariant = 'naive' | 'register' | 'subgroup' | 'tiled';

/** Whether a variant is for adapters that compute on the CPU: there other kernels go without barriers too. */
export function isForCPU(variant: MatmulVariant): boolean {
  return variant === 'register' || variant === 'subgroup';
}

type Algorithm = MatmulVariant | 'skinny';

/** Outputs per workgroup, as the shaders' headers state; `skinny` has 64 in a row. */
const TILES: Record<MatmulVariant, { m: number; n: number }> = {
  naive: { m: 8, n: 8 },
  register: { m: 32, n: 32 },
  subgroup: { m: 16, n: 32 },
  tiled: { m: 32, n: 64 },
};
const SKINNY_WORKGROUP = 64;

/** Threads of the subgroups that `subgroup` needs; builds that leave its kernels out never meet it. */
export const SUBGROUP_SIZE = subgroupCode ? 8 : Infinity;

/** Most rows or columns of a product that is called skinny: a tile would be used to an eighth at most. */
const SKINNY = 4;

const CODE = { register: registerCode, skinny: skinnyCode, subgroup: subgroupCode, tiled: tiledCode };

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
  /** [R, M, N], added after the activation */
  residual?: Tensor;
  /** factor on the product, bias included; default 1 */
  scale?: number;
  /** factor on the residual; default 1 */
  residualScale?: number;
  /** the product is multiplied by the derivative of this activation at what its forward pass kept [R, M, N] */
  derivative?: { activation: Activation; kept: Tensor };
  /** [R, M], receives Σ_k A[m, k]; lies behind y in the same storage */
  dbias?: Tensor;
  variant: MatmulVariant;
}

/** @throws RangeError when shapes do not fit, or when a fusion is asked for that the variant lacks */
export function matmul(op: Matmul): Dispatch {
  const [m, k] = dimensions(op.a, op.transposeA);
  const [kOfB, n] = dimensions(op.b, op.transposeB);
  if (k !== kOfB || size(op.y) !== m * n) {
    throw new RangeError(`matmul: [${m}, ${k}] · [${kOfB}, ${n}] does not give [${op.y.shape.join(', ')}].`);
  }
  const grid = (algorithm: Algorithm): readonly [number, number, number] =>
    algorithm === 'skinny'
      ? [Math.ceil((m * n) / SKINNY_WORKGROUP), 1, op.y.replicas]
      : [Math.ceil(n / TILES[algorithm].n), Math.ceil(m / TILES[algorithm].m), op.y.replicas];
  const flops = 2 * m * n * k * op.y.replicas;
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

  if (op.variant === 'naive') {
    const fused =
      op.accumulate ?? op.bias ?? op.activation ?? op.residual ?? op.derivative ?? op.dbias ?? op.scale;
    if (fused) throw new RangeError('matmul_naive fuses nothing into the product.');
    return {
      kernel: { name: 'matmul_naive', code: [naiveCode], constants: shape },
      bindings: [read(op.a), read(op.b), write(op.y)],
      workgroups: grid('naive'),
      flops,
    };
  }

  if (op.residual && op.derivative) throw new RangeError('matmul: residual and derivative share a binding.');
  const rows = [op.transposeA ? m : k, op.transposeB ? k : n, n, op.dbias ? m : 0];
  const isSkinny = Math.min(m, n) <= SKINNY;
  const vectorised = !isSkinny && rows.every((length) => length % 4 === 0);
  const tiles = op.variant === 'subgroup' && !vectorised ? 'register' : op.variant;
  const algorithm = isSkinny ? 'skinny' : tiles;
  const out = op.accumulate ? update : write;
  return {
    kernel: {
      name: `matmul_${algorithm}`,
      ...(algorithm === 'subgroup' && { enables: ['subgroups'] }),
      code: [activationCode, vectorised ? accessVec4 : accessScalar, epilogueCode, CODE[algorithm]],
      constants: {
        ...shape,
        COLUMNS: isSkinny ? 1 : 4,
        FILLS_TILES: algorithm !== 'skinny' && m % TILES[algorithm].m === 0 && n % TILES[algorithm].n === 0,
        K_LAST: Math.floor((k - 1) / 4) * 4,
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
      },
    },
    bindings: [
      read(op.a),
      read(op.b),
      read(op.bias),
      read(op.residual ?? op.derivative?.kept),
      out(op.dbias ? span(op.y, op.dbias) : op.y),
      write(op.keepInput),
    ],
    workgroups: grid(algorithm),
    flops,
  };
}

function dimensions(tensor: Tensor, transposed = false): [number, number] {
  const columns = tensor.shape.at(-1) ?? 1;
  const rows = size(tensor) / columns;
  return transposed ? [columns, rows] : [rows, columns];
}

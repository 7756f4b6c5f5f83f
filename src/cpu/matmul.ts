/** Matrix product with its fusions (shaders/matmul_naive.wgsl, matmul_epilogue.wgsl). */
import type { Activation } from '../kernels/activation.ts';
import { activationBackward, activationForward } from './activation.ts';
import type { Floats } from './arrays.ts';

export interface ProductShape {
  m: number;
  n: number;
  k: number;
  /** A is [K, M] */
  transposeA?: boolean;
  /** B is [N, K] */
  transposeB?: boolean;
}

export interface MatmulShape extends ProductShape {
  /** y and dbias += instead of = */
  accumulate?: boolean;
  /** α, default 1 */
  scale?: number;
  /** β, default 1 */
  residualScale?: number;
  /** of the product or, where `kept` is given, the one whose derivative multiplies it */
  activation?: Activation;
}

export type Product = (a: Floats, b: Floats, y: Floats, shape: ProductShape) => void;

/** Y[m, n] = Σ_k A[m, k] B[k, n] */
export function product(a: Floats, b: Floats, y: Floats, shape: ProductShape): void {
  const { m, n, k, transposeA = false, transposeB = false } = shape;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) {
        sum += a[transposeA ? l * m + i : i * k + l]! * b[transposeB ? j * k + l : l * n + j]!;
      }
      y[i * n + j] = sum;
    }
  }
}

/**
 * What is fused into a product, whichever way that is computed:
 *
 *   y = activation(α (A·B + bias)) + β residual, or α (A·B) ⊙ activation′(kept)
 *
 * @param multiply how the product is computed
 * @returns a function of A, B, y [M, N]; bias [N]; residual, kept and keepInput [M, N], of which the last receives the
 * activation's input; dbias [M], which receives Σ_k A[m, k] of an A that is [K, M]; and the shape
 */
export const matmulBy =
  (multiply: Product) =>
  (
    a: Floats,
    b: Floats,
    y: Floats,
    bias: Floats | undefined,
    residual: Floats | undefined,
    kept: Floats | undefined,
    keepInput: Floats | undefined,
    dbias: Floats | undefined,
    shape: MatmulShape,
  ): void => {
    const { accumulate = false, scale = 1, residualScale = 1, activation = 'none' } = shape;
    const before = accumulate ? y.slice() : undefined;
    multiply(a, b, y, shape);
    if (bias) addToRows(y, bias);
    if (scale !== 1) for (let i = 0; i < y.length; i++) y[i]! *= scale;
    keepInput?.set(y);
    if (kept) activationBackward(kept, y, activation);
    else if (activation !== 'none') activationForward(y, y, activation);
    if (residual) for (let i = 0; i < y.length; i++) y[i]! += residualScale * residual[i]!;
    if (before) for (let i = 0; i < y.length; i++) y[i]! += before[i]!;
    if (dbias) sumRows(a, dbias, accumulate);
  };

/** y[m, n] += row[n] */
function addToRows(y: Floats, row: Floats): void {
  const n = row.length;
  for (let i = 0; i < y.length; i += n)
    for (let column = 0; column < n; column++) y[i + column]! += row[column]!;
}

/** sum[m] = Σ_k a[k, m] */
function sumRows(a: Floats, sum: Floats, accumulate: boolean): void {
  const m = sum.length;
  const total = new Float64Array(m);
  for (let i = 0; i < a.length;) for (let column = 0; column < m; column++, i++) total[column]! += a[i]!;
  for (let column = 0; column < m; column++) {
    sum[column] = accumulate ? sum[column]! + total[column]! : total[column]!;
  }
}

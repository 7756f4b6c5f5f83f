/** Matrix product in float64. */
import { product, type ProductShape } from '../../../src/cpu/matmul.ts';

/** Y[m, n] = Σ_k A[m, k] B[k, n] */
export function matmul(a: ArrayLike<number>, b: ArrayLike<number>, shape: ProductShape): Float64Array {
  const y = new Float64Array(shape.m * shape.n);
  product(Float64Array.from(a), Float64Array.from(b), y, shape);
  return y;
}

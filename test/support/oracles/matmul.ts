/** Matrix product in float64, as plain as its definition: what the kernels are held against. */

export interface MatmulShape {
  m: number;
  n: number;
  k: number;
  transposeA?: boolean;
  transposeB?: boolean;
}

/** Y[m, n] = Σ_k A[m, k] B[k, n] */
export function matmul(a: ArrayLike<number>, b: ArrayLike<number>, shape: MatmulShape): Float64Array {
  const { m, n, k, transposeA = false, transposeB = false } = shape;
  const y = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) {
        sum += a[transposeA ? l * m + i : i * k + l]! * b[transposeB ? j * k + l : l * n + j]!;
      }
      y[i * n + j] = sum;
    }
  }
  return y;
}

/** Small dense symmetric systems (at most 5 × 5 here), row-major. */

/** Lower Cholesky factor of a symmetric positive-definite p × p matrix, or undefined where it isn't one. */
function cholesky(matrix: ArrayLike<number>, p: number): Float64Array | undefined {
  const factor = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * p + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * p + k]! * factor[j * p + k]!;
      if (i === j) {
        if (!(sum > 1e-14 * matrix[i * p + i]!)) return undefined;
        factor[i * p + i] = Math.sqrt(sum);
      } else {
        factor[i * p + j] = sum / factor[j * p + j]!;
      }
    }
  }
  return factor;
}

/** Solves L z = b for the lower factor L. */
function solveLower(factor: Float64Array, b: ArrayLike<number>, p: number): Float64Array {
  const z = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * p + k]! * z[k]!;
    z[i] = sum / factor[i * p + i]!;
  }
  return z;
}

/** Solves Lᵀ x = z for the lower factor L. */
export function solveUpper(factor: Float64Array, z: ArrayLike<number>, p: number): Float64Array {
  const x = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    let sum = z[i]!;
    for (let k = i + 1; k < p; k++) sum -= factor[k * p + i]! * x[k]!;
    x[i] = sum / factor[i * p + i]!;
  }
  return x;
}

/** Solves M x = b for symmetric positive-definite M, or undefined where M is singular. */
export function solveSymmetric(
  matrix: ArrayLike<number>,
  b: ArrayLike<number>,
  p: number,
): Float64Array | undefined {
  const factor = cholesky(matrix, p);
  return factor && solveUpper(factor, solveLower(factor, b, p), p);
}

export interface LinearFit {
  /** p coefficients */
  coefficients: Float64Array;
  /** Cholesky factor of XᵀWX [p, p]; covariance = σ² (XᵀWX)⁻¹ */
  factor: Float64Array;
  /** Σ w r² */
  rss: number;
}

/**
 * Weighted linear least squares, min Σ w (y − X c)².
 * @param rows X, one row of p numbers per point
 * @returns undefined where the columns are linearly dependent
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  weights?: readonly number[],
): LinearFit | undefined {
  const p = rows[0]?.length ?? 0;
  const normal = new Float64Array(p * p);
  const right = new Float64Array(p);
  rows.forEach((row, i) => {
    const w = weights ? weights[i]! : 1;
    for (let j = 0; j < p; j++) {
      right[j]! += w * row[j]! * y[i]!;
      for (let k = 0; k < p; k++) normal[j * p + k]! += w * row[j]! * row[k]!;
    }
  });
  const factor = cholesky(normal, p);
  if (!factor) return undefined;
  const coefficients = solveUpper(factor, solveLower(factor, right, p), p);
  let rss = 0;
  rows.forEach((row, i) => {
    const fitted = row.reduce((sum, value, j) => sum + value * coefficients[j]!, 0);
    rss += (weights ? weights[i]! : 1) * (y[i]! - fitted) ** 2;
  });
  return { coefficients, factor, rss };
}

/** Muon in float64, one matrix at a time, as its author's PyTorch code has it. */
import { matmul } from './matmul.ts';

export interface Matrix {
  rows: number;
  columns: number;
  values: Float64Array;
}

/** m ← μ m + (1 − μ) g in place; what is to be orthogonalised. */
export function momentum(
  m: Float64Array,
  g: ArrayLike<number>,
  { momentum: mu, nesterov, scale }: { momentum: number; nesterov: boolean; scale: number },
): Float64Array {
  m.forEach((value, i) => (m[i] = mu * value + (1 - mu) * scale * g[i]!));
  return nesterov ? m.map((value, i) => mu * value + (1 - mu) * scale * g[i]!) : m.slice();
}

export function transpose({ rows, columns, values }: Matrix): Matrix {
  const flipped = values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
  return { rows: columns, columns: rows, values: flipped };
}

/** Divided by its Frobenius norm plus 1e-7. */
export function normalised(u: Matrix): Matrix {
  const norm = Math.hypot(...u.values) + 1e-7;
  return { ...u, values: u.values.map((value) => value / norm) };
}

/** Five rounds of X ← a X + (b X Xᵀ + c (X Xᵀ)²) X. */
export function newtonSchulz(x: Matrix): Matrix {
  const { rows, columns } = x;
  let { values } = x;
  for (let i = 0; i < 5; i++) {
    const gram = matmul(values, values, { m: rows, n: rows, k: columns, transposeB: true });
    const square = matmul(gram, gram, { m: rows, n: rows, k: rows });
    const polynomial = gram.map((value, j) => -4.775 * value + 2.0315 * square[j]!);
    const product = matmul(polynomial, values, { m: rows, n: columns, k: rows });
    values = values.map((value, j) => 3.4445 * value + product[j]!);
  }
  return { rows, columns, values };
}

/** What Muon steps along: the momentum orthogonalised and scaled for the matrix [out, in]. */
export function direction(u: Matrix): Matrix {
  const tall = u.rows > u.columns;
  const x = newtonSchulz(normalised(tall ? transpose(u) : u));
  const scale = Math.sqrt(Math.max(1, u.rows / u.columns));
  const { rows, columns, values } = tall ? transpose(x) : x;
  return { rows, columns, values: values.map((value) => scale * value) };
}

/** Singular values of a matrix with rows ≤ columns, in no order: Jacobi's rotations make its rows orthogonal. */
export function singularValues({ rows, columns, values }: Matrix): number[] {
  const at = Array.from({ length: rows }, (_, i) => values.slice(i * columns, (i + 1) * columns));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < rows; p++) {
      for (let q = p + 1; q < rows; q++) {
        const [a, b] = [at[p]!, at[q]!];
        const cross = dot(a, b);
        if (cross === 0) continue;
        const zeta = (dot(b, b) - dot(a, a)) / (2 * cross);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        const sine = tangent * cosine;
        at[p] = a.map((x, i) => cosine * x - sine * b[i]!);
        at[q] = b.map((x, i) => sine * a[i]! + cosine * x);
      }
    }
  }
  return at.map((row) => Math.sqrt(dot(row, row)));
}

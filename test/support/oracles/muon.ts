/** Muon in float64: what is around the orthogonalisation by the references, that itself from products. */
import { floatsOf } from '../../../src/cpu/arrays.ts';
import { muonMomentum, muonUpdate, type Stack } from '../../../src/cpu/muon.ts';
import { STATE, STATE_WORDS } from '../../../src/kernels/state.ts';
import { matmul } from './matmul.ts';

export interface Matrix {
  rows: number;
  columns: number;
  values: Float64Array;
}

/** What a replica's state says. */
export interface Setting {
  learningRate: number;
  weightDecay: number;
  scale: number;
  halted: number;
}

export function stateOf({ learningRate, weightDecay, scale, halted }: Setting): Uint32Array<ArrayBuffer> {
  const state = new Uint32Array(STATE_WORDS);
  const floats = floatsOf(state).fill(NaN);
  floats[STATE.learningRate] = learningRate;
  floats[STATE.weightDecay] = weightDecay;
  floats[STATE.gradientScale] = scale;
  state[STATE.halted] = halted;
  return state;
}

/** Changes the momentum m [P] of a replica; what is to be orthogonalised, of all matrices of the stack. */
export function momentum(
  m: Float64Array,
  gradients: Float64Array,
  stack: Stack,
  setting: Setting,
  how: { momentum: number; nesterov: boolean; clips: boolean },
): Float64Array {
  const x = new Float64Array(stack.matrices.length * stack.rows * stack.columns).fill(NaN);
  muonMomentum(gradients, stateOf(setting), m, x, stack, how);
  return x;
}

/** Changes the parameters [P] of a replica: the step along the momentum, which changes too. */
export function update(
  parameters: Float64Array,
  m: Float64Array,
  gradients: Float64Array,
  stack: Stack,
  setting: Setting,
  how: { momentum: number; nesterov: boolean; clips: boolean },
): void {
  const { rows, columns } = stack;
  const x = momentum(m, gradients, stack, setting, how);
  for (let at = 0; at < x.length; at += rows * columns) {
    const values = x.subarray(at, at + rows * columns);
    values.set(newtonSchulz({ rows, columns, values }).values);
  }
  muonUpdate(x, stateOf(setting), parameters, stack);
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

/** What Muon does around its orthogonalisation (shaders/muon_momentum.wgsl, muon_update.wgsl). */
import { STATE } from '../kernels/state.ts';
import { floatsOf, type Floats, type State } from './arrays.ts';

/** Hidden matrices of one shape up to transposition: kernels/muon.ts. */
export interface Stack {
  rows: number;
  columns: number;
  matrices: readonly { offset: number; tall: boolean }[];
}

/**
 * m ← μ m + (1 − μ) g,   u = μ m + (1 − μ) g if `nesterov`, else m,   x = u / (‖u‖ + 1e-7)
 *
 * @param gradients [P]
 * @param state the factor on g. Where it is halted nothing is written
 * @param m [P]
 * @param x [matrices, rows, columns], tall ones transposed
 */
export function muonMomentum(
  gradients: Floats,
  state: State,
  m: Floats,
  x: Floats,
  stack: Stack,
  { momentum, nesterov, clips }: { momentum: number; nesterov: boolean; clips: boolean },
): void {
  if (state[STATE.halted] !== 0) return;
  const scale = clips ? floatsOf(state)[STATE.gradientScale]! : 1;
  const elements = stack.rows * stack.columns;
  stack.matrices.forEach(({ offset, tall }, l) => {
    const own = x.subarray(l * elements, (l + 1) * elements);
    let squares = 0;
    for (let i = 0; i < elements; i++) {
      const g = (1 - momentum) * scale * gradients[offset + i]!;
      const mean = momentum * m[offset + i]! + g;
      const u = nesterov ? momentum * mean + g : mean;
      m[offset + i] = mean;
      own[place(i, tall, stack)] = u;
      squares += u * u;
    }
    const norm = Math.sqrt(squares) + 1e-7;
    for (let i = 0; i < elements; i++) own[i]! /= norm;
  });
}

/**
 * p ← p − lr λ p − lr s x,   s = √(columns / rows) for a tall matrix, else 1
 *
 * @param x [matrices, rows, columns], tall ones transposed
 * @param state lr and λ. Where it is halted nothing changes
 * @param parameters [P]
 */
export function muonUpdate(x: Floats, state: State, parameters: Floats, stack: Stack): void {
  if (state[STATE.halted] !== 0) return;
  const learningRate = floatsOf(state)[STATE.learningRate]!;
  const weightDecay = floatsOf(state)[STATE.weightDecay]!;
  const elements = stack.rows * stack.columns;
  stack.matrices.forEach(({ offset, tall }, l) => {
    const s = tall ? Math.sqrt(stack.columns / stack.rows) : 1;
    for (let i = 0; i < elements; i++) {
      const p = parameters[offset + i]!;
      const direction = s * x[l * elements + place(i, tall, stack)]!;
      parameters[offset + i] = p - learningRate * (weightDecay * p + direction);
    }
  });
}

/** Where element i of a matrix in the arena lies in its [rows, columns] of x. */
function place(i: number, tall: boolean, { rows, columns }: Stack): number {
  return tall ? (i % rows) * columns + Math.floor(i / rows) : i;
}

/**
 * Muon (Jordan 2024, kellerjordan.github.io/posts/muon): momentum, made nearly orthogonal, for the matrices of hidden
 * layers. Matrices of one shape, of all layers and replicas, share their dispatches.
 */
import type { Arena, Tape } from '../../autodiff/index.ts';
import { virtualTensor, type Tensor } from '../../gpu/tensor.ts';
import { muonMomentum, muonUpdate, type MatrixStack } from '../../kernels/muon.ts';

/**
 * The polynomial a s + b s³ + c s⁵ that the singular values pass through; steep at 0 rather than exact at 1, so that
 * few rounds bring even small ones near 1.
 */
const [A, B, C] = [3.4445, -4.775, 2.0315];
const ITERATIONS = 5;

/** Hidden matrices by shape; a matrix and one shaped as its transpose go together. */
export function hiddenStacks({ specs, slots }: Pick<Arena, 'specs' | 'slots'>): MatrixStack[] {
  const stacks = new Map<string, MatrixStack & { matrices: { offset: number; tall: boolean }[] }>();
  specs.forEach(({ shape, hidden }, i) => {
    if (!hidden) return;
    const [rows, columns] = [Math.min(...shape), Math.max(...shape)];
    const stack = stacks.get(`${rows} × ${columns}`) ?? { rows, columns, matrices: [] };
    stack.matrices.push({ offset: slots[i]!.offset, tall: shape[0]! > shape[1]! });
    stacks.set(`${rows} × ${columns}`, stack);
  });
  return [...stacks.values()];
}

/**
 * Five rounds of Newton and Schulz: of x = U S Vᵀ, with norm at most 1, about U Vᵀ: singular values above .01 come
 * out between .68 and 1.14. x is [rows, columns], rows ≤ columns, so that x xᵀ is small.
 */
export function orthogonalise(tape: Tape, x: Tensor): Tensor {
  const like = (label: string, shape: readonly number[]): Tensor => virtualTensor(label, shape, x.replicas);
  const square = [x.shape[0]!, x.shape[0]!];
  let result = x;
  for (let i = 0; i < ITERATIONS; i++) {
    const gram = like('x xᵀ', square);
    const polynomial = like('b x xᵀ + c (x xᵀ)²', square);
    const next = like('orthogonalised', x.shape);
    tape.multiply({ a: result, b: result, y: gram, transposeB: true });
    tape.multiply({ a: gram, b: gram, y: polynomial, scale: C, residual: gram, residualScale: B });
    tape.multiply({ a: polynomial, b: result, y: next, residual: result, residualScale: A });
    result = next;
  }
  return result;
}

export interface Muon {
  arena: Arena;
  /** [P] per replica, 0 before the first update */
  m: Tensor;
  /** [R, 16] */
  state: Tensor;
  /** in [0, 1) */
  momentum: number;
  nesterov: boolean;
  clips: boolean;
}

/** Emits the update of all hidden matrices. */
export function emitMuon(tape: Tape, { arena, ...op }: Muon): void {
  const { threads } = tape;
  for (const stack of hiddenStacks(arena)) {
    const count = arena.replicas * stack.matrices.length;
    const x = virtualTensor('momentum', [stack.rows, stack.columns], count);
    tape.emit(muonMomentum({ ...op, stack, gradients: arena.gradients, x, threads }));
    const { state } = op;
    tape.emit(muonUpdate({ stack, parameters: arena.values, x: orthogonalise(tape, x), state, threads }));
  }
}

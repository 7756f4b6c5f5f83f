/** What Muon does around its orthogonalisation: momentum before it, the step along its result after it. */
import { LEAST } from '../gpu/grants.ts';
import { f32, read, update, write, type Dispatch } from '../gpu/kernel.ts';
import type { Tensor } from '../gpu/tensor.ts';
import { u32, work } from '../cpu/work.ts';
import momentumCode from '../../shaders/muon_momentum.wgsl?raw';
import placeCode from '../../shaders/muon_place.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
import updateCode from '../../shaders/muon_update.wgsl?raw';
import { expectElements } from './shapes.ts';

/** Matrices of one shape up to transposition, which are orthogonalised together. */
export interface MatrixStack {
  /** the smaller side */
  rows: number;
  /** the larger side */
  columns: number;
  /** where each starts in a replica's slice of the arena; tall ones are [columns, rows] there */
  matrices: readonly { offset: number; tall: boolean }[];
}

export interface MuonMomentum {
  stack: MatrixStack;
  /** [P] per replica */
  gradients: Tensor;
  /** momentum [P] per replica, 0 before the first update */
  m: Tensor;
  /** [rows, columns] of each replica's matrices, R · L of them */
  x: Tensor;
  /** [R, 16] */
  state: Tensor;
  /** μ, in [0, 1) */
  momentum: number;
  /** look ahead by one step of the momentum */
  nesterov: boolean;
  /** multiply the gradients by `state.gradientScale`, which `gradientNorm` sets */
  clips?: boolean;
  /** of a workgroup, a power of two; default: as many as every device grants */
  threads?: number;
}

/**
 * Momentum, and in x the matrices to orthogonalise, made wide and of norm 1. Halted replicas stay as they are.
 * @throws RangeError when x does not fit the stack or μ is outside [0, 1)
 */
export function muonMomentum(op: MuonMomentum): Dispatch {
  const { stack, gradients, m, x, momentum, nesterov, clips = false, threads = LEAST.threads } = op;
  if (!(momentum >= 0 && momentum < 1)) throw new RangeError(`muon: momentum ${momentum} is not in [0, 1).`);
  return {
    kernel: {
      name: 'muon_momentum',
      code: [stateCode, placeCode, momentumCode],
      constants: {
        ...constants(stack, x, m.replicas),
        THREADS: threads,
        GRADIENTS_STRIDE: gradients.stride,
        M_STRIDE: m.stride,
        MOMENTUM: f32(momentum),
        ONE_MINUS_MOMENTUM: f32(1 - momentum),
        NESTEROV: nesterov,
        CLIPS: clips,
      },
    },
    bindings: [read(gradients), read(op.state), update(m), write(x)],
    workgroups: [stack.matrices.length, 1, m.replicas],
    flops: 0,
    cpu: work('muonMomentum', gradients, u32(op.state), m, stacked(x, stack), stack, {
      momentum,
      nesterov,
      clips,
    }),
  };
}

export interface MuonUpdate {
  stack: MatrixStack;
  /** [P] per replica */
  parameters: Tensor;
  /** what orthogonalisation made of `muonMomentum`'s x */
  x: Tensor;
  /** [R, 16] */
  state: Tensor;
  /** of a workgroup; default: as many as every device grants */
  threads?: number;
}

/**
 * The step along x, and weight decay. Halted replicas stay as they are.
 * @throws RangeError when x does not fit the stack
 */
export function muonUpdate(op: MuonUpdate): Dispatch {
  const { stack, parameters, x, state, threads = LEAST.threads } = op;
  const { rows, columns, matrices } = stack;
  return {
    kernel: {
      name: 'muon_update',
      code: [stateCode, placeCode, updateCode],
      constants: {
        ...constants(stack, x, parameters.replicas),
        THREADS: threads,
        PARAMETERS_STRIDE: parameters.stride,
        TALL_SCALE: f32(Math.sqrt(columns / rows)),
      },
    },
    bindings: [read(x), read(state), update(parameters)],
    workgroups: [Math.ceil((rows * columns) / threads), matrices.length, parameters.replicas],
    flops: 0,
    cpu: work('muonUpdate', stacked(x, stack), u32(state), parameters, stack),
  };
}

/** All matrices of a replica as one tensor. */
function stacked(x: Tensor, { matrices }: MatrixStack): Tensor {
  const count = matrices.length;
  return { ...x, shape: [count, ...x.shape], replicas: x.replicas / count, stride: x.stride * count };
}

function constants({ rows, columns, matrices }: MatrixStack, x: Tensor, replicas: number) {
  const count = matrices.length;
  expectElements('muon', rows * columns, x);
  if (rows > columns || x.replicas !== replicas * count || x.stride !== rows * columns) {
    throw new RangeError(
      `muon: ${x.replicas} tensors ${x.stride} apart do not hold ${replicas} × ${count} wide matrices [${rows}, ${columns}].`,
    );
  }
  return {
    L: count,
    ROWS: rows,
    COLUMNS: columns,
    OFFSETS: `array<u32, ${count}>(${matrices.map(({ offset }) => `${offset}u`).join(', ')})`,
    TALL: `array<bool, ${count}>(${matrices.map(({ tall }) => tall).join(', ')})`,
  };
}

/** Optimizers: one dispatch updates a whole arena of parameters. */
import { LEAST } from '../gpu/grants.ts';
import { f32, read, update, type Dispatch } from '../gpu/kernel.ts';
import { ALIGNMENT, size, type Tensor } from '../gpu/tensor.ts';
import { u32, work } from '../cpu/work.ts';
import adamwCode from '../../shaders/adamw.wgsl?raw';
import powerCode from '../../shaders/one_minus_power.wgsl?raw';
import sgdCode from '../../shaders/sgd.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';

export interface Update {
  /** [P] per replica, P a multiple of ALIGNMENT */
  parameters: Tensor;
  /** [P] per replica */
  gradients: Tensor;
  /** [P / ALIGNMENT], one for all replicas: factor on the state's weight decay per block of parameters, 0 or 1 as a rule */
  decay: Tensor;
  /** [R, 16]; `step` counts this update already: 1 at the first */
  state: Tensor;
  /** multiply the gradients by `state.gradientScale`, which `gradientNorm` sets */
  clips?: boolean;
  /** of a workgroup; default: as many as every device grants */
  threads?: number;
}

export interface AdamW extends Update {
  /** first moment [P] per replica, 0 before the first update */
  m: Tensor;
  /** second moment [P] per replica, 0 before the first update */
  v: Tensor;
  /** in [0, 1) */
  beta1: number;
  /** in [0, 1) */
  beta2: number;
  epsilon: number;
  /** [P / ALIGNMENT], one for all replicas: blocks of parameters that are another optimizer's, 1, or not, 0 */
  except?: Tensor;
  /** factor on the learning rate; default 1 */
  rate?: number;
}

/**
 * AdamW as torch.optim.AdamW (Loshchilov and Hutter, arXiv 1711.05101). Halted replicas stay as they are.
 * @throws RangeError when the arenas differ in size or a β is outside [0, 1)
 */
export function adamw(op: AdamW): Dispatch {
  const { m, v, beta1, beta2, epsilon, except, rate = 1 } = op;
  for (const beta of [beta1, beta2]) {
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`adamw: β = ${beta} is not in [0, 1).`);
  }
  return {
    kernel: {
      name: 'adamw',
      code: [stateCode, powerCode, adamwCode],
      constants: {
        ...arena('adamw', op, [m, v]),
        M_STRIDE: m.stride,
        V_STRIDE: v.stride,
        BETA1: f32(beta1),
        BETA2: f32(beta2),
        // From the β in double precision: 1 − 0.999 in float32 is off by 5e-5.
        ONE_MINUS_BETA1: f32(1 - beta1),
        ONE_MINUS_BETA2: f32(1 - beta2),
        LOG_BETA1: f32(logarithm(beta1)),
        LOG_BETA2: f32(logarithm(beta2)),
        EPSILON: f32(epsilon),
        RATE: f32(rate),
        HAS_EXCEPTIONS: except !== undefined,
      },
    },
    bindings: [
      read(op.gradients),
      read(op.decay),
      read(op.state),
      update(op.parameters),
      update(m),
      update(v),
      read(except),
    ],
    ...grid(op),
    cpu: work('adamw', op.gradients, op.decay, u32(op.state), op.parameters, m, v, except, {
      beta1,
      beta2,
      epsilon,
      rate,
      block: ALIGNMENT,
      clips: op.clips ?? false,
    }),
  };
}

/** ln β; for β = 0 a number whose exponential is 0 in float32. */
export function logarithm(beta: number): number {
  return Math.max(Math.log(beta), -1000);
}

export interface SGD extends Update {
  /** [P] per replica; may be left out where momentum is 0 */
  buffer?: Tensor;
  /** in [0, 1) */
  momentum: number;
}

/**
 * Gradient descent with momentum as torch.optim.SGD (no dampening, no Nesterov), but with decoupled weight decay.
 * Halted replicas stay as they are.
 * @throws RangeError when the arenas differ in size or momentum has no buffer
 */
export function sgd(op: SGD): Dispatch {
  const { buffer, momentum } = op;
  if (!(momentum >= 0 && momentum < 1)) throw new RangeError(`sgd: momentum ${momentum} is not in [0, 1).`);
  if (momentum > 0 && !buffer) throw new RangeError('sgd: momentum needs a buffer.');
  return {
    kernel: {
      name: 'sgd',
      code: [stateCode, sgdCode],
      constants: {
        ...arena('sgd', op, buffer ? [buffer] : []),
        BUFFER_STRIDE: buffer?.stride ?? 0,
        HAS_BUFFER: buffer !== undefined,
        MOMENTUM: f32(momentum),
      },
    },
    bindings: [read(op.gradients), read(op.decay), read(op.state), update(op.parameters), update(buffer)],
    ...grid(op),
    cpu: work('sgd', op.gradients, op.decay, u32(op.state), op.parameters, buffer, {
      momentum,
      block: ALIGNMENT,
      clips: op.clips ?? false,
    }),
  };
}

/** Constants of the arenas that every optimizer has. */
function arena(
  name: string,
  { parameters, gradients, decay, clips, threads = LEAST.threads }: Update,
  moments: Tensor[],
) {
  const p = size(parameters);
  for (const tensor of [parameters, gradients, ...moments]) {
    if (size(tensor) !== p || p % ALIGNMENT !== 0 || tensor.stride % 4 !== 0) {
      throw new RangeError(
        `${name}: ${tensor.storage.label} has ${size(tensor)} elements ${tensor.stride} apart, not ${p}, a multiple of ${ALIGNMENT}.`,
      );
    }
  }
  if (size(decay) !== p / ALIGNMENT || (decay.replicas > 1 && decay.stride !== 0)) {
    throw new RangeError(
      `${name}: decay has ${size(decay)} factors, not ${p / ALIGNMENT} shared by all replicas.`,
    );
  }
  return {
    THREADS: threads,
    P: p,
    BLOCK: ALIGNMENT,
    PARAMETERS_STRIDE: parameters.stride,
    GRADIENTS_STRIDE: gradients.stride,
    CLIPS: clips ?? false,
  };
}

function grid({ parameters, threads = LEAST.threads }: Update): Pick<Dispatch, 'workgroups' | 'flops'> {
  return { workgroups: [Math.ceil(size(parameters) / (4 * threads)), 1, parameters.replicas], flops: 0 };
}

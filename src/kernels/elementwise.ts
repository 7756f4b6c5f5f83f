/** Activation functions on their own, for tensors that no linear layer makes or reads. */
import { LEAST } from '../gpu/grants.ts';
import { read, update, write, type Dispatch } from '../gpu/kernel.ts';
import { size, type Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import activationCode from '../../shaders/activation.wgsl?raw';
import backwardCode from '../../shaders/activation_backward.wgsl?raw';
import forwardCode from '../../shaders/activation_forward.wgsl?raw';
import { ACTIVATIONS, type Activation } from './activation.ts';
import { expectElements } from './shapes.ts';

/** Elements of a thread. */
const PER_THREAD = 4;

export interface ActivationForward {
  /** [R, …] */
  x: Tensor;
  /** [R, …] */
  y: Tensor;
  activation: Activation;
  /** of a workgroup; default: as many as every device grants */
  threads?: number;
}

/** y = activation(x). */
export function activationForward(op: ActivationForward): Dispatch {
  const { x, y, activation, threads = LEAST.threads } = op;
  const elements = size(x);
  expectElements('activationForward', elements, y);
  return {
    kernel: {
      name: 'activation_forward',
      code: [activationCode, forwardCode],
      constants: {
        THREADS: threads,
        N: elements,
        X_STRIDE: x.stride,
        Y_STRIDE: y.stride,
        ACTIVATION: ACTIVATIONS.indexOf(activation),
      },
    },
    bindings: [read(x), write(y)],
    workgroups: [Math.ceil(elements / (threads * PER_THREAD)), 1, y.replicas],
    flops: 0,
    cpu: work('activationForward', x, y, activation),
  };
}

export interface ActivationBackward {
  /** [R, …], multiplied in place by the activation's derivative */
  dy: Tensor;
  /** [R, …], what the forward pass kept: see `keepsInput` */
  kept: Tensor;
  activation: Activation;
  /** of a workgroup; default: as many as every device grants */
  threads?: number;
}

/** dy ⊙= activation′(kept): the gradient of the output becomes that of the input. */
export function activationBackward(op: ActivationBackward): Dispatch {
  const { dy, kept, activation, threads = LEAST.threads } = op;
  const elements = size(dy);
  expectElements('activationBackward', elements, kept);
  return {
    kernel: {
      name: 'activation_backward',
      code: [activationCode, backwardCode],
      constants: {
        THREADS: threads,
        N: elements,
        KEPT_STRIDE: kept.stride,
        DY_STRIDE: dy.stride,
        ACTIVATION: ACTIVATIONS.indexOf(activation),
      },
    },
    bindings: [read(kept), update(dy)],
    workgroups: [Math.ceil(elements / (threads * PER_THREAD)), 1, dy.replicas],
    flops: 0,
    cpu: work('activationBackward', kept, dy, activation),
  };
}

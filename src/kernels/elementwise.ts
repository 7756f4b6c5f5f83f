/** Activation functions on their own, for tensors that no linear layer makes or reads. */
import { read, update, write, type Dispatch } from '../gpu/kernel.ts';
import { size, type Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import activationCode from '../../shaders/activation.wgsl?raw';
import backwardCode from '../../shaders/activation_backward.wgsl?raw';
import forwardCode from '../../shaders/activation_forward.wgsl?raw';
import { ACTIVATIONS, type Activation } from './activation.ts';
import { expectElements } from './shapes.ts';

const THREADS = 256;
const PER_THREAD = 4;

export interface ActivationForward {
  /** [R, …] */
  x: Tensor;
  /** [R, …] */
  y: Tensor;
  activation: Activation;
}

/** y = activation(x). */
export function activationForward({ x, y, activation }: ActivationForward): Dispatch {
  const elements = size(x);
  expectElements('activationForward', elements, y);
  return {
    kernel: {
      name: 'activation_forward',
      code: [activationCode, forwardCode],
      constants: {
        THREADS,
        N: elements,
        X_STRIDE: x.stride,
        Y_STRIDE: y.stride,
        ACTIVATION: ACTIVATIONS.indexOf(activation),
      },
    },
    bindings: [read(x), write(y)],
    workgroups: workgroups(elements, y.replicas),
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
}

/** dy ⊙= activation′(kept): the gradient of the output becomes that of the input. */
export function activationBackward({ dy, kept, activation }: ActivationBackward): Dispatch {
  const elements = size(dy);
  expectElements('activationBackward', elements, kept);
  return {
    kernel: {
      name: 'activation_backward',
      code: [activationCode, backwardCode],
      constants: {
        THREADS,
        N: elements,
        KEPT_STRIDE: kept.stride,
        DY_STRIDE: dy.stride,
        ACTIVATION: ACTIVATIONS.indexOf(activation),
      },
    },
    bindings: [read(kept), update(dy)],
    workgroups: workgroups(elements, dy.replicas),
    flops: 0,
    cpu: work('activationBackward', kept, dy, activation),
  };
}

function workgroups(elements: number, replicas: number): Dispatch['workgroups'] {
  return [Math.ceil(elements / (THREADS * PER_THREAD)), 1, replicas];
}

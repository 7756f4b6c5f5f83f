/** Activation functions and their derivatives, both of the input. */
import { activations as references } from '../../../src/cpu/activation.ts';
import { ACTIVATIONS, keepsInput, type Activation } from '../../../src/kernels/activation.ts';

interface Definition {
  value: (x: number) => number;
  derivative: (x: number) => number;
}

export const activations = Object.fromEntries(
  ACTIVATIONS.map((name) => {
    const { value, derivative } = references[name];
    return [name, { value, derivative: (x: number) => derivative(keepsInput(name) ? x : value(x)) }];
  }),
) as Record<Activation, Definition>;

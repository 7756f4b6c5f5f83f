/** Activation functions and their derivatives (shaders/activation.wgsl). */
import type { Activation } from '../kernels/activation.ts';
import type { Floats } from './arrays.ts';
import { exp } from './exp.ts';

const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

interface Definition {
  value: (x: number) => number;
  /** at what the forward pass kept: see `keepsInput` */
  derivative: (kept: number) => number;
}

/** tanh x = 2 / (1 + e⁻²ˣ) − 1: much quicker than Math.tanh */
const tanh = (x: number): number => 2 / (1 + exp(-2 * x)) - 1;

/** (1 + tanh u) / 2,  u = √(2/π) (x + 0.044715 x³) */
const gate = (x: number): number => 1 / (1 + exp(-2 * GELU_SCALE * (x + GELU_CUBIC * x * x * x)));

/** NaN and ∞ go through, so that a run that diverges is seen to. */
export const activations: Record<Activation, Definition> = {
  none: { value: (x) => x, derivative: () => 1 },
  relu: { value: (x) => (x < 0 ? 0 : x), derivative: (y) => (y > 0 ? 1 : 0) },
  gelu: {
    // x/2 (1 + tanh u)
    value: (x) => x * gate(x),
    // (1 + tanh u)/2 + x/2 (1 − tanh² u) u′
    derivative: (x) => {
      const g = gate(x);
      const slope = GELU_SCALE * (1 + 3 * GELU_CUBIC * Math.min(x * x, 1e6));
      return g + 2 * Math.max(-1e3, Math.min(1e3, x)) * g * (1 - g) * slope;
    },
  },
  tanh: { value: (x) => (Math.abs(x) < 1e30 ? tanh(x) : x), derivative: (y) => 1 - y * y },
  square: { value: (x) => x * x, derivative: (x) => 2 * x },
};

/** y = activation(x) */
export function activationForward(x: Floats, y: Floats, activation: Activation): void {
  const { value } = activations[activation];
  for (let i = 0; i < y.length; i++) y[i] = value(x[i]!);
}

/** dy ⊙= activation′(kept) */
export function activationBackward(kept: Floats, dy: Floats, activation: Activation): void {
  const { derivative } = activations[activation];
  for (let i = 0; i < dy.length; i++) dy[i]! *= derivative(kept[i]!);
}

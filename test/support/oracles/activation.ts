/** Activation functions and their derivatives in float64. */

const GELU_SCALE = Math.sqrt(2 / Math.PI);

export const activations = {
  none: { value: (x: number) => x, derivative: () => 1 },
  relu: { value: (x: number) => Math.max(0, x), derivative: (x: number) => (x > 0 ? 1 : 0) },
  gelu: {
    value: (x: number) => 0.5 * x * (1 + Math.tanh(GELU_SCALE * (x + 0.044715 * x ** 3))),
    derivative: (x: number) => {
      const t = Math.tanh(GELU_SCALE * (x + 0.044715 * x ** 3));
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * GELU_SCALE * (1 + 3 * 0.044715 * x * x);
    },
  },
  tanh: { value: Math.tanh, derivative: (x: number) => 1 - Math.tanh(x) ** 2 },
  square: { value: (x: number) => x * x, derivative: (x: number) => 2 * x },
};

/** Names of the activation functions, in the order of the numbers in shaders/activation.wgsl. */
export const ACTIVATIONS = ['none', 'relu', 'gelu', 'tanh', 'square'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Whether the derivative is taken from the activation's input (gelu, square) rather than from its output. */
export function keepsInput(activation: Activation): boolean {
  return activation === 'gelu' || activation === 'square';
}

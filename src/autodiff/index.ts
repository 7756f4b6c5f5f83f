/** What models are written with. */
export {
  Arena,
  countParameters,
  isDecayed,
  layout,
  type Parameter,
  type ParameterSpec,
  type Slot,
} from './arena.ts';
export { Tape } from './tape.ts';
export { ACTIVATIONS, type Activation } from '../kernels/activation.ts';
export type { Tensor } from '../gpu/tensor.ts';

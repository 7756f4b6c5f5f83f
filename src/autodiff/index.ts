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
export type { Tensor } from '../gpu/tensor.ts';

/** What a dispatch does on a device without a GPU: a reference by its name, and what it is given. */
import type { Floats } from './arrays.ts';
import type { CpuWork, Integers } from '../gpu/cpu-work.ts';
import type { Tensor } from '../gpu/tensor.ts';
import type { references } from './references.ts';

type References = typeof references;

/** A reference's parameter as a dispatch gives it: tensors where it takes arrays, all else as it is. */
type Given<P> = P extends Floats
  ? Tensor
  : P extends Int32Array
    ? Integers & { as: 'i32' }
    : P extends Uint32Array
      ? Integers & { as: 'u32' }
      : P;

type GivenOf<P extends readonly unknown[]> = { [I in keyof P]: Given<P[I]> };

/** The reference is called for each replica, with its part of each tensor. */
export function work<Name extends keyof References>(
  reference: Name,
  ...given: GivenOf<Parameters<References[Name]>>
): CpuWork {
  return { reference, given };
}

/** A tensor of integers. */
export const i32 = (tensor: Tensor): Integers & { as: 'i32' } => ({ as: 'i32', tensor });

/** A tensor of unsigned integers, or of words that mean this or that. */
export const u32 = (tensor: Tensor): Integers & { as: 'u32' } => ({ as: 'u32', tensor });

/** What a dispatch does on a device without a GPU. */
import type { Tensor } from './tensor.ts';

/** A function of src/cpu, called for each replica (`workgroups[2]`) with its part of each tensor. */
export interface CpuWork {
  reference: string;
  /** tensors, which become arrays, and values */
  given: readonly unknown[];
}

/** A tensor whose elements are no floats. */
export interface Integers {
  as: 'i32' | 'u32';
  tensor: Tensor;
}

/** Checks of the shapes that an operation is given. */
import { size, type Tensor } from '../gpu/tensor.ts';

/** @throws RangeError unless each tensor has this many elements per replica */
export function expectElements(operation: string, elements: number, ...tensors: readonly Tensor[]): void {
  for (const { shape, storage } of tensors) {
    if (size({ shape }) === elements) continue;
    throw new RangeError(
      `${operation}: ${storage.label} [${shape.join(', ')}] should have ${elements} elements.`,
    );
  }
}

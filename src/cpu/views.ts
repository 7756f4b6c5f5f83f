/** From a dispatch's tensors to the arrays of each replica that a reference works on. */
import type { CpuWork, Integers } from '../gpu/cpu-work.ts';
import type { Tensor } from '../gpu/tensor.ts';
import type { Work } from './queue.ts';
import { references } from './references.ts';

/**
 * A call of the reference for each replica.
 * @throws RangeError when a tensor is in half precision, which there is none of here
 */
export function workOf({ reference, given }: CpuWork, replicas: number): Work[] {
  const call = references[reference as keyof typeof references] as (...given: unknown[]) => void;
  return Array.from({ length: replicas }, (_, r) => {
    const own = given.map((value) => partOf(value, r));
    return { run: () => call(...own) };
  });
}

/** A replica's part of what is given: an array of a tensor, all else as it is. */
function partOf(given: unknown, r: number): unknown {
  if (isIntegers(given)) {
    const { as, tensor } = given;
    return as === 'i32' ? view(Int32Array, tensor, r) : view(Uint32Array, tensor, r);
  }
  return isTensor(given) ? view(Float32Array, given, r) : given;
}

function view<Elements>(
  Type: new (bytes: ArrayBuffer, offset: number, length: number) => Elements,
  { storage, offset, replicas, stride, shape }: Tensor,
  r: number,
): Elements {
  if (storage.half) throw new RangeError(`${storage.label}: there is no half precision on the CPU.`);
  if (!storage.buffer) throw new Error(`${storage.label} has no buffer yet.`);
  const { bytes } = storage.buffer as unknown as { bytes: ArrayBuffer };
  const length = shape.reduce((product, n) => product * n, 1);
  // What there is one of all replicas share.
  const own = replicas === 1 ? 0 : r * stride;
  return new Type(bytes, 4 * (offset + own), length);
}

const isTensor = (given: unknown): given is Tensor =>
  typeof given === 'object' && given !== null && 'storage' in given;
const isIntegers = (given: unknown): given is Integers =>
  typeof given === 'object' && given !== null && 'as' in given && 'tensor' in given;

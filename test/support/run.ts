/** Runs dispatches on the test's device: tensors from arrays, results back as arrays. */
import type { Device } from '../../src/gpu/device.ts';
import type { Dispatch } from '../../src/gpu/kernel.ts';
import { Program } from '../../src/gpu/program.ts';
import { allocateTensor, download, upload, type Tensor } from '../../src/gpu/tensor.ts';
import { Random } from '../../src/random.ts';

/** A tensor on the device with the given values (all replicas, one after the other). */
export function tensorOf(
  device: Device,
  shape: readonly number[],
  values: ArrayLike<number>,
  { replicas = 1, label = 'test', integers = false } = {},
): Tensor {
  const tensor = allocateTensor(device, label, shape, replicas);
  upload(device, tensor.storage, integers ? Int32Array.from(values) : Float32Array.from(values));
  return tensor;
}

/** An output tensor, poisoned with NaN so that an element that is never written shows. */
export function outputOf(
  device: Device,
  shape: readonly number[],
  { replicas = 1, label = 'output' } = {},
): Tensor {
  const tensor = allocateTensor(device, label, shape, replicas);
  upload(device, tensor.storage, new Float32Array(tensor.storage.elements).fill(NaN));
  return tensor;
}

export async function runOnce(device: Device, dispatches: readonly Dispatch[]): Promise<void> {
  const program = await Program.build(device, dispatches, [], { label: 'test' });
  program.run();
  program.destroy();
}

export async function floats(device: Device, tensor: Tensor): Promise<Float32Array> {
  return new Float32Array(await download(device, tensor.storage));
}

export async function integers(device: Device, tensor: Tensor): Promise<Int32Array> {
  return new Int32Array(await download(device, tensor.storage));
}

/** Standard normal values rounded to float32, the same for the same seed. */
export function normals(count: number, seed: number, scale = 1): Float32Array {
  const random = new Random(seed, 99);
  return Float32Array.from({ length: count }, () => scale * random.normal());
}

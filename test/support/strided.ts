/**
 * Tensors whose replicas lie further apart than their size, as in the arenas. The gaps hold NaN: a kernel that
 * reads them gives NaN, and one that writes them is found out when the tensor is read.
 */
import type { Device } from '../../src/gpu/device.ts';
import { allocate, download, size, upload, type Tensor } from '../../src/gpu/tensor.ts';

/** One array of values per replica. */
export function stridedOf(
  device: Device,
  shape: readonly number[],
  values: readonly ArrayLike<number>[],
  { label = 'test', integers = false } = {},
): Tensor {
  const stride = (Math.floor(size({ shape }) / 64) + 1) * 64;
  const elements = stride * values.length;
  const data = integers ? new Int32Array(elements).fill(0x7fc00000) : new Float32Array(elements).fill(NaN);
  values.forEach((replica, r) => data.set(replica, r * stride));
  const storage = allocate(device, label, elements);
  upload(device, storage, data);
  return { storage, offset: 0, shape, replicas: values.length, stride };
}

/** An output, poisoned with NaN. */
export function stridedOutput(device: Device, shape: readonly number[], replicas: number): Tensor {
  const poison = new Float32Array(size({ shape })).fill(NaN);
  return stridedOf(
    device,
    shape,
    Array.from({ length: replicas }, () => poison),
    { label: 'output' },
  );
}

/** The values of each replica. Throws if a gap was written. */
export async function replicasOf(device: Device, tensor: Tensor): Promise<Float32Array[]> {
  const all = new Float32Array(await download(device, tensor.storage));
  return Array.from({ length: tensor.replicas }, (_, r) => {
    const start = tensor.offset + r * tensor.stride;
    const end = start + size(tensor);
    const gap = all.subarray(end, start + tensor.stride);
    if (!gap.every(Number.isNaN)) throw new Error(`${tensor.storage.label}: written beyond its end.`);
    return all.slice(start, end);
  });
}

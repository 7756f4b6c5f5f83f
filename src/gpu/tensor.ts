/**
 * Tensors: views of memory with a leading replica axis. R replicas of one shape lie `stride` elements apart,
 * so that one dispatch serves them all (workgroup z).
 */

/** What memory is made through: a Device. */
interface Memory {
  readonly handle: Pick<GPUDevice, 'queue' | 'createCommandEncoder'>;
  createBuffer(label: string, bytes: number, usage: number): GPUBuffer;
  destroyBuffer(buffer: GPUBuffer): void;
  submit(encoder: GPUCommandEncoder): void;
}

/** Offsets of bindings must be multiples of 256 bytes at the default limits: 128 elements, so that halves fit too. */
export const ALIGNMENT = 128;

/** Rounds a number of elements up to the alignment of bindings. */
export function align(elements: number): number {
  return Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
}

/**
 * A piece of GPU memory by its role. `buffer` is set at once for memory that lives long (parameters, gradients,
 * moments, pools) and when the program is built for activations, which share buffers by liveness.
 */
export interface Storage {
  label: string;
  /** number of elements, all replicas included */
  elements: number;
  /** elements are f16, of 2 bytes, instead of 4 */
  half?: boolean;
  buffer?: GPUBuffer;
}

/** Bytes of so many elements of a storage. */
export function bytesOf({ half }: Pick<Storage, 'half'>, elements: number): number {
  return (half ? 2 : 4) * elements;
}

export interface Tensor {
  storage: Storage;
  /** first element of replica 0; a multiple of ALIGNMENT */
  offset: number;
  /** without the replica axis */
  shape: readonly number[];
  /** R */
  replicas: number;
  /** elements from one replica to the next; 0 where all replicas share the same values */
  stride: number;
}

/** Number of elements of one replica. */
export function size(tensor: { shape: readonly number[] }): number {
  return tensor.shape.reduce((product, n) => product * n, 1);
}

/** Shape with all but the last axis folded: [rows, columns]. */
export function matrix(tensor: Tensor): { rows: number; columns: number } {
  const columns = tensor.shape.at(-1) ?? 1;
  return { rows: size(tensor) / columns, columns };
}

/**
 * One view from the start of `first` to the end of `second`: two writable bindings of one buffer may not
 * overlap, and with replicas they would.
 */
export function span(first: Tensor, second: Tensor): Tensor {
  const length = second.offset - first.offset + size(second);
  if (first.storage !== second.storage || second.offset < first.offset + size(first)) {
    throw new RangeError(
      `${second.storage.label}: the second tensor must lie behind the first in one storage.`,
    );
  }
  return { ...first, shape: [length] };
}

/** Gives a storage that has no buffer yet one that lives until `free`. */
export function materialise(device: Memory, storage: Storage): void {
  storage.buffer ??= device.createBuffer(storage.label, bytesOf(storage, storage.elements), USAGE);
}

/** A tensor in memory of its own, still without a buffer. */
export function virtualTensor(
  label: string,
  shape: readonly number[],
  replicas: number,
  half = false,
): Tensor {
  const stride = size({ shape });
  const storage = { label, elements: stride * replicas, ...(half && { half }) };
  return { storage, offset: 0, shape, replicas, stride };
}

const USAGE = 0x80 | 0x08 | 0x04; // STORAGE | COPY_DST | COPY_SRC, spelled out because Node has no GPUBufferUsage

/** Memory that lives until `free`. */
export function allocate(device: Memory, label: string, elements: number): Storage & { buffer: GPUBuffer } {
  return { label, elements, buffer: device.createBuffer(label, elements * 4, USAGE) };
}

/** A tensor in memory of its own that lives until its storage is freed. */
export function allocateTensor(
  device: Memory,
  label: string,
  shape: readonly number[],
  replicas: number,
): Tensor & { storage: { buffer: GPUBuffer } } {
  const stride = size({ shape });
  return { storage: allocate(device, label, stride * replicas), offset: 0, shape, replicas, stride };
}

export function free(device: Memory, storage: Storage): void {
  if (storage.buffer) device.destroyBuffer(storage.buffer);
  delete storage.buffer;
}

/** Writes `data` from element `offset` on. */
export function upload(
  device: Memory,
  storage: Storage,
  data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
  offset = 0,
): void {
  if (offset + data.length > storage.elements) {
    throw new RangeError(
      `${storage.label} holds ${storage.elements} elements; ${offset} + ${data.length} were given.`,
    );
  }
  device.handle.queue.writeBuffer(placed(storage), offset * 4, data);
}

/** Reads `count` elements from `offset` on, as raw bytes. Waits for all work submitted before. */
export async function download(
  device: Memory,
  storage: Storage,
  offset = 0,
  count = storage.elements - offset,
): Promise<ArrayBuffer> {
  const MAP_READ = 0x01;
  const COPY_DST = 0x08;
  const staging = device.createBuffer(`${storage.label} (readback)`, count * 4, MAP_READ | COPY_DST);
  try {
    const encoder = device.handle.createCommandEncoder({ label: `read ${storage.label}` });
    encoder.copyBufferToBuffer(placed(storage), offset * 4, staging, 0, count * 4);
    device.submit(encoder);
    await staging.mapAsync(MAP_READ);
    return staging.getMappedRange().slice(0);
  } finally {
    device.destroyBuffer(staging);
  }
}

/** The buffer of a storage that must already have one. */
export function placed(storage: Storage): GPUBuffer {
  if (!storage.buffer) throw new Error(`${storage.label} has no buffer yet.`);
  return storage.buffer;
}

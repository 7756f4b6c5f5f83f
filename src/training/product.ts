/** A product of two square matrices, alone on the device: to be timed and checked. */
import type { Device } from '../gpu/device.ts';
import { Program } from '../gpu/program.ts';
import { allocateTensor, download, free, placed, upload, type Tensor } from '../gpu/tensor.ts';
import { matmul, type MatmulVariant } from '../kernels/matmul.ts';
import { Random } from '../random.ts';

const MAP_READ = 0x1;
const COPY_DST = 0x8;

/** Stream of the random numbers of made-up data. */
const STREAM = 0x62656e63;

/** Standard normal values, the same for the same seed. */
export function normals(count: number, seed: number): Float32Array<ArrayBuffer> {
  const random = new Random(seed, STREAM);
  return Float32Array.from({ length: count }, () => random.normal());
}

/** Two matrices [n, n] to multiply. */
export function matrices(n: number): [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>] {
  return [normals(n * n, 3), normals(n * n, 4)];
}

export class Product {
  private readonly staging: GPUBuffer;

  private constructor(
    private readonly device: Device,
    private readonly tensors: readonly Tensor[],
    private readonly y: Tensor,
    private readonly program: Program,
  ) {
    this.staging = device.createBuffer('element readback', 4, MAP_READ | COPY_DST);
  }

  /** Y = A · B, all [n, n]. */
  static async build(
    device: Device,
    n: number,
    [a, b]: readonly [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>],
    variant: MatmulVariant,
  ): Promise<Product> {
    const [A, B, Y] = ['A', 'B', 'Y'].map((label) => allocateTensor(device, label, [n, n], 1)) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    upload(device, A.storage, a);
    upload(device, B.storage, b);
    const program = await Program.build(device, [matmul({ a: A, b: B, y: Y, variant })], [], {
      label: `${variant} product of ${n}`,
    });
    return new Product(device, [A, B, Y], Y, program);
  }

  get flops(): number {
    return this.program.cost.flops;
  }

  get bytes(): number {
    return this.program.cost.bytes;
  }

  /** Multiplies `times` times in one submit; resolves with Y[0, 0]. */
  async run(times: number): Promise<number> {
    const encoder = this.device.handle.createCommandEncoder({ label: 'product' });
    this.program.encode(encoder, times);
    encoder.copyBufferToBuffer(placed(this.y.storage), 0, this.staging, 0, 4);
    this.device.submit(encoder);
    await this.staging.mapAsync(MAP_READ);
    const [element] = new Float32Array(this.staging.getMappedRange().slice(0));
    this.staging.unmap();
    return element!;
  }

  /** Y [n, n]. */
  async result(): Promise<Float32Array> {
    return new Float32Array(await download(this.device, this.y.storage));
  }

  destroy(): void {
    this.program.destroy();
    this.device.destroyBuffer(this.staging);
    for (const { storage } of this.tensors) free(this.device, storage);
  }
}

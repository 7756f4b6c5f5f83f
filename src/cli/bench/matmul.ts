/** A product of two square matrices as a subject. */
import type { Device } from '../../gpu/device.ts';
import { Program } from '../../gpu/program.ts';
import { allocateTensor, download, free, placed, upload, type Tensor } from '../../gpu/tensor.ts';
import { matmul } from '../../kernels/matmul.ts';
import { matmulVariant } from '../../training/programs.ts';
import type { Subject } from './subject.ts';

const MAP_READ = 0x1;
const COPY_DST = 0x8;

export class MatmulSubject implements Subject {
  readonly engine = 'scaling-lab';
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
    a: Float32Array<ArrayBuffer>,
    b: Float32Array<ArrayBuffer>,
  ): Promise<MatmulSubject> {
    const [A, B, Y] = ['A', 'B', 'Y'].map((label) => allocateTensor(device, label, [n, n], 1)) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    upload(device, A.storage, a);
    upload(device, B.storage, b);
    const dispatch = matmul({ a: A, b: B, y: Y, variant: matmulVariant(device) });
    const program = await Program.build(device, [dispatch], [], { label: `matmul ${n}` });
    return new MatmulSubject(device, [A, B, Y], Y, program);
  }

  get flops(): number {
    return this.program.cost.flops;
  }

  get bytes(): number {
    return this.program.cost.bytes;
  }

  /** Resolves with Y[0, 0]. */
  async run(steps: number): Promise<number> {
    const encoder = this.device.handle.createCommandEncoder({ label: 'bench' });
    this.program.encode(encoder, steps);
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

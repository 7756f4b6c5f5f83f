/** A kernel alone on the device: to be timed, checked and read. */
import type { Device } from '../../gpu/device.ts';
import type { Dispatch } from '../../gpu/kernel.ts';
import { Program } from '../../gpu/program.ts';
import { allocateTensor, download, free, placed, upload, type Tensor } from '../../gpu/tensor.ts';
import { attention, type AttentionVariant } from '../../kernels/attention.ts';
import { kernelChoice } from '../../kernels/choice.ts';
import { matmul, type MatmulVariant } from '../../kernels/matmul.ts';
import { Random } from '../../random.ts';

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

export interface AttentionShape {
  length: number;
  heads: number;
  headWidth: number;
}

/** Tensors of these shapes, by their names. */
function tensors(device: Device, shapes: Record<string, number[]>): [Tensor, Tensor, Tensor] {
  return Object.entries(shapes).map(([label, shape]) => allocateTensor(device, label, shape, 1)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
}

export class KernelAlone {
  private readonly staging: GPUBuffer;

  private constructor(
    private readonly device: Device,
    private readonly tensors: readonly Tensor[],
    private readonly out: Tensor,
    private readonly program: Program,
  ) {
    this.staging = device.createBuffer('element readback', 4, MAP_READ | COPY_DST);
  }

  /** Y = A · B, all [n, n]. @param as gives the dispatch in the words in which it is to be compiled */
  static async product(
    device: Device,
    n: number,
    [a, b]: readonly [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>],
    variant: MatmulVariant,
    as?: (dispatch: Dispatch) => Dispatch,
  ): Promise<KernelAlone> {
    const [A, B, Y] = tensors(device, { A: [n, n], B: [n, n], Y: [n, n] });
    upload(device, A.storage, a);
    upload(device, B.storage, b);
    const dispatch = matmul({ a: A, b: B, y: Y, variant, unrolled: kernelChoice(device).unrolled });
    return KernelAlone.of(device, as?.(dispatch) ?? dispatch, [A, B, Y], Y);
  }

  /** Causal attention over one sequence; qkv [1, T, 3C]. @param as gives the dispatch in the words in which it is to be compiled */
  static async attention(
    device: Device,
    { length, heads, headWidth }: AttentionShape,
    qkv: Float32Array<ArrayBuffer>,
    variant: AttentionVariant,
    as?: (dispatch: Dispatch) => Dispatch,
  ): Promise<KernelAlone> {
    const width = heads * headWidth;
    const shapes = { qkv: [1, length, 3 * width], out: [1, length, width], lse: [1, heads, length] };
    const [read, out, lse] = tensors(device, shapes);
    upload(device, read.storage, qkv);
    const dispatch = attention({ qkv: read, out, lse, heads, variant });
    return KernelAlone.of(device, as?.(dispatch) ?? dispatch, [read, out, lse], out);
  }

  /** A dispatch, the tensors that go with it, and the one that is its result. */
  static async of(
    device: Device,
    dispatch: Dispatch,
    tensors: readonly Tensor[],
    out: Tensor,
  ): Promise<KernelAlone> {
    const program = await Program.build(device, [dispatch], [], { label: dispatch.kernel.name });
    return new KernelAlone(device, tensors, out, program);
  }

  get flops(): number {
    return this.program.cost.flops;
  }

  get bytes(): number {
    return this.program.cost.bytes;
  }

  /** The WGSL that the device compiled. */
  get code(): string {
    return this.program.code.join('\n');
  }

  /** Runs it `times` times in one submit; resolves with the first element of its result. */
  async run(times: number): Promise<number> {
    const encoder = this.device.handle.createCommandEncoder();
    this.program.encode(encoder, times);
    encoder.copyBufferToBuffer(placed(this.out.storage), 0, this.staging, 0, 4);
    this.device.submit(encoder);
    await this.staging.mapAsync(MAP_READ);
    const [element] = new Float32Array(this.staging.getMappedRange().slice(0));
    this.staging.unmap();
    return element!;
  }

  /** All of its result. */
  async result(): Promise<Float32Array> {
    return new Float32Array(await download(this.device, this.out.storage));
  }

  destroy(): void {
    this.program.destroy();
    this.device.destroyBuffer(this.staging);
    for (const { storage } of this.tensors) free(this.device, storage);
  }
}

/** What the device itself can do, measured with the engine's own kernels: the lesson on kernels, and the roofline. */
import type { Device } from '../../gpu/device.ts';
import { Program } from '../../gpu/program.ts';
import { allocateTensor, free, placed, type Tensor } from '../../gpu/tensor.ts';
import { kernelChoice, runsOn } from '../../kernels/choice.ts';
import { commented } from '../../kernels/commented.ts';
import { copy } from '../../kernels/copy.ts';
import type { MatmulVariant } from '../../kernels/matmul.ts';
import { checkAttention, checkProduct } from './benchmark-checks.ts';
import { KernelAlone, matrices, normals } from './kernel-alone.ts';

export interface BenchmarkSpec {
  /** widths n of the products [n, n] · [n, n] */
  products: number[];
  variants: MatmulVariant[];
  /** lengths T of sequences for attention, with HEADS heads of width HEAD_WIDTH */
  attention: number[];
}

/** A kernel at the largest size that was measured, in the words that the device compiled. */
export interface MeasuredKernel {
  operation: 'product' | 'attention';
  variant: string;
  /** n of a product, T of attention */
  size: number;
  ms: number;
  gflops: number;
  /** WGSL */
  code: string;
}

export interface BenchmarkResult {
  device: string;
  /** ISO date */
  date: string;
  /** by rising n; variants that the device lacks, and products that would take too long, are missing */
  products: { variant: MatmulVariant; n: number; ms: number; gflops: number }[];
  /** by rising length, in the variant that training takes here; those that would take too long are missing */
  attention: { variant: string; length: number; ms: number; gflops: number; flopsPerByte: number }[];
  /** one for each variant of the products, and attention */
  kernels: MeasuredKernel[];
  /** of a copy, read and written bytes together */
  gigabytesPerSecond: number;
  /** a dispatch that does next to nothing and waits for the one before */
  dispatchMicroseconds: number;
  /** from the submit of one such dispatch until the CPU has its result */
  submitMicroseconds: number;
}

/** A measurement this long is not disturbed by its own submit. */
export const LONG_ENOUGH_MS = 30;
/** A product that would take longer is left out. */
const TOO_LONG_MS = 200;
const MOST_TIMES = 512;
const ROUNDS = 3;
/** What a small transformer has. */
const HEADS = 4;
const HEAD_WIDTH = 32;

/** Raised where kernels are to be compared and none run. */
export class NoKernelsError extends Error {
  override name = 'NoKernelsError';
}

/**
 * The CPU device computes by plain loops, the same ones for all variants of a kernel: their times would compare nothing.
 * @throws NoKernelsError on the CPU device
 */
export function requireKernels(device: Device): void {
  if (!device.cpu) return;
  throw new NoKernelsError(
    'This compares WGSL kernels, and the CPU device runs none of them: it needs a GPU, or a software adapter for WebGPU.',
  );
}

/** @throws Error when a product is wrong; NoKernelsError on the CPU device */
export async function runBenchmark(device: Device, spec: BenchmarkSpec): Promise<BenchmarkResult> {
  requireKernels(device);
  const variants = spec.variants.filter((variant) => runsOn(device, variant));
  const { submitMs, dispatchMs, gigabytesPerSecond } = await measureCopies(device);
  const products: BenchmarkResult['products'] = [];
  const attention: BenchmarkResult['attention'] = [];
  const kernels = new Map<string, MeasuredKernel>();
  /** Whether a kernel whose time grows with this power of its size would take too long. */
  const isTooLong = (name: string, size: number, power: number): boolean => {
    const last = kernels.get(name);
    return last !== undefined && last.ms * (size / last.size) ** power > TOO_LONG_MS;
  };
  for (const n of ascending(spec.products)) {
    const inputs = matrices(n);
    for (const variant of variants) {
      if (isTooLong(variant, n, 3)) continue;
      const product = await KernelAlone.product(device, n, inputs, variant, commented);
      const timed = await time(product, submitMs, (y) => checkProduct(n, inputs, y, variant));
      products.push({ variant, n, ms: timed.ms, gflops: timed.gflops });
      kernels.set(variant, { operation: 'product', variant, size: n, ...timed });
    }
  }
  for (const length of ascending(spec.attention)) {
    if (isTooLong('attention', length, 2)) continue;
    const variant = kernelChoice(device).attention;
    const shape = { length, heads: HEADS, headWidth: HEAD_WIDTH };
    const qkv = normals(length * 3 * HEADS * HEAD_WIDTH, 5);
    const alone = await KernelAlone.attention(device, shape, qkv, variant, commented);
    const timed = await time(alone, submitMs, (out) => checkAttention(shape, qkv, out));
    const { ms, gflops } = timed;
    attention.push({ variant, length, ms, gflops, flopsPerByte: alone.flops / alone.bytes });
    kernels.set('attention', { operation: 'attention', variant, size: length, ...timed });
  }
  return {
    device: device.name,
    date: new Date().toISOString(),
    products,
    attention,
    kernels: [...kernels.values()],
    gigabytesPerSecond,
    dispatchMicroseconds: 1000 * dispatchMs,
    submitMicroseconds: 1000 * submitMs,
  };
}

const ascending = (sizes: readonly number[]): number[] => sizes.toSorted((a, b) => a - b);

/** ms of a kernel among many runs in a submit, its result checked first; the kernel is gone afterwards. */
async function time(
  kernel: KernelAlone,
  submitMs: number,
  check: (result: Float32Array) => void,
): Promise<Pick<MeasuredKernel, 'ms' | 'gflops' | 'code'>> {
  try {
    await kernel.run(1);
    check(await kernel.result());
    const once = await shortest(1, () => kernel.run(1));
    const times = Math.max(1, Math.min(MOST_TIMES, Math.ceil(LONG_ENOUGH_MS / once)));
    const all = await shortest(ROUNDS, () => kernel.run(times));
    const ms = Math.max(all - submitMs, all / 2) / times;
    return { ms, gflops: kernel.flops / ms / 1e6, code: kernel.code };
  } finally {
    kernel.destroy();
  }
}

/** Large enough that no cache helps. */
const COPY_BYTES = 128 * 2 ** 20;
const TINY = 64;
const DISPATCHES = 256;

/** What copies tell: the time of a submit with a readback, of a dispatch in a row of them, and the bandwidth. */
export interface CopyRates {
  submitMs: number;
  dispatchMs: number;
  /** read and written bytes together */
  gigabytesPerSecond: number;
}

export async function measureCopies(device: Device): Promise<CopyRates> {
  const submitMs = await withCopies(device, TINY, 1, (run) => shortest(50, run));
  const chainMs = await withCopies(device, TINY, DISPATCHES, (run) => shortest(20, run));
  const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize, COPY_BYTES);
  const elements = Math.floor(limit / 4096) * 1024;
  const copyMs = await withCopies(device, elements, 1, (run) => shortest(10, run));
  return {
    submitMs,
    dispatchMs: Math.max(0, chainMs - submitMs) / (DISPATCHES - 1),
    gigabytesPerSecond: (2 * 4 * elements) / Math.max(copyMs - submitMs, 1e-3) / 1e6,
  };
}

/** Gives `measure` a function that copies back and forth `count` times and reads one value of the result. */
async function withCopies(
  device: Device,
  elements: number,
  count: number,
  measure: (run: () => Promise<unknown>) => Promise<number>,
): Promise<number> {
  const tensors = [0, 1].map((i) => allocateTensor(device, `copy ${i}`, [elements], 1)) as [Tensor, Tensor];
  const staging = device.createBuffer('copy readback', 4, 0x1 | 0x8); // MAP_READ | COPY_DST
  const { threads } = device.grants;
  const dispatches = Array.from({ length: count }, (_, i) =>
    copy({ from: tensors[i % 2]!, to: tensors[1 - (i % 2)]!, threads }),
  );
  const program = await Program.build(device, dispatches, [], { label: 'copies' });
  const ms = await measure(async () => {
    const encoder = device.handle.createCommandEncoder({ label: 'copies' });
    program.encode(encoder);
    encoder.copyBufferToBuffer(placed(tensors[count % 2]!.storage), 0, staging, 0, 4);
    device.submit(encoder);
    await staging.mapAsync(0x1);
    staging.unmap();
  });
  program.destroy();
  device.destroyBuffer(staging);
  for (const { storage } of tensors) free(device, storage);
  return ms;
}

/** The shortest of `rounds` runs in ms, after one that does not count. */
export async function shortest(rounds: number, run: () => Promise<unknown>): Promise<number> {
  await run();
  let best = Infinity;
  for (let i = 0; i < rounds; i++) {
    const from = performance.now();
    await run();
    best = Math.min(best, performance.now() - from);
  }
  return best;
}

/** What the device itself can do, measured with the engine's own kernels: the lesson on kernels, and the roofline. */
import type { Device } from '../gpu/device.ts';
import { Program } from '../gpu/program.ts';
import { allocateTensor, free, placed, type Tensor } from '../gpu/tensor.ts';
import { copy } from '../kernels/copy.ts';
import { attentionVariant } from '../kernels/attention.ts';
import { SUBGROUP_SIZE, type MatmulVariant } from '../kernels/matmul.ts';
import { KernelAlone, matrices, normals, type AttentionShape } from './kernel-alone.ts';
import { matmulVariant } from './programs.ts';

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
/** Elements of each result that are computed again on the CPU. */
const CHECKED = 8;

/** @throws Error when a product is wrong */
export async function runBenchmark(device: Device, spec: BenchmarkSpec): Promise<BenchmarkResult> {
  const variants = spec.variants.filter(
    (variant) => variant !== 'subgroup' || device.subgroupSize === SUBGROUP_SIZE,
  );
  const { submitMs, dispatchMs, gigabytesPerSecond } = await measureCopies(device);
  const kernels = new Map<string, MeasuredKernel>();
  const keep = (kernel: MeasuredKernel): unknown =>
    kernels.set(`${kernel.operation} ${kernel.variant}`, kernel);
  const products: BenchmarkResult['products'] = [];
  const lastMs = new Map<MatmulVariant, { n: number; ms: number }>();
  for (const n of spec.products.toSorted((a, b) => a - b)) {
    const inputs = matrices(n);
    for (const variant of variants) {
      const last = lastMs.get(variant);
      if (last && last.ms * (n / last.n) ** 3 > TOO_LONG_MS) continue;
      const product = await KernelAlone.product(device, n, inputs, variant);
      const { ms, code } = await time(product, submitMs, (y) => checkProduct(n, inputs, y, variant));
      lastMs.set(variant, { n, ms });
      const gflops = (2 * n ** 3) / ms / 1e6;
      products.push({ variant, n, ms, gflops });
      keep({ operation: 'product', variant, size: n, gflops, code });
    }
  }
  const attention: BenchmarkResult['attention'] = [];
  const variant = attentionVariant(matmulVariant(device));
  for (const length of spec.attention.toSorted((a, b) => a - b)) {
    const last = attention.at(-1);
    if (last && last.ms * (length / last.length) ** 2 > TOO_LONG_MS) continue;
    const shape = { length, heads: HEADS, headWidth: HEAD_WIDTH };
    const qkv = normals(length * 3 * HEADS * HEAD_WIDTH, 5);
    const alone = await KernelAlone.attention(device, shape, qkv, variant);
    const { flops, bytes } = alone;
    const { ms, code } = await time(alone, submitMs, (out) => checkAttention(shape, qkv, out));
    const gflops = flops / ms / 1e6;
    attention.push({ variant, length, ms, gflops, flopsPerByte: flops / bytes });
    keep({ operation: 'attention', variant, size: length, gflops, code });
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

/** ms of a kernel among many runs in a submit, its result checked first; the kernel is gone afterwards. */
async function time(
  kernel: KernelAlone,
  submitMs: number,
  check: (result: Float32Array) => void,
): Promise<{ ms: number; code: string }> {
  try {
    await kernel.run(1);
    check(await kernel.result());
    const once = await shortest(1, () => kernel.run(1));
    const times = Math.max(1, Math.min(MOST_TIMES, Math.ceil(LONG_ENOUGH_MS / once)));
    const ms = await shortest(ROUNDS, () => kernel.run(times));
    return { ms: Math.max(ms - submitMs, ms / 2) / times, code: kernel.code };
  } finally {
    kernel.destroy();
  }
}

/** Compares elements all over the result with sums in float64, within what rounding in float32 can do at most. */
function checkProduct(
  n: number,
  [a, b]: ReturnType<typeof matrices>,
  y: Float32Array,
  variant: MatmulVariant,
): void {
  for (let c = 0; c < CHECKED; c++) {
    const i = Math.round(((n - 1) * c) / (CHECKED - 1));
    const j = (i * 7 + c) % n;
    let sum = 0;
    let size = 0;
    for (let k = 0; k < n; k++) {
      const term = a[i * n + k]! * b[k * n + j]!;
      sum += term;
      size += Math.abs(term);
    }
    const error = Math.abs(y[i * n + j]! - sum);
    if (!(error <= n * 2 ** -23 * size)) {
      throw new Error(`The ${variant} product of ${n} is wrong by ${error} at [${i}, ${j}].`);
    }
  }
}

/**
 * Compares rows all over the result with their definition in float64, within what rounding in float32 can do at most:
 * each score is off by its sum's rounding, `exp` by a few more units, the larger its argument.
 */
function checkAttention(
  { length, heads, headWidth }: AttentionShape,
  qkv: Float32Array,
  out: Float32Array,
): void {
  const at = (part: number, t: number, h: number, d: number): number =>
    qkv[((t * 3 + part) * heads + h) * headWidth + d]!;
  for (let c = 0; c < CHECKED; c++) {
    const t = Math.round(((length - 1) * c) / (CHECKED - 1));
    const h = c % heads;
    let largestSum = 0;
    const scores = Array.from({ length: t + 1 }, (_, u) => {
      let score = 0;
      let sum = 0;
      for (let d = 0; d < headWidth; d++) {
        const term = (at(0, t, h, d) * at(1, u, h, d)) / Math.sqrt(headWidth);
        score += term;
        sum += Math.abs(term);
      }
      largestSum = Math.max(largestSum, sum);
      return score;
    });
    const highest = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - highest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const d = (5 * c) % headWidth;
    const values = weights.map((_, u) => at(2, u, h, d));
    const expected = weights.reduce((sum, weight, u) => sum + (weight / total) * values[u]!, 0);
    const error = Math.abs(out[(t * heads + h) * headWidth + d]! - expected);
    const units = 2 * (headWidth + 2) * largestSum + length + 16;
    if (!(error <= units * 2 ** -23 * Math.max(...values.map(Math.abs)))) {
      throw new Error(`Attention over ${length} is wrong by ${error} at [${t}, ${h}, ${d}].`);
    }
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
  const dispatches = Array.from({ length: count }, (_, i) =>
    copy({ from: tensors[i % 2]!, to: tensors[1 - (i % 2)]! }),
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

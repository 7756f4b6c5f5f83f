/** What the device itself can do, measured with the engine's own kernels: the lesson on kernels, and the roofline. */
import type { Device } from '../gpu/device.ts';
import { Program } from '../gpu/program.ts';
import { allocateTensor, free, placed, type Tensor } from '../gpu/tensor.ts';
import { copy } from '../kernels/copy.ts';
import { SUBGROUP_SIZE, type MatmulVariant } from '../kernels/matmul.ts';
import { matrices, Product } from './product.ts';

export interface BenchmarkSpec {
  /** widths n of the products [n, n] · [n, n] */
  products: number[];
  variants: MatmulVariant[];
}

export interface BenchmarkResult {
  device: string;
  /** ISO date */
  date: string;
  /** by rising n; variants that the device lacks, and products that would take too long, are missing */
  products: { variant: MatmulVariant; n: number; ms: number; gflops: number }[];
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
/** Elements of each result that are computed again on the CPU. */
const CHECKED = 8;

/** @throws Error when a product is wrong */
export async function runBenchmark(device: Device, spec: BenchmarkSpec): Promise<BenchmarkResult> {
  const variants = spec.variants.filter(
    (variant) => variant !== 'subgroup' || device.subgroupSize === SUBGROUP_SIZE,
  );
  const { submitMs, dispatchMs, gigabytesPerSecond } = await measureCopies(device);
  const products: BenchmarkResult['products'] = [];
  const lastMs = new Map<MatmulVariant, { n: number; ms: number }>();
  for (const n of spec.products.toSorted((a, b) => a - b)) {
    const inputs = matrices(n);
    for (const variant of variants) {
      const last = lastMs.get(variant);
      if (last && last.ms * (n / last.n) ** 3 > TOO_LONG_MS) continue;
      const ms = await timeProduct(device, n, inputs, variant, submitMs);
      lastMs.set(variant, { n, ms });
      products.push({ variant, n, ms, gflops: (2 * n ** 3) / ms / 1e6 });
    }
  }
  return {
    device: device.name,
    date: new Date().toISOString(),
    products,
    gigabytesPerSecond,
    dispatchMicroseconds: 1000 * dispatchMs,
    submitMicroseconds: 1000 * submitMs,
  };
}

/** ms of one product among many in a submit, its result checked first. */
async function timeProduct(
  device: Device,
  n: number,
  inputs: ReturnType<typeof matrices>,
  variant: MatmulVariant,
  submitMs: number,
): Promise<number> {
  const product = await Product.build(device, n, inputs, variant);
  try {
    await product.run(1);
    checkProduct(n, inputs, await product.result(), variant);
    const once = await shortest(1, () => product.run(1));
    const times = Math.max(1, Math.min(MOST_TIMES, Math.ceil(LONG_ENOUGH_MS / once)));
    const ms = await shortest(ROUNDS, () => product.run(times));
    return Math.max(ms - submitMs, ms / 2) / times;
  } finally {
    product.destroy();
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

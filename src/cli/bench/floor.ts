/**
 * What a step must take at least on this device:
 *
 *   max(FLOPs / peak, bytes / bandwidth) + dispatches · time of a dispatch + time of a submit with a readback
 *
 * The rates are the best that this engine's own kernels reach on the device, so the floor is one for this engine; it
 * is no promise of the hardware's maker. Bytes count each tensor once per dispatch that reads or writes it: where
 * caches hold them between dispatches, `bytesMs` can exceed what a step takes.
 */
import type { Device } from '../../gpu/device.ts';
import { Program } from '../../gpu/program.ts';
import { allocateTensor, free, placed, type Tensor } from '../../gpu/tensor.ts';
import { copy } from '../../kernels/copy.ts';
import { MatmulSubject } from './matmul.ts';
import type { Subject } from './subject.ts';
import { matrices } from './workloads.ts';

/** What a device can do, measured. */
export interface Rates {
  /** best GFLOP/s of the matrix product */
  gflops: number;
  /** GB/s of the copy kernel, read and written bytes together */
  gigabytesPerSecond: number;
  /** time of a dispatch that does next to nothing and waits for the one before */
  dispatchMs: number;
  /** time from the submit of one such dispatch until the CPU has its result */
  submitMs: number;
}

/** The terms of the floor of one step with its loss read, in ms. */
export interface Floor {
  flopsMs: number;
  bytesMs: number;
  dispatchMs: number;
  submitMs: number;
}

export function floorOf(rates: Rates, subject: Subject, dispatches: number): Floor {
  return {
    flopsMs: subject.flops / rates.gflops / 1e6,
    bytesMs: subject.bytes / rates.gigabytesPerSecond / 1e6,
    dispatchMs: dispatches * rates.dispatchMs,
    submitMs: rates.submitMs,
  };
}

/** The sum: the larger of arithmetic and memory, dispatches, submit and readback. */
export function total({ flopsMs, bytesMs, dispatchMs, submitMs }: Floor): number {
  return Math.max(flopsMs, bytesMs) + dispatchMs + submitMs;
}

/** Large enough that no cache helps. */
const COPY_BYTES = 128 * 2 ** 20;
const TINY = 64;
const DISPATCHES = 256;
/** A measurement this long is not disturbed by its own submit. */
const LONG_ENOUGH_MS = 30;
const LARGEST_PRODUCT = 4096;

export async function measureRates(device: Device): Promise<Rates> {
  const submitMs = await withCopies(device, TINY, 1, (run) => best(50, run));
  const chainMs = await withCopies(device, TINY, DISPATCHES, (run) => best(20, run));
  const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize, COPY_BYTES);
  const elements = Math.floor(limit / 4096) * 1024;
  const copyMs = await withCopies(device, elements, 1, (run) => best(10, run));
  return {
    gflops: await peakGflops(device),
    gigabytesPerSecond: (2 * 4 * elements) / Math.max(copyMs - submitMs, 1e-3) / 1e6,
    dispatchMs: Math.max(0, chainMs - submitMs) / (DISPATCHES - 1),
    submitMs,
  };
}

/** Products of growing size, until one is slow enough that larger ones would be no faster. */
async function peakGflops(device: Device): Promise<number> {
  let peak = 0;
  for (let n = 512; n <= LARGEST_PRODUCT; n *= 2) {
    const subject = await MatmulSubject.build(device, n, ...matrices(n));
    const once = await best(2, () => subject.run(1));
    const steps = Math.max(1, Math.min(64, Math.ceil(LONG_ENOUGH_MS / once)));
    const ms = await best(3, () => subject.run(steps));
    peak = Math.max(peak, (subject.flops * steps) / ms / 1e6);
    subject.destroy();
    if (once > 4 * LONG_ENOUGH_MS) break;
  }
  return peak;
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

/** The shortest of `times` runs after one that does not count. */
async function best(times: number, run: () => Promise<unknown>): Promise<number> {
  await run();
  let shortest = Infinity;
  for (let i = 0; i < times; i++) {
    const from = performance.now();
    await run();
    shortest = Math.min(shortest, performance.now() - from);
  }
  return shortest;
}

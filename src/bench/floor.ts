/**
 * What a step must take at least on this device:
 *
 *   max(FLOPs / peak, bytes / bandwidth) + dispatches · time of a dispatch + time of a submit with a readback
 *
 * The rates are the best that this engine's own kernels reach on the device, so the floor is one for this engine; it
 * is no promise of the hardware's maker. Bytes count each tensor once per dispatch that reads or writes it: where
 * caches hold them between dispatches, `bytesMs` can exceed what a step takes.
 */
import type { Device } from '../gpu/device.ts';
import { kernelChoice } from '../kernels/choice.ts';
import { LONG_ENOUGH_MS, measureCopies, shortest, type CopyRates } from '../training/measuring/benchmark.ts';
import { KernelAlone, matrices } from '../training/measuring/kernel-alone.ts';
import type { Subject } from './subject.ts';

/** What a device can do, measured. */
export interface Rates extends CopyRates {
  /** best GFLOP/s of the matrix product */
  gflops: number;
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

const LARGEST_PRODUCT = 4096;

export async function measureRates(device: Device): Promise<Rates> {
  return { ...(await measureCopies(device)), gflops: await peakGflops(device) };
}

/** Products of growing size, until one is slow enough that larger ones would be no faster. */
async function peakGflops(device: Device): Promise<number> {
  let peak = 0;
  for (let n = 512; n <= LARGEST_PRODUCT; n *= 2) {
    const product = await KernelAlone.product(device, n, matrices(n), kernelChoice(device).huge);
    const once = await shortest(2, () => product.run(1));
    const times = Math.max(1, Math.min(64, Math.ceil(LONG_ENOUGH_MS / once)));
    const ms = await shortest(3, () => product.run(times));
    peak = Math.max(peak, (product.flops * times) / ms / 1e6);
    product.destroy();
    if (once > 4 * LONG_ENOUGH_MS) break;
  }
  return peak;
}

/** What the device itself can do, measured with the engine's own kernels: the lesson on kernels, and the roofline. */
import type { MatmulVariant } from '../kernels/matmul.ts';

export interface BenchmarkSpec {
  /** widths n of the products [n, n] · [n, n] */
  products: number[];
  variants: MatmulVariant[];
}

export interface BenchmarkResult {
  device: string;
  /** ISO date */
  date: string;
  products: { variant: MatmulVariant; n: number; ms: number; gflops: number }[];
  /** of a copy, read and written bytes together */
  gigabytesPerSecond: number;
  /** a dispatch that does next to nothing and waits for the one before */
  dispatchMicroseconds: number;
  /** from the submit of one such dispatch until the CPU has its result */
  submitMicroseconds: number;
}

/**
 * What the page and the worker say to each other: types only. The page calls `Lab` through Comlink and hears
 * `RunEvent`s; arrays are transferred, not copied. Everything given to the worker is checked there.
 */
import type { BenchmarkResult, BenchmarkSpec } from '../training/benchmark.ts';
import type { RunResult } from '../training/result.ts';
import type { RunSpec } from '../training/spec.ts';

export type { BenchmarkResult, BenchmarkSpec, RunResult, RunSpec };

/** A spec as a person writes it: `parseSpec` in the worker fills in the rest or says what is wrong. */
export type SpecInput = Record<string, unknown>;

export interface DeviceReport {
  /** name for people */
  name: string;
  /** computes on the CPU: slow, and the page should say so */
  software: boolean;
  timestamps: boolean;
  subgroups: boolean;
  /** bytes of GPU memory that the lab holds now, all runs together */
  gpuBytes: number;
}

/** What is known of a run once it is built. */
export interface RunInfo {
  spec: RunSpec;
  parameters: number;
  /** floating-point operations of a step, all replicas */
  flopsPerStep: number;
  /** tokens (or examples) of a step, all replicas */
  tokensPerStep: number;
  /** bytes of GPU memory */
  gpuBytes: number;
  dispatchesPerStep: number;
  /** how long the run will take here, from a short calibration */
  secondsEstimated: number;
  /** the loss of guessing: ln V for classes */
  guessLoss?: number;
  /** irreducible loss, where it is known */
  floor?: number;
}

export type RunStatus = 'building' | 'ready' | 'running' | 'paused' | 'finished' | 'diverged' | 'failed';

export type RunEvent =
  | { kind: 'building'; done: number; total: number }
  | { kind: 'ready'; info: RunInfo }
  /** losses of steps first … first + n − 1, row-major [n, R], in nats or mean squared error, before each update */
  | { kind: 'losses'; first: number; replicas: number; losses: Float32Array<ArrayBuffer> }
  /** held-out metrics after `step` updates, one record per replica; `loss` is always there */
  | { kind: 'evaluation'; step: number; sets: Record<string, Record<string, number>[]> }
  | {
      kind: 'speed';
      step: number;
      stepsPerSecond: number;
      tokensPerSecond: number;
      gflops: number;
      secondsLeft: number;
    }
  | { kind: 'status'; status: RunStatus; step: number; message?: string }
  /** the device was lost; the run goes on from `step` on a new one */
  | { kind: 'recovered'; step: number };

/** A picture of the model as it is now, of replica 0. */
export type ViewRequest =
  /** outputs on a grid of size × size points over [−extent, extent]², top row first: class probabilities or values */
  | { kind: 'surface'; size: number; extent: number }
  /** attention weights of one validation row */
  | { kind: 'attention'; layer: number; row: number }
  /** `rows` texts generated from the beginnings of validation rows, beside how those go on in truth */
  | { kind: 'samples'; rows: number; prompt: number; temperature: number };

export type View =
  | { kind: 'surface'; size: number; outputs: number; values: Float32Array<ArrayBuffer> }
  | {
      kind: 'attention';
      heads: number;
      length: number;
      /** [H, T, T], row = query */
      weights: Float32Array<ArrayBuffer>;
      /** the T tokens as a person reads them */
      tokens: string[];
    }
  | {
      kind: 'samples';
      prompt: number;
      rows: {
        generated: string[];
        truth: string[];
        /** mean −ln p of the generated part under the task's true distribution, where it is known */ nats?: number;
      }[];
    };

/** Training points for a scatter plot. */
export interface Points {
  /** [rows, 2] */
  positions: Float32Array<ArrayBuffer>;
  /** class of each */
  labels: Int32Array<ArrayBuffer>;
}

export interface Lab {
  /** @throws NoGPUError with a message for people */
  device(): Promise<DeviceReport>;
  /** Builds a run, paused at step 0. Rejects with what is wrong when the spec is refused. */
  open(spec: SpecInput, listener: (event: RunEvent) => void): Promise<number>;
  /** Trains until `steps` more are done (default: all of the spec's), pause or divergence. */
  run(id: number, steps?: number): Promise<void>;
  /** Resolves when the GPU has stopped; the step is exact. */
  pause(id: number): Promise<void>;
  /** Back to step 0, the same seed and the same weights. */
  reset(id: number): Promise<void>;
  view(id: number, request: ViewRequest): Promise<View>;
  /** The training points of a task in the plane. */
  points(id: number): Promise<Points>;
  /** A checkpoint as a safetensors file. */
  checkpoint(id: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Stops the run and frees its GPU memory. */
  close(id: number): Promise<void>;
}

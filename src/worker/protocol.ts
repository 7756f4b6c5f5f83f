/**
 * What the page and the worker say to each other: types only. The page calls `Lab` through Comlink and hears
 * `RunEvent`s; arrays are transferred, not copied. Everything given to the worker is checked there.
 */
import type { DeviceDetails } from '../devices/diagnostics.ts';
import type { Field } from '../option-schema.ts';
import type { Problem } from '../schema.ts';
import type { Interval } from '../scaling/index.ts';
import type { DatabaseProblem } from '../state/database.ts';
import type { BenchmarkResult, BenchmarkSpec } from '../training/measuring/benchmark.ts';
import type { RunCost } from '../training/spec/cost.ts';
import type { FormDescription, FormTask } from '../training/spec/form.ts';
import type { RunHead, RunResult } from '../training/results/result.ts';
import type { Snapshot, Watch } from '../training/results/snapshot.ts';
import type { RunSpec } from '../training/spec/spec.ts';
import type { Tuning } from '../training/measuring/tuning.ts';

export type {
  BenchmarkResult,
  BenchmarkSpec,
  Field,
  FormDescription,
  FormTask,
  Interval,
  RunHead,
  Problem,
  RunCost,
  RunResult,
  RunSpec,
  Snapshot,
  Tuning,
  Watch,
};

/** A spec as a person writes it: `parseSpec` in the worker fills in the rest or says what is wrong. */
export type SpecInput = Record<string, unknown>;

export interface DeviceReport {
  /** name for people */
  name: string;
  /** computes on the CPU: slow, and the page should say so */
  software: boolean;
  /** GFLOP/s of small products, where it was measured: of devices that compute on the CPU */
  gflops?: number;
  /** workers that train experiments, where the processor does; else 1 */
  cores?: number;
  /** for diagnostics, and to say why it is this one */
  details: DeviceDetails;
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
  /** how long the run will take here, from a short calibration */
  secondsEstimated: number;
  /** the loss of guessing: ln V for classes */
  guessLoss?: number;
  /** irreducible loss, where it is known */
  floor?: number;
}

export type RunStatus = 'ready' | 'running' | 'paused' | 'finished' | 'diverged' | 'failed';

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
  /** with the name of the error and its message where it failed */
  | { kind: 'status'; status: RunStatus; step: number; name?: string; message?: string }
  /** from this state the run can go on, in another worker too */
  | { kind: 'kept'; step: number; state: Uint8Array<ArrayBuffer> }
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

/** A piece of an experiment, by a key that is its own within it. */
export type ExperimentItem =
  | {
      key: string;
      spec: SpecInput;
      /** key of the run with whose final weights this one begins */
      from?: string;
      /** what its pictures are made of: weights, all or those of these names, or answers of all seeds */
      watch?: Watch;
      /** it trains side by side with the others of which this is said: they come from step to step together */
      beside?: boolean;
    }
  | { key: string; benchmark: BenchmarkSpec };

/** What is to be said of the results that the browser keeps. */
export type KeptNotice =
  /** what is trained from now on lasts as long as the page; `full`: the browser has no room */
  | { kind: 'not-kept'; reason: DatabaseProblem | 'full' | 'failed'; detail: string }
  /** all of this visit is kept after all */
  | { kind: 'kept-again' }
  /** a record was damaged, or not of this run, and was moved out of the way: it is trained again */
  | { kind: 'set-aside'; what: 'result' | 'weights' | 'part'; id: string; why: readonly Problem[] };

export type ExperimentEvent =
  /** how long the whole experiment will take here, s, from a short calibration */
  | { kind: 'estimate'; seconds: number }
  | { kind: 'building'; key: string; done: number; total: number }
  | { kind: 'begins'; key: string; head: RunHead }
  /** as in RunEvent, of the run `key` */
  | { kind: 'losses'; key: string; first: number; replicas: number; losses: Float32Array<ArrayBuffer> }
  | { kind: 'evaluation'; key: string; step: number; sets: Record<string, Record<string, number>[]> }
  | { kind: 'snapshot'; key: string; snapshot: Snapshot }
  | {
      kind: 'progress';
      key: string;
      step: number;
      /** of the whole experiment, 0 … 1 */
      share: number;
      /** of the whole experiment */
      secondsLeft: number;
      stepsPerSecond: number;
      tokensPerSecond: number;
      gflops: number;
    }
  /** a run is done, now or before (`found`) */
  | { kind: 'result'; key: string; result: RunResult; found: boolean }
  | { kind: 'benchmark'; key: string; result: BenchmarkResult }
  | { kind: 'skipped'; key: string }
  /** if all ended now, the run would go on at this step */
  | { kind: 'kept'; key: string; step: number }
  /** another tab trains the run, and nothing else is left to do: it is waited for */
  | { kind: 'waiting'; key: string }
  /** the device was lost, or a worker; the run under way goes on on another one, from where it was kept */
  | { kind: 'recovered'; key: string; lost: 'device' | 'worker' }
  /** with the name of the error and its message where it failed */
  | { kind: 'notice'; notice: KeptNotice }
  | { kind: 'status'; status: RunStatus; name?: string; message?: string };

export type Checked =
  | {
      spec: RunSpec;
      parameters: number;
      /** of training by the rule 6 N D, all replicas */
      flops: number;
      /** of all that it asks of a device */
      cost: RunCost;
      /** share of the data's symbols that count as one, being too rare for the vocabulary; not there where none is */
      rareShare?: number;
    }
  | { problems: Problem[] };

export interface SweepRun {
  key: string;
  /** place in the order that shows the shape of the sweep early */
  order: number;
  spec: RunSpec;
  /** where it lies on the axes, by path */
  values: Record<string, unknown>;
  /** parameters, examples or tokens, and C = 6 N D FLOPs of one replica */
  N: number;
  D: number;
  C: number;
  /** of all that it asks of a device */
  cost: RunCost;
}

/** Runs in the order of the axes, the last one fastest; `flops` of all replicas together. */
export type PlannedSweep = { runs: SweepRun[]; flops: number } | { problems: Problem[] };

export interface FitRequest {
  rows: { N: number; D: number; C: number; loss: number }[];
  law: 'power' | 'parametric' | 'isoflop';
  /** the variable of a power law, and of the axis */
  x: 'N' | 'D' | 'C';
}

export interface FitCurve {
  /** which of several; empty for the only one */
  label: string;
  x: number[];
  y: number[];
  low?: number[];
  high?: number[];
}

export interface FittedLaw {
  law: FitRequest['law'];
  /** with their intervals; empty where the fit is refused */
  parameters: Record<string, Interval>;
  curves: FitCurve[];
  /** the axis that the curves need, where the law leaves no choice */
  x?: 'N' | 'D';
  /** lowest points of the valleys */
  optima?: { x: number; y: number }[];
  /** why the runs can't carry the law, as a sentence */
  refusal?: string;
  /** budgets that were left out, each with its reason */
  notes?: string[];
}

/** What experiments need of the lab; the embedded figure has no more. Runs and experiments are counted together. */
export interface ExperimentLab {
  /** @throws NoGPUError with a message for people */
  device(): Promise<DeviceReport>;
  /** Fills in a spec, or says what is wrong with it; trains nothing. */
  check(spec: SpecInput): Promise<Checked>;
  /** The same of many, in their order. */
  checkAll(specs: readonly SpecInput[]): Promise<Checked[]>;
  /** The runs of a sweep file, or what is wrong with it; trains nothing. */
  plan(sweep: Record<string, unknown>): Promise<PlannedSweep>;

  /** Checks an experiment and gives the results that are there already. Rejects with what is wrong. */
  openExperiment(
    items: readonly ExperimentItem[],
    listener: (event: ExperimentEvent) => void,
  ): Promise<number>;
  /**
   * Trains until `steps` more are done, pause or divergence; without `steps` to the end: that of the run, or of what is
   * left of the experiment, in order. Before the experiment's run `before` it pauses, and goes on when it is asked without.
   */
  run(id: number, steps?: number, before?: string): Promise<void>;
  /** Resolves when the GPU has stopped; the step is exact, and `run` goes on there. */
  pause(id: number): Promise<void>;
  /** Leaves out the experiment's run under way, and those that begin with its weights. */
  skip(id: number): Promise<void>;
  /** Back to the beginning, the same seeds and the same weights; an experiment forgets its results. */
  reset(id: number): Promise<void>;
  /** Stops it and frees its GPU memory. */
  close(id: number): Promise<void>;
}

export interface Lab extends ExperimentLab {
  /**
   * Builds a run, paused at step 0, or where it was kept. Rejects with what is wrong when the spec is refused.
   * @param kept the state of a `kept` event
   */
  open(spec: SpecInput, listener: (event: RunEvent) => void, kept?: Uint8Array): Promise<number>;
  view(id: number, request: ViewRequest): Promise<View>;
  /** The training points of a task in the plane. */
  points(id: number): Promise<Points>;

  /** Every task, model and optimizer with the fields of its options. */
  describe(): Promise<FormDescription>;
  /** The results of a sweep, by the keys of its runs, as the table that the command line writes: CSV. */
  table(sweep: Record<string, unknown>, results: Record<string, RunResult>): Promise<string>;
  /** Fits a law to runs; a refusal is an answer. */
  fit(request: FitRequest): Promise<FittedLaw>;
}

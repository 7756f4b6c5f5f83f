/** What a trainer is asked, and what it tells. */
import type { TaskData } from '../../tasks/index.ts';
import type { Checkpoint, Weights } from '../results/weights.ts';
import type { Metrics } from './evaluation.ts';
import type { RunSpec } from '../spec/spec.ts';

export type Outcome = 'finished' | 'paused' | 'diverged';

/** What a run tells while it goes. */
export type TrainerEvent =
  /** losses before the updates of steps first … first + n − 1, row-major [n, R] */
  | { kind: 'losses'; first: number; replicas: number; losses: Float32Array<ArrayBuffer> }
  /** held-out metrics after `step` updates, one record per replica and set */
  | { kind: 'evaluation'; step: number; sets: Record<string, Metrics[]> }
  | {
      kind: 'speed';
      step: number;
      stepsPerSecond: number;
      tokensPerSecond: number;
      gflops: number;
      secondsLeft: number;
    };

export interface RunOptions {
  /** how many more steps; default: all that are left */
  steps?: number;
  /** stops after the submits under way */
  signal?: AbortSignal;
  /** false leaves the evaluations out */
  evaluates?: boolean;
  onEvent?: (event: TrainerEvent) => void;
  /** may take the state at every evaluation, to keep it or to score it again later; training waits for it */
  onCheckpoint?: (checkpoint: () => Promise<Checkpoint>) => void | Promise<void>;
}

export interface TrainerOptions {
  /** called after each compiled pipeline */
  onProgress?: (done: number, total: number) => void;
  /** goes on from here instead of step 0 */
  checkpoint?: Checkpoint;
  /** begins with these weights instead of random ones: fine-tuning. Moments, schedule and batches are the run's own. */
  from?: Weights;
  /** runs every kernel once, so that drivers which compile late have done so before the run */
  warmUp?: boolean;
  /**
   * trains an MLP by the persistent kernel, where the kernel covers it (default: where the model is small enough for it
   * to pay on the device); nothing is kept of a batch or a gradient then
   */
  persistent?: boolean;
  /** the task's examples for this spec, where they are at hand already */
  data?: TaskData;
}

/** Facts about a run that is built. */
export interface TrainerInfo {
  parameters: number;
  flopsPerStep: number;
  tokensPerStep: number;
  gpuBytes: number;
  dispatchesPerStep: number;
  compileMs: number;
  floor?: number;
  /** the run whose weights this one began with, and its step */
  from?: { spec: RunSpec; step: number };
}

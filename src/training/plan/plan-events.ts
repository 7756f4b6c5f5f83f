/** What a plan tells while it is done. */
import type { BenchmarkResult } from '../measuring/benchmark.ts';
import type { TrainerEvent } from '../trainer/events.ts';
import type { Snapshot } from '../results/snapshot.ts';
import type { RunHead, RunResult } from '../results/result.ts';

/** `key` names the item. Several may be under way at once. */
export type PlanEvent =
  | { kind: 'building'; key: string; done: number; total: number }
  /** a run begins or goes on, with what it had come to before */
  | { kind: 'begins'; key: string; head: RunHead; part?: RunResult }
  /** @param seconds of training before this stretch */
  | { kind: 'training'; key: string; seconds: number; event: TrainerEvent }
  /** the inside of a run as it is now, where it is looked at */
  | { kind: 'snapshot'; key: string; snapshot: Snapshot }
  /** if all ended now, the run would go on at this step */
  | { kind: 'kept'; key: string; step: number }
  /** a run is done, now or before (`found`) */
  | { kind: 'result'; key: string; result: RunResult; found: boolean }
  | { kind: 'benchmark'; key: string; result: BenchmarkResult }
  | { kind: 'skipped'; key: string }
  /** another worker trains the run, and nothing else is left to do: it is waited for */
  | { kind: 'waiting'; key: string }
  /** the device was lost, or a worker: the run goes on on another one, from where it was kept */
  | { kind: 'recovered'; key: string; lost: 'device' | 'worker' }
  | { kind: 'status'; status: 'ready' | 'running' | 'paused' | 'finished' }
  | { kind: 'status'; status: 'failed'; error: Error };

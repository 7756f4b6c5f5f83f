/** Runs what a lesson plans. */
import { join } from 'node:path';
import type { CrewSource } from '../crew/source.ts';
import type { Device } from '../gpu/device.ts';
import { changed, type Changes } from '../lessons/changes.ts';
import type { Lesson, PlannedItem, Results, Size } from '../lessons/lesson.ts';
import { runBenchmark, type BenchmarkResult } from '../training/measuring/benchmark.ts';
import { runPlan } from '../training/plan/plan.ts';
import { MemoryStore } from '../training/plan/store.ts';
import { parseSpec } from '../training/spec/spec.ts';
import { flopsOf } from '../training/spec/flops.ts';
import { type PlannedRun } from '../training/spec/sweep.ts';
import { claimExperiment } from './claim.ts';
import { acquireDevice } from './device.ts';
import { ProgressBar, sayWaiting } from './progress.ts';
import { checkResultRoom } from './result-room.ts';
import { saveEveryMs, stopCode, stopSignal } from './stopping.ts';
import { FileStore } from './store.ts';

export interface Experiment {
  device: string;
  results: Results;
  /** wall-clock time, everything included */
  seconds: number;
  /** thereof training and evaluation */
  gpuSeconds: number;
}

/** Where the runs of an experiment are kept within a folder for many. */
export function runsFolder(folder: string, { name }: Lesson, size: Size, seed: number): string {
  return join(folder, name, size, String(seed));
}

export interface ExperimentOptions {
  /** keeps the runs, so that a stopped experiment goes on where it was; none keeps nothing */
  folder?: string | undefined;
  /** settings that differ from the lesson's own, by path */
  changes?: Changes;
  /** another device like the given one, where that was lost; the machine's best if not given */
  reconnect?: () => Promise<Device>;
  /** the cores that train where the processor does */
  crew?: CrewSource;
}

/**
 * @returns nothing when it was interrupted
 * @throws SchemaError where a setting is wrong; UsageError where the folder holds runs of another experiment
 */
export async function experiment(
  device: Device,
  lesson: Lesson,
  size: Size,
  seed: number,
  { folder, changes = {}, reconnect = acquireDevice, crew }: ExperimentOptions = {},
): Promise<Experiment | undefined> {
  const started = performance.now();
  const items = changed(lesson.plan(size, seed), changes);
  const signal = stopSignal();
  const plan = items.flatMap(plannedRun);
  for (const { spec } of plan) checkResultRoom(spec);
  if (folder !== undefined) {
    await claimExperiment(folder, { lesson: lesson.name, size, seed, changes }, plan);
  }
  const store = folder === undefined ? new MemoryStore() : new FileStore(folder);

  const benchmarks = new Map<string, BenchmarkResult>();
  for (const item of items) {
    if (signal.aborted) return undefined;
    if ('benchmark' in item) benchmarks.set(item.key, await runBenchmark(device, item.benchmark));
  }
  const bar = new ProgressBar();
  const cost = (run: PlannedRun): number => run.spec.replicas * flopsOf(run.spec);
  const total = plan.reduce((sum, run) => sum + cost(run), 0);
  let done = 0;
  /** of each run under way */
  const trained = new Map<string, number>();
  const runs = await runPlan(device, plan, {
    store,
    signal,
    reconnect,
    crew: crew && ((device) => crew.on(device)),
    saveEveryMs: saveEveryMs(),
    onRun: (run, state) => {
      if (state === 'found') done += cost(run);
      if (state === 'waits') sayWaiting(run.id);
    },
    onResult: (run) => {
      trained.delete(run.id);
      done += cost(run);
    },
    onEvent: (run, event) => {
      if (event.kind !== 'speed') return;
      trained.set(run.id, (event.step / run.spec.steps) * cost(run));
      const now = [...trained.values()].reduce((sum, share) => sum + share, done);
      bar.show(now / total, `${run.id} · step ${event.step} · ${event.gflops.toFixed(1)} GFLOP/s`);
    },
  });
  bar.clear();
  if (runs.size < plan.length) return undefined;
  return {
    device: device.name,
    results: { runs, benchmarks },
    seconds: (performance.now() - started) / 1000,
    gpuSeconds: [...runs.values()].reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** Of an experiment that was interrupted. @returns the exit code */
export function sayStopped(folder: string | undefined): number {
  console.error(folder === undefined ? 'Stopped.' : 'Stopped; the same command goes on from here.');
  return stopCode();
}

function plannedRun(item: PlannedItem): PlannedRun[] {
  if ('benchmark' in item) return [];
  const { key, spec, from, watch } = item;
  const run = { id: key, spec: parseSpec(spec), values: {}, level: 0 };
  return [{ ...run, ...(from !== undefined && { from }), ...(watch && { watch }) }];
}

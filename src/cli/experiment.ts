/** Runs what a lesson plans. */
import { join } from 'node:path';
import type { Device } from '../gpu/device.ts';
import { changed, type Changes } from '../lessons/changes.ts';
import type { Lesson, PlannedItem, Results, Size } from '../lessons/lesson.ts';
import { runBenchmark, type BenchmarkResult } from '../training/benchmark.ts';
import { runPlan } from '../training/plan.ts';
import { MemoryStore } from '../training/store.ts';
import { parseSpec } from '../training/spec.ts';
import { sixND, type PlannedRun } from '../training/sweep.ts';
import { claimExperiment } from './claim.ts';
import { acquireDevice } from './device.ts';
import { ProgressBar, sayWaiting } from './progress.ts';
import { checkResultRoom } from './result-room.ts';
import { saveEveryMs, stopSignal } from './stopping.ts';
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
  { folder, changes = {}, reconnect = acquireDevice }: ExperimentOptions = {},
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
    if ('benchmark' in item) benchmarks.set(item.key, await runBenchmark(device, item.benchmark));
  }
  const bar = new ProgressBar();
  const cost = (run: PlannedRun): number => run.spec.replicas * sixND(run.spec);
  const total = plan.reduce((sum, run) => sum + cost(run), 0);
  let done = 0;
  const runs = await runPlan(device, plan, {
    store,
    signal,
    reconnect,
    saveEveryMs: saveEveryMs(),
    onRun: (run, state) => {
      if (state === 'found') done += cost(run);
      if (state === 'waits') sayWaiting(run.id);
    },
    onResult: (run) => (done += cost(run)),
    onEvent: (run, event) => {
      if (event.kind !== 'speed') return;
      const share = (event.step / run.spec.steps) * cost(run);
      bar.show((done + share) / total, `${run.id} · step ${event.step} · ${event.gflops.toFixed(1)} GFLOP/s`);
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

function plannedRun(item: PlannedItem): PlannedRun[] {
  if ('benchmark' in item) return [];
  const { key, spec, from } = item;
  return [{ id: key, spec: parseSpec(spec), values: {}, level: 0, ...(from !== undefined && { from }) }];
}

/** What a plan will cost, before it starts: FLOPs, time and memory on this device. */
import type { Device } from '../../gpu/device.ts';
import { RunData } from './run-data.ts';
import { flopsOf } from './flops.ts';
import { type PlannedRun } from './sweep.ts';
import { Trainer } from '../trainer/trainer.ts';

export interface PlanEstimate {
  runs: number;
  /** of training, all replicas */
  flops: number;
  /** training and evaluation; compiling comes on top where it was not done before */
  seconds: number;
  /** most GPU memory that one run holds, bytes, as far as it was tried */
  gpuBytes: number;
}

export interface EstimateOptions {
  data?: RunData;
  /** workers that train at once, each as fast as the device */
  cores?: number | undefined;
}

/**
 * Builds the cheapest and the dearest run of a plan, times a fraction of a second of each, and goes by their cost
 * between the two: seconds = a + b · FLOPs for each run.
 */
export async function estimatePlan(
  device: Device,
  plan: readonly PlannedRun[],
  { data = new RunData(), cores = 1 }: EstimateOptions = {},
): Promise<PlanEstimate> {
  const costs = new Map(plan.map((run) => [run, run.spec.replicas * flopsOf(run.spec)]));
  const flops = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const sorted = plan.toSorted((a, b) => costs.get(a)! - costs.get(b)!);
  const [cheapest, dearest] = [sorted[0], sorted.at(-1)];
  if (!cheapest || !dearest) return { runs: 0, flops: 0, seconds: 0, gpuBytes: 0 };

  const low = await time(device, cheapest, data);
  const high = dearest === cheapest ? low : await time(device, dearest, data);
  const [from, to] = [costs.get(cheapest)!, costs.get(dearest)!];
  const slope = to > from ? Math.max(0, high.seconds - low.seconds) / (to - from) : 0;
  const times = new Map(plan.map((run) => [run, low.seconds + slope * (costs.get(run)! - from)]));
  const seconds = secondsOn(cores, times);
  return { runs: plan.length, flops, seconds, gpuBytes: Math.max(low.gpuBytes, high.gpuBytes) };
}

/**
 * How long runs take over several cores at the least: all of them busy all the time, or the longest line of runs that
 * begin with each other, each as fast as the core that has the most of its replicas.
 * @param times of each run on one core, s
 */
export function secondsOn(cores: number, times: ReadonlyMap<PlannedRun, number>): number {
  const byId = new Map([...times.keys()].map((run) => [run.id, run]));
  const alone = (run: PlannedRun): number => {
    const { replicas } = run.spec;
    const own = (times.get(run)! * Math.ceil(replicas / Math.min(cores, replicas))) / replicas;
    const parent = run.from === undefined ? undefined : byId.get(run.from);
    return own + (parent ? alone(parent) : 0);
  };
  const all = [...times.values()].reduce((sum, seconds) => sum + seconds, 0);
  return Math.max(all / cores, ...[...times.keys()].map(alone));
}

async function time(
  device: Device,
  { spec }: PlannedRun,
  data: RunData,
): Promise<{ seconds: number; gpuBytes: number }> {
  const trainer = await Trainer.create(device, spec, { data: data.of(spec) });
  try {
    return { seconds: await trainer.estimate(), gpuBytes: trainer.info.gpuBytes };
  } finally {
    trainer.destroy();
  }
}

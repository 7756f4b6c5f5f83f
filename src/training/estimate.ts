/** What a plan will cost, before it starts: FLOPs by the rule and by the graph, time and memory on this device. */
import type { Device } from '../gpu/device.ts';
import { RunData } from './run-data.ts';
import { sixND, type PlannedRun } from './sweep.ts';
import { Trainer } from './trainer.ts';

export interface PlanEstimate {
  runs: number;
  /** all replicas, by C = 6 N D */
  flops: number;
  /** training and evaluation; compiling comes on top where it was not done before */
  seconds: number;
  /** most GPU memory that one run holds, bytes, as far as it was tried */
  gpuBytes: number;
}

/**
 * Builds the cheapest and the dearest run of a plan, times a fraction of a second of each, and goes by their cost
 * between the two: seconds = a + b · FLOPs for each run.
 */
export async function estimatePlan(
  device: Device,
  plan: readonly PlannedRun[],
  data = new RunData(),
): Promise<PlanEstimate> {
  const costs = new Map(plan.map((run) => [run, run.spec.replicas * sixND(run.spec)]));
  const flops = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const sorted = plan.toSorted((a, b) => costs.get(a)! - costs.get(b)!);
  const [cheapest, dearest] = [sorted[0], sorted.at(-1)];
  if (!cheapest || !dearest) return { runs: 0, flops: 0, seconds: 0, gpuBytes: 0 };

  const low = await time(device, cheapest, data);
  const high = dearest === cheapest ? low : await time(device, dearest, data);
  const [from, to] = [costs.get(cheapest)!, costs.get(dearest)!];
  const slope = to > from ? Math.max(0, high.seconds - low.seconds) / (to - from) : 0;
  const seconds = plan.reduce((sum, run) => sum + low.seconds + slope * (costs.get(run)! - from), 0);
  return { runs: plan.length, flops, seconds, gpuBytes: Math.max(low.gpuBytes, high.gpuBytes) };
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

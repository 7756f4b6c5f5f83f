/**
 * This engine beside others: the same work on the same adapter in one process, taking turns, after each has shown that
 * it computes the same (bench/README.md).
 */
import type { Device } from '../gpu/device.ts';
import { checkLosses, checkProduct } from './peers/check.ts';
import { difference, type GPUCalls, type GPUCounts } from './counting.ts';
import { floorOf, type Floor, type Rates } from './floor.ts';
import { time } from './measure.ts';
import type { Peer, Product } from './peers/peer.ts';
import type { Subject } from './subject.ts';
import type { Workload } from './workloads.ts';

export interface Measurement {
  engine: string;
  /** median ms per step, the loss read after each */
  msPerStep: number;
  /** how many times as long as this engine */
  ratio: number;
  /** counted in the calls that reach WebGPU, per steady step with its loss read */
  dispatchesPerStep: number;
  submitsPerStep: number;
  bindGroupsPerStep: number;
  buffersPerStep: number;
  /** time until the first loss, compilation included */
  firstMs: number;
}

/** What one workload took in each engine, this one first. */
export interface Comparison {
  workload: string;
  measurements: Measurement[];
  /** what a step of this engine takes at least */
  floor: Floor;
  /** peers that failed or computed something else, and why: they are not timed */
  failures: { engine: string; message: string }[];
}

/** Steps of which the losses must agree, and over which calls are counted. */
const CHECKED_STEPS = 5;
const MOST_ROUNDS = 200;

/** @throws Error when this engine fails; peers that do are reported */
export async function compare(
  workload: Workload,
  device: Device,
  peers: readonly Peer[],
  calls: GPUCalls,
  rates: Rates,
  budgetMs: number,
): Promise<Comparison> {
  const { ours, peer: build, product } = workload.prepare();
  const able = build ? peers.map((peer) => ({ engine: peer.name, build: () => build(peer) })) : [];
  const failures: Comparison['failures'] = [];
  const ready: { subject: Subject; firstMs: number; losses: number[] }[] = [];
  try {
    ready.push(await start(() => ours(device)));
    for (const { engine, build } of able) {
      let started: (typeof ready)[number] | undefined;
      try {
        started = await start(build);
        if (product) await checkProduct(started.subject as Product, product.n, product.a, product.b);
        else
          checkLosses(
            [ready[0]!, started].map(({ subject, losses }) => ({ engine: subject.engine, losses })),
          );
        ready.push(started);
      } catch (error) {
        started?.subject.destroy();
        failures.push({ engine, message: (error as Error).message });
      }
    }
    if (product) await checkProduct(ready[0]!.subject as Product, product.n, product.a, product.b);

    const failed = new Map<Subject, Error>();
    const runs = ready.map(({ subject }, i) => ({
      run: async (steps: number): Promise<number> => {
        try {
          return await subject.run(steps);
        } catch (error) {
          if (i === 0) throw error;
          failed.set(subject, error as Error);
          return NaN;
        }
      },
    }));
    const counts: GPUCounts[] = [];
    for (const { run } of runs) {
      const before = calls.now();
      for (let i = 0; i < CHECKED_STEPS; i++) await run(1);
      counts.push(difference(before, calls.now(), CHECKED_STEPS));
    }
    const medians = await time(runs, 1, { budgetMs, least: 5, most: MOST_ROUNDS });
    for (const [{ engine }, { message }] of failed) failures.push({ engine, message });
    return {
      workload: workload.name,
      measurements: ready
        .map(({ subject, firstMs }, i) => ({
          engine: subject.engine,
          msPerStep: medians[i]!,
          ratio: medians[i]! / medians[0]!,
          dispatchesPerStep: counts[i]!.dispatches,
          submitsPerStep: counts[i]!.submits,
          bindGroupsPerStep: counts[i]!.bindGroups,
          buffersPerStep: counts[i]!.buffers,
          firstMs,
        }))
        .filter((_measurement, i) => !failed.has(ready[i]!.subject)),
      floor: floorOf(rates, ready[0]!.subject, counts[0]!.dispatches),
      failures,
    };
  } finally {
    for (const { subject } of ready) subject.destroy();
  }
}

/** Builds a subject and runs the steps whose losses are compared. */
async function start(build: () => Promise<Subject>) {
  const from = performance.now();
  const subject = await build();
  const losses = [await subject.run(1)];
  const firstMs = performance.now() - from;
  for (let i = 1; i < CHECKED_STEPS; i++) losses.push(await subject.run(1));
  return { subject, firstMs, losses };
}

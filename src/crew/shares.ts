/** A run shared out by replicas, and what comes of the shares put together again. Each replica of a run is a run of its own seed. */
import type { TrainerInfo } from '../training/trainer/events.ts';
import type { Measured } from '../training/trainer/loop.ts';
import type { RunSpec, Shared } from '../training/spec/spec.ts';
import type { Beginning } from '../training/trainer/team-trainer.ts';
import type { Checkpoint } from '../training/results/weights.ts';

/** Replicas first … first + count − 1. */
export interface Share {
  first: number;
  count: number;
}

/** As even as they go, the larger ones first. */
export function sharesOf(replicas: number, workers: number): Share[] {
  const parts = Math.min(replicas, workers);
  let first = 0;
  return Array.from({ length: parts }, (_, i) => {
    const count = Math.floor(replicas / parts) + (i < replicas % parts ? 1 : 0);
    first += count;
    return { first: first - count, count };
  });
}

/** The spec of a share: a run of its own, with the seeds of its replicas. */
export function specOf(spec: RunSpec, { first, count }: Share): RunSpec & Shared {
  const some = (list: number[]): number[] => list.slice(first, first + count);
  return {
    ...spec,
    firstReplica: first,
    replicas: count,
    learningRates: some(spec.learningRates),
    weightDecays: some(spec.weightDecays),
    trainingFractions: some(spec.trainingFractions),
  };
}

/** What a share begins with. */
export function beginningOf(spec: RunSpec, { checkpoint, from }: Beginning, share: Share): Beginning {
  const own = specOf(spec, share);
  const rows = <T extends Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(all: T): T => {
    const length = all.length / spec.replicas;
    return all.slice(share.first * length, (share.first + share.count) * length) as T;
  };
  return {
    checkpoint: checkpoint && {
      spec: own,
      step: checkpoint.step,
      parameters: rows(checkpoint.parameters),
      moments: checkpoint.moments.map(rows),
      state: rows(checkpoint.state),
    },
    from: from && { spec: own, step: from.step, parameters: rows(from.parameters) },
  };
}

/** One checkpoint of those of the shares, in the order of their replicas. */
export function joinCheckpoints(spec: RunSpec, parts: readonly Checkpoint[]): Checkpoint {
  const [{ step, moments }] = parts as [Checkpoint];
  return {
    spec,
    step,
    parameters: joinFloats(parts.map(({ parameters }) => parameters)),
    moments: moments.map((_, i) => joinFloats(parts.map((part) => part.moments[i]!))),
    state: Uint32Array.from(parts.flatMap(({ state }) => [...state])),
  };
}

function joinFloats(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Losses [n, R] of those of the shares, each [n, own replicas]. */
export function joinLosses(steps: number, parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  const replicas = all.length / steps;
  let first = 0;
  for (const part of parts) {
    const own = part.length / steps;
    for (let step = 0; step < steps; step++)
      all.set(part.subarray(step * own, (step + 1) * own), step * replicas + first);
    first += own;
  }
  return all;
}

export function joinMeasured(parts: readonly Measured[]): Measured {
  const names = Object.keys(parts[0]!);
  return Object.fromEntries(names.map((name) => [name, parts.flatMap((part) => part[name]!)]));
}

export function joinInfos(parts: readonly TrainerInfo[]): TrainerInfo {
  const sum = (of: (info: TrainerInfo) => number): number =>
    parts.reduce((total, each) => total + of(each), 0);
  return {
    ...parts[0]!,
    flopsPerStep: sum(({ flopsPerStep }) => flopsPerStep),
    tokensPerStep: sum(({ tokensPerStep }) => tokensPerStep),
    gpuBytes: sum(({ gpuBytes }) => gpuBytes),
    compileMs: Math.max(...parts.map(({ compileMs }) => compileMs)),
  };
}

/** In a worker of a crew: builds shares of runs on its own device, and does with them what it is told. */
import type { TrainerInfo } from '../training/trainer/events.ts';
import type { Measured } from '../training/trainer/loop.ts';
import type { RunSpec } from '../training/spec/spec.ts';
import type { Beginning } from '../training/trainer/team-trainer.ts';
import type { Trainer } from '../training/trainer/trainer.ts';
import type { Snapshot, Watch } from '../training/results/snapshot.ts';
import type { Checkpoint } from '../training/results/weights.ts';

/** What a worker is asked, as its crew sees it; shares of runs have numbers. */
export interface Member {
  /** @param mostBytes that the share may hold, where the memory is bounded */
  build(spec: RunSpec, beginning: Beginning, mostBytes?: number): Promise<{ id: number; info: TrainerInfo }>;
  trainSteps(id: number, first: number, count: number): Promise<Float32Array<ArrayBuffer>>;
  measure(id: number): Promise<Measured | undefined>;
  /** Has the measurement under way end early, with nothing. */
  stopMeasuring(id: number): Promise<void>;
  keepGood(id: number): Promise<void>;
  snapshot(id: number, watch: Watch): Promise<Snapshot>;
  checkpoint(id: number): Promise<Checkpoint>;
  lastGood(id: number): Promise<Checkpoint>;
  free(id: number): Promise<void>;
}

/** Builds a trainer on the worker's device. */
export type Build = (spec: RunSpec, beginning: Beginning, mostBytes?: number) => Promise<Trainer>;

export class MemberService implements Member {
  private readonly trainers = new Map<number, Trainer>();
  private readonly measuring = new Map<number, AbortController>();
  private next = 1;

  constructor(private readonly create: Build) {}

  async build(...given: Parameters<Build>): ReturnType<Member['build']> {
    const trainer = await this.create(...given);
    const id = this.next++;
    this.trainers.set(id, trainer);
    return { id, info: trainer.info };
  }

  trainSteps(id: number, first: number, count: number): Promise<Float32Array<ArrayBuffer>> {
    return this.of(id).trainSteps(first, count);
  }

  async measure(id: number): Promise<Measured | undefined> {
    const stop = new AbortController();
    this.measuring.set(id, stop);
    return this.of(id).measure(stop.signal);
  }

  stopMeasuring(id: number): Promise<void> {
    this.measuring.get(id)?.abort();
    return Promise.resolve();
  }

  keepGood(id: number): Promise<void> {
    this.of(id).keepGood();
    return Promise.resolve();
  }

  snapshot(id: number, watch: Watch): Promise<Snapshot> {
    return this.of(id).snapshot(watch);
  }

  checkpoint(id: number): Promise<Checkpoint> {
    return this.of(id).checkpoint();
  }

  lastGood(id: number): Promise<Checkpoint> {
    return this.of(id).lastGood();
  }

  free(id: number): Promise<void> {
    this.trainers.get(id)?.destroy();
    this.trainers.delete(id);
    this.measuring.delete(id);
    return Promise.resolve();
  }

  private of(id: number): Trainer {
    const trainer = this.trainers.get(id);
    if (!trainer) throw new Error(`This worker trains no share ${id}.`);
    return trainer;
  }
}

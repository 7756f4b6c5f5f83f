/** The shares of one run in their workers, told the same at the same time. */
import type { TrainerInfo } from '../training/trainer/events.ts';
import type { Measured } from '../training/trainer/loop.ts';
import type { RunSpec } from '../training/spec/spec.ts';
import type { Team } from '../training/trainer/team-trainer.ts';
import { isAsking, joinAnswers } from '../training/trainer/answers.ts';
import type { Snapshot, Watch } from '../training/results/snapshot.ts';
import type { Checkpoint } from '../training/results/weights.ts';
import type { Member } from './member.ts';
import { joinCheckpoints, joinLosses, joinMeasured } from './shares.ts';

/** A share in its worker. */
export interface Post {
  info: TrainerInfo;
  ask<T>(question: (member: Member, id: number) => Promise<T>): Promise<T>;
  free(): void;
}

export class WorkerTeam implements Team {
  /** @param posts in the order of their replicas */
  constructor(
    private readonly spec: RunSpec,
    readonly info: TrainerInfo,
    private readonly posts: readonly Post[],
  ) {}

  async trainSteps(first: number, count: number): Promise<Float32Array<ArrayBuffer>> {
    return joinLosses(count, await this.all((member, id) => member.trainSteps(id, first, count)));
  }

  async measure(signal?: AbortSignal): Promise<Measured | undefined> {
    const stop = (): void => {
      this.all((member, id) => member.stopMeasuring(id)).catch(() => undefined); // Whoever waits hears of it.
    };
    signal?.addEventListener('abort', stop);
    try {
      const measured = this.all((member, id) => member.measure(id));
      if (signal?.aborted) stop();
      const parts = await measured;
      const whole = parts.filter((part) => part !== undefined);
      return whole.length === parts.length ? joinMeasured(whole) : undefined;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  keepGood(): void {
    this.all((member, id) => member.keepGood(id)).catch(() => undefined); // The next question hears of it.
  }

  async snapshot(watch: Watch): Promise<Snapshot> {
    if (!isAsking(watch)) return this.posts[0]!.ask((member, id) => member.snapshot(id, watch));
    return joinAnswers(await this.all((member, id) => member.snapshot(id, watch)));
  }

  async checkpoint(): Promise<Checkpoint> {
    return joinCheckpoints(this.spec, await this.all((member, id) => member.checkpoint(id)));
  }

  async lastGood(): Promise<Checkpoint> {
    return joinCheckpoints(this.spec, await this.all((member, id) => member.lastGood(id)));
  }

  destroy(): void {
    for (const post of this.posts) post.free();
  }

  /** Answers of all shares, in the order of their replicas; also where one fails, nothing is under way any more. */
  private async all<T>(question: (member: Member, id: number) => Promise<T>): Promise<T[]> {
    const asked = this.posts.map((post) => post.ask(question));
    await Promise.allSettled(asked);
    return Promise.all(asked);
  }
}

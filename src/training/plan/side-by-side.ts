/**
 * Runs that train side by side: submits of all of them alternate on one device, and none goes on behind an evaluation
 * before the others have come so far. Each gives the bits that it gives alone.
 */
import type { Job } from './plan-jobs.ts';

interface Member {
  /** updates done, as of its last evaluation */
  step: number;
  /** goes on, where it waits for the others */
  go?: () => void;
}

export class SideBySide {
  private readonly members = new Map<Job, Member>();

  /** Whether the next of the jobs may begin beside those that are under way. */
  takes(jobs: readonly Job[], underWay: ReadonlyMap<Job, unknown>): boolean {
    const next = jobs.find((job) => !job.over && !underWay.has(job));
    return [next, ...underWay.keys()].every((job) => job?.run?.beside);
  }

  /** A run begins or goes on. */
  enter(job: Job): void {
    if (job.run?.beside) this.members.set(job, { step: 0 });
  }

  /** It has ended, for whatever reason. */
  leave(job: Job): void {
    this.members.delete(job);
    this.release();
  }

  /** Resolves when the others have come to this step, too, or when it is to stop. */
  async reached(job: Job, step: number, ...reasons: AbortSignal[]): Promise<void> {
    const member = this.members.get(job);
    if (!member) return;
    member.step = step;
    const stop = AbortSignal.any(reasons);
    if (stop.aborted) return;
    await new Promise<void>((go) => {
      member.go = go;
      stop.addEventListener('abort', () => go(), { once: true });
      this.release();
    });
  }

  private release(): void {
    const slowest = Math.min(...[...this.members.values()].map(({ step }) => step));
    for (const member of this.members.values()) if (member.step <= slowest) member.go?.();
  }
}

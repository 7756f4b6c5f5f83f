/** What a store holds of the runs of a plan, as far as it is of these runs. */
import type { Checkpoint } from '../results/checkpoint.ts';
import { differences } from '../spec/identity.ts';
import type { Job } from './plan-jobs.ts';
import type { RunResult } from '../results/result.ts';
import type { RunSpec } from '../spec/spec.ts';
import type { Part, ResultStore } from './store.ts';
import type { PlannedRun } from '../spec/sweep.ts';

export class PlanKept {
  constructor(private readonly store: ResultStore) {}

  /** What was kept of a run that was interrupted. */
  async partOf(run: PlannedRun): Promise<Part | undefined> {
    const part = await this.store.loadPart(run);
    if (!part || !isOf(run, part.checkpoint) || !isOf(run, part.result)) return undefined;
    return part.result.step === part.checkpoint.step ? part : undefined;
  }

  async weightsOf({ run }: Job): Promise<Checkpoint | undefined> {
    const weights = await this.store.loadCheckpoint(run!);
    return weights && isOf(run!, weights) ? weights : undefined;
  }

  /** The result of a run that is done and, where a run that is still to be done begins with it, has its weights as well. */
  async resultOf(job: Job, jobs: readonly Job[]): Promise<RunResult | undefined> {
    const result = job.run && (await this.store.load(job.run));
    if (!result || !job.isParent || (await this.weightsOf(job))) return result;
    const children = jobs.filter(({ parent }) => parent === job);
    const areDone = await Promise.all(children.map(({ run }) => this.store.load(run!)));
    return areDone.every(Boolean) ? result : undefined;
  }
}

/** Whether what a store holds under the name of a run is of that run. */
function isOf({ spec }: PlannedRun, kept: { spec: RunSpec }): boolean {
  return differences(kept.spec, spec).length === 0;
}

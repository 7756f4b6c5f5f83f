/** What the worker keeps of experiments: finished runs by what they are, so that no page has them done twice. */
import type { Checkpoint } from '../training/checkpoint.ts';
import type { ResultStore } from '../training/plan.ts';
import type { RunResult } from '../training/result.ts';

export class KeptResults implements ResultStore {
  private readonly results = new Map<string, RunResult>();
  private readonly checkpoints = new Map<string, Checkpoint>();

  load(id: string): Promise<RunResult | undefined> {
    return Promise.resolve(this.results.get(id));
  }

  save(id: string, result: RunResult): Promise<void> {
    this.results.set(id, result);
    return Promise.resolve();
  }

  loadCheckpoint(id: string): Promise<Checkpoint | undefined> {
    return Promise.resolve(this.checkpoints.get(id));
  }

  saveCheckpoint(id: string, checkpoint: Checkpoint): Promise<void> {
    this.checkpoints.set(id, checkpoint);
    return Promise.resolve();
  }

  forget(id: string): void {
    this.results.delete(id);
    this.checkpoints.delete(id);
  }
}

/** The examples of runs that follow each other: of an experiment, a plan, or a page whose knobs are turned. */
import type { TaskData } from '../../tasks/index.ts';
import type { TrainerEvent } from '../trainer/events.ts';
import { taskOf, type RunSpec } from './spec.ts';

/** Those of the run under way, and of the next. */
const KEPT = 2;

/** Generates examples once for runs that share them, as runs do that differ in their model alone. */
export class RunData {
  private readonly kept = new Map<string, TaskData>();

  of(spec: RunSpec): TaskData {
    const key = JSON.stringify([spec.task, spec.dataSeed]);
    let data = this.kept.get(key);
    if (!data) {
      const { task, options } = taskOf(spec);
      data = task.generate(options, spec.dataSeed);
      const [oldest] = this.kept.keys();
      if (this.kept.size === KEPT) this.kept.delete(oldest!);
      this.kept.set(key, data);
    }
    return data;
  }

  /** What hears the events of the run `now` and generates the examples of the next while the GPU works. */
  ahead(now: RunSpec, next: RunSpec | undefined): (event: TrainerEvent) => void {
    return (event) => {
      // In the second half each submit is as long as it gets, so that no GPU waits for these examples.
      if (!next || event.kind !== 'losses' || 2 * event.first < now.steps) return;
      try {
        this.of(next);
      } catch {
        // The error is met again, and said, when the next run begins.
      }
      next = undefined;
    };
  }
}

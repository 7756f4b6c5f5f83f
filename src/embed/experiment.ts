/** A lesson's experiment behind a figure. That of a spec, and what changes are checked by, are a file of their own. */
import type { Findings, PlannedItem, Results, Size } from '../lessons/lesson.ts';
import type { Changes } from '../lessons/changes.ts';
import { FIRST_SEED } from '../lessons/seed.ts';
import { judge } from '../lessons/judge.ts';
import type { ExperimentLab } from '../worker/protocol.ts';
import { loadLesson } from './source.ts';

/** What a reader may decide. */
export interface Choice {
  size: Size | 'auto';
  seed: number | undefined;
  changes: Changes;
}

export interface Experiment {
  /** @throws SchemaError */
  plan(size: Size, choice: Choice): Promise<PlannedItem[]>;
  judge(results: Results, size: Size): Findings;
}

export async function lessonExperiment(lab: ExperimentLab, name: string): Promise<Experiment> {
  const lesson = await loadLesson(name);
  return {
    async plan(size, { seed, changes }) {
      const plan = lesson.plan(size, seed ?? FIRST_SEED);
      // A lesson's own settings are known to be sane.
      if (!Object.keys(changes).length) return plan;
      const { checkedPlan } = await import('./spec-experiment.ts');
      return checkedPlan(lab, plan, changes);
    },
    judge: (results, size) => judge(lesson, results, size),
  };
}

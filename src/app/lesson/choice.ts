/** What a lesson's experiment is run with: its size, and what the learner has changed. */
import { changed, type Changes } from '../../lessons/changes.ts';
import type { Lesson, PlannedItem, Size } from '../../lessons/lesson.ts';
import { FIRST_SEED, SEED } from '../../lessons/seed.ts';
import type { Shared } from '../sharing/sharing.ts';
import { ownSeed } from './own-seed.ts';

export interface Choice {
  size: Size;
  /** by path; the seed among them, where it was changed */
  changes: Changes;
}

export const seedOf = ({ changes: { [SEED]: seed } }: Choice): number =>
  typeof seed === 'number' ? seed : ownSeed();

/** The changed seed, if it was changed, and the other changes. */
export function withoutSeed({ [SEED]: seed, ...others }: Changes): {
  seed: number | undefined;
  others: Changes;
} {
  return { seed: seed as number | undefined, others };
}

/** The lesson's plan with the learner's changes. */
export function planOf(lesson: Lesson, choice: Choice): PlannedItem[] {
  return changed(lesson.plan(choice.size, seedOf(choice)), choice.changes);
}

/** The settings of a link. Whoever opens a link without a result begins with a seed of their own. */
export function choiceOf({ size, seed, changes, result }: Shared): Choice {
  const isTheirs = seed !== (result ? ownSeed() : FIRST_SEED);
  return { size, changes: { ...changes, ...(isTheirs && { [SEED]: seed }) } };
}

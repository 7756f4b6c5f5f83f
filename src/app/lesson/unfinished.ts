/** The settings of a lesson's unfinished experiment, so that the next visit can go on with it. */
import { SIZES } from '../../lessons/lesson.ts';
import type { Choice } from './choice.ts';
import { loadStored, saveStored } from './stored.ts';

const KEY = 'scaling-lab unfinished';

/** Anything malformed counts as not there; the worker checks the changes again. */
export function loadUnfinished(lesson: string): Choice | undefined {
  const { size, changes } = (loadStored(KEY, lesson) ?? {}) as Partial<Choice>;
  const isChoice = SIZES.includes(size!) && typeof changes === 'object' && (changes as unknown) !== null;
  return isChoice ? { size: size!, changes } : undefined;
}

export function saveUnfinished(lesson: string, choice: Choice | undefined): void {
  saveStored(KEY, lesson, choice);
}

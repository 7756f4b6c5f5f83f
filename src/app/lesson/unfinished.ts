/** What a lesson's unfinished experiment was done with, so that the next visit finds it; kept where that is allowed. */
import { SIZES } from '../../lessons/lesson.ts';
import type { Choice } from './lesson-experiment.ts';

const KEY = 'scaling-lab unfinished';

/** Anything malformed counts as not there; the worker checks the changes again. */
export function loadUnfinished(lesson: string): Choice | undefined {
  const { size, changes } = (all()[lesson] ?? {}) as Partial<Choice>;
  if (!SIZES.includes(size!) || typeof changes !== 'object' || (changes as unknown) === null)
    return undefined;
  return { size: size!, changes };
}

export function saveUnfinished(lesson: string, choice: Choice | undefined): void {
  const { [lesson]: _before, ...others } = all();
  try {
    localStorage.setItem(KEY, JSON.stringify(choice ? { ...others, [lesson]: choice } : others));
  } catch {
    // Private windows may refuse.
  }
}

function all(): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The answers to a lesson's question of four options, kept in the browser: before the prediction, and at the end. */
import { loadStored, saveStored } from '../lesson/stored.ts';

const KEY = 'scaling-lab concept answers';

/** Places of the options, from 0. */
export interface ConceptAnswers {
  before?: number | undefined;
  after?: number | undefined;
}

export function loadAnswers(lesson: string): ConceptAnswers {
  const { before, after } = (loadStored(KEY, lesson) ?? {}) as Record<string, unknown>;
  return { before: placeIn(before), after: placeIn(after) };
}

export function saveAnswers(lesson: string, answers: ConceptAnswers): void {
  saveStored(KEY, lesson, answers);
}

const placeIn = (value: unknown): number | undefined =>
  value === 0 || value === 1 || value === 2 || value === 3 ? value : undefined;

/** What a course is told: what has been done of a lesson, as a score out of 100 and a status. */
import type { Suspended } from './suspended.ts';

/**
 * A prediction counts because it was made, not because it was near: who fears for marks predicts nothing that can surprise.
 * The check counts half when it was answered, and whole when rightly.
 */
const PARTS = { prediction: 30, result: 30, check: 40 };

export interface Report {
  score: number;
  status: 'incomplete' | 'completed';
  /** the check was answered: rightly or not */
  check: 'open' | 'right' | 'wrong' | 'answered';
}

/** @param right place of the right one of the four options of the lesson's question */
export function reportOf(state: Suspended, right: number): Report {
  const { prediction, seen, checked, after } = state;
  const isChecked = checked || after !== undefined;
  const isRight = state.right === true || after === right;
  const check = !isChecked
    ? 'open'
    : isRight
      ? 'right'
      : state.right === undefined && after === undefined
        ? 'answered'
        : 'wrong';
  const score =
    (prediction ? PARTS.prediction : 0) +
    (seen ? PARTS.result : 0) +
    (isRight ? PARTS.check : isChecked ? PARTS.check / 2 : 0);
  // Who has the answer shown without a prediction has seen all that there is, too.
  return { score, status: seen && isChecked ? 'completed' : 'incomplete', check };
}

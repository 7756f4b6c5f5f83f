/** Figures do not ask all seeds. */
import type * as Full from '../../../src/training/trainer/answers.ts';

const never = (): never => {
  throw new Error();
};
export const isAsking = (() => false) as unknown as typeof Full.isAsking;
export const answersAt: typeof Full.answersAt = never;
export const joinAnswers: typeof Full.joinAnswers = never;

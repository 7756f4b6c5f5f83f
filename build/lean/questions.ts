/** The questions of all lessons and what their recordings say, as the build reads them: import.meta.glob is Vite's. */
import { conceal, pick, type Question } from '../../src/lessons/question.ts';

const questions = import.meta.glob<Question>('../../src/lessons/*/question.ts', {
  import: 'question',
  eager: true,
});

export { recordingIn } from '../recorded.ts';
export { conceal, pick };

export const questionOf = (lesson: string): Question => questions[`../../src/lessons/${lesson}/question.ts`]!;

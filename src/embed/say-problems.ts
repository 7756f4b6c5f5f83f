/** What is wrong with what an author has asked for, in the figure's language. */
// Says where the words of other languages come from.
import '../locales/language.ts';
import { sayLine, type Words } from '../figures/say-problem.ts';
import type { Language } from '../languages.ts';
import { type Problem, SchemaError } from '../problems.ts';
import { prepare, speak } from './localize.ts';

/** @returns a line for each problem; the error's message, which is English, where it has no code or its words do not come */
export async function sayProblems(error: Error, language: Language): Promise<readonly Words[]> {
  const problems: readonly Problem[] = error instanceof SchemaError ? error.problems : [];
  const isThere = await prepare(language).then(
    () => true,
    () => false,
  );
  if (!isThere || !problems.length) return [error.message];
  speak(language);
  return problems.map(sayLine);
}

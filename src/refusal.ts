/** Refusals by code: what `problem-words.ts` says, at its key. */
import type { Values } from './attribute-words.ts';
import { inEnglish, type ProblemCode, PROBLEMS, type Said, says, saysOf } from './problem-words.ts';
import { type Problem, SchemaError } from './problems.ts';

/** @param given what was given instead, as it is quoted */
export function problemAt(path: string, said: Said, given?: string): Problem {
  const message = inEnglish(said);
  if (given === undefined) return { path, said, message };
  return { path, said, given, message: inEnglish(says('not-given', message, given)) };
}

/** The error for one key, by the words of a table. */
export const refusalOf =
  <Words extends Readonly<Record<string, string>>>(words: Words) =>
  <Code extends keyof Words & ProblemCode>(
    path: string,
    code: Code,
    ...params: Values<Words[Code]>
  ): SchemaError =>
    new SchemaError([problemAt(path, saysOf(words)(code, ...params))]);

/** The error for one key of settings. */
export const refusal = /* @__PURE__ */ refusalOf(PROBLEMS);

/** Refusals by code: what `problem-words.ts` says, at its key. */
import { inEnglish, type Params, type ProblemCode, type Said, says } from './problem-words.ts';
import { type Problem, SchemaError } from './problems.ts';

/** @param given what was given instead, as it is quoted */
export function problemAt(path: string, said: Said, given?: string): Problem {
  const message = inEnglish(said);
  if (given === undefined) return { path, said, message };
  return { path, said, given, message: inEnglish(says('not-given', message, given)) };
}

/** The error for one key. */
export const refusal = <Code extends ProblemCode>(
  path: string,
  code: Code,
  ...params: Params<Code>
): SchemaError => new SchemaError([problemAt(path, says(code, ...params))]);

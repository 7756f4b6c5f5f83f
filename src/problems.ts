/** What is wrong with something from outside, told in few and short lines. */
import { firstProblem } from './attribute-words.ts';
import type { Said } from './problem-words.ts';

/** What is wrong with an input, at its key; an empty path where no key is at fault. */
export interface Problem {
  path: string;
  /** in English */
  message: string;
  /** what a page says it by; none where only programs and their authors meet it */
  said?: Said;
  /** what was given instead, as it is quoted */
  given?: string;
  /** the values that the run has, where it is one of many */
  run?: string;
}

/** Problems that are told; more would not be read. */
const MOST_PROBLEMS = 8;

/** Input that a schema refuses: a line per wrong key, with what was given and what is allowed. */
export class SchemaError extends RangeError {
  override name = 'SchemaError';
  readonly problems: readonly Problem[];

  /**
   * @param problems what is wrong, or one text where no key is at fault
   * @param text the message, where it is not simply a line per problem
   */
  constructor(problems: string | readonly Problem[], text?: string) {
    const all = typeof problems === 'string' ? [{ path: '', message: problems }] : problems;
    const told = all.slice(0, MOST_PROBLEMS);
    if (all.length > MOST_PROBLEMS) told.push(firstProblem('', 'more', [all.length - MOST_PROBLEMS]));
    super(text ?? told.map(lineOf).join('\n'));
    this.problems = told;
  }

  /** Of one key. */
  static at(path: string, message: string): SchemaError {
    return new SchemaError([{ path, message }]);
  }
}

/** A problem as a line: its path, and what is wrong there. */
export const lineOf = ({ path, message }: Problem): string => `${path}${path && ': '}${message}`;

/** What passed a check. @throws SchemaError where the check found problems instead */
export function accepted<T extends object>(checked: T): Exclude<T, { problems: readonly Problem[] }> {
  if ('problems' in checked) throw new SchemaError(checked.problems as readonly Problem[]);
  return checked as Exclude<T, { problems: readonly Problem[] }>;
}

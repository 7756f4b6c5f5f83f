/** What is wrong with something from outside, told in few and short lines. */

/** What is wrong with an input, at its key; an empty path where no key is at fault. */
export interface Problem {
  path: string;
  message: string;
}

/** Problems that are told; more would not be read. */
const MOST_PROBLEMS = 8;

/** Input that a schema refuses: a line per wrong key, with what was given and what is allowed. */
export class SchemaError extends RangeError {
  override name = 'SchemaError';
  readonly problems: readonly Problem[];

  /**
   * @param problems what is wrong, as `{ path, message }` or as lines of `path: message`
   * @param text the message, where it is not simply a line per problem
   */
  constructor(problems: string | readonly Problem[], text?: string) {
    const all = typeof problems === 'string' ? problems.split('\n').map(readProblem) : problems;
    const told = all.slice(0, MOST_PROBLEMS);
    if (all.length > MOST_PROBLEMS)
      told.push({ path: '', message: `and ${all.length - MOST_PROBLEMS} more` });
    super(text ?? told.map(({ path, message }) => `${path}${path && ': '}${message}`).join('\n'));
    this.problems = told;
  }
}

function readProblem(line: string): Problem {
  const [, path, message] = /^([\w.]{1,100}): (.*)$/.exec(line) ?? [];
  return path === undefined || message === undefined ? { path: '', message: line } : { path, message };
}

/** Command-line arguments: errors that say what was wrong and what is allowed. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readJSON } from '../json.ts';
import { setPath } from '../path.ts';
import { fields } from '../option-schema.ts';
import { SchemaError } from '../schema.ts';
import { cut, show } from '../show.ts';
import { type Task, tasks } from '../tasks/index.ts';

/** A wrong argument: the message goes to the person as it is, and the exit code is 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Of a value that is set: longer than any text of one's own. */
const MOST_CHARACTERS = 2 ** 24;

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Arguments<O extends Options> {
  values: ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>['values'];
  positionals: string[];
}

/** @throws UsageError on an unknown option or the wrong number of positionals */
export function readArguments<const O extends Options>(
  argv: string[],
  options: O,
  positionals: readonly string[] = [],
): Arguments<O> {
  let parsed;
  try {
    parsed = parseArgs({
      args: withNegativeNumbers(argv, options),
      options,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(whatIsWrong(error as NodeJS.ErrnoException, options));
  }
  // The last name may be `NAME …` for one or more, or `[NAME …]` for none or more.
  const last = positionals.at(-1) ?? '';
  const least = last.startsWith('[') ? positionals.length - 1 : positionals.length;
  const most = last.includes('…') ? Infinity : positionals.length;
  const { length } = parsed.positionals;
  if (length < least || length > most) {
    const wanted = positionals.length ? positionals.join(' ') : 'no argument';
    throw new UsageError(`wanted ${wanted}, got ${parsed.positionals.join(' ') || 'nothing'}`);
  }
  return parsed;
}

/** Node's words name its own ways; ours name the options that there are. */
function whatIsWrong({ code, message }: NodeJS.ErrnoException, options: Options): string {
  const known = Object.keys(options).map((name) => `--${name}`);
  const [, name = ''] = /'(?:-\w, )?(-[^'\s]*)/.exec(message) ?? [];
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const takesNone = options[name.slice(2)]?.type === 'boolean';
    return takesNone ? `${name}: takes no value` : `${name}: needs a value`;
  }
  const near = known.find((option) => isNear(option, name));
  return `there is no option ${cut(name, 60)}${near ? ` (did you mean ${near}?)` : ''}; known options are ${known.join(', ')}`;
}

/** Whether one becomes the other by a sign more, less or changed, or two that are swapped. */
function isNear(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a, b].map((text) => text.slice(start, text.length - end));
  const isSwapped = right!.length === 2 && left === `${right!.charAt(1)}${right!.charAt(0)}`;
  return isSwapped || (left!.length <= 1 && right!.length <= 1);
}

/** `--seed -1` as `--seed=-1`, so that what is wrong is the number; Node's reader would take it for a missing value. */
function withNegativeNumbers(argv: readonly string[], options: Options): string[] {
  const takesValue = (argument: string | undefined): boolean =>
    argument?.startsWith('--') === true && options[argument.slice(2)]?.type === 'string';
  return argv.flatMap((argument, i) => {
    const isNumber = (text: string | undefined): boolean => text !== undefined && /^-[\d.]/.test(text);
    if (isNumber(argument) && takesValue(argv[i - 1])) return [];
    return isNumber(argv[i + 1]) && takesValue(argument) ? [`${argument}=${argv[i + 1]!}`] : [argument];
  });
}

/** A whole number in [least, most]. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(`--${name}: must be an integer from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

/** A JSON object with `path=value` put in; the value is JSON, or else a text. `model.width=32`, `task.kind=rings`. */
export function assign(target: Record<string, unknown>, assignment: string): Record<string, unknown> {
  return setPath(target, ...readAssignment(assignment));
}

/** `path=value` → [path, value] */
export function readAssignment(assignment: string): [path: string, value: unknown] {
  const equals = assignment.indexOf('=');
  if (equals < 1) throw new UsageError(`--set: must be path=value, not ${show(assignment)}`);
  const path = assignment.slice(0, equals);
  const text = assignment.slice(equals + 1);
  const value = jsonOrText(text);
  // A text of one's own may look like a number, as the digits of π do.
  return [path, isText(path) && typeof value !== 'string' ? text : value];
}

/** Whether the schema of some task wants a text there, of no given words. */
function isText(path: string): boolean {
  const all: readonly Task[] = Object.values(tasks);
  return all.some(({ schema }) =>
    fields(schema).some(({ key, kind }) => kind === 'text' && path === `task.${key}`),
  );
}

function jsonOrText(text: string): unknown {
  try {
    return readJSON(text, '--set', { characters: MOST_CHARACTERS });
  } catch (error) {
    if (error instanceof SchemaError && error.message.includes('is not JSON')) return text;
    throw error;
  }
}

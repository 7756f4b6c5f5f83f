/** The line of the command line that makes a run again, and a file that the page opens. */
import { showSetting } from '../show.ts';

/** How it is called in a clone of the lab. */
const CALL = 'npm run lab --';

type Values = Readonly<Record<string, unknown>>;

/**
 * @param values by path, as a person would write them; `task.name` among them
 * @param out the file that it writes
 */
export function runLine(values: Values, out = 'run.json'): string {
  const { 'task.name': task, seed, steps, replicas, ...others } = values;
  const options = Object.entries({ steps, replicas, seed }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${showSetting(value)}`],
  );
  return [
    `${CALL} run ${word(showSetting(task))}`,
    ...settings(others),
    ...options,
    `--out ${word(out)}`,
  ].join(' ');
}

/** @param changes by path: settings that differ from the lesson's */
export function lessonLine(lesson: string, size: string, seed: number, changes: Values): string {
  const options = [`--size ${size}`, `--seed ${seed}`, ...settings(changes)];
  return `${CALL} lesson ${lesson} ${options.join(' ')} --save ${lesson}.json`;
}

const settings = (values: Values): string[] =>
  Object.entries(values).map(([path, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `--set ${word(`${path}=${text}`)}`;
  });

/** As shells take it for one word. */
const word = (text: string): string =>
  /^[\w./=:@,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

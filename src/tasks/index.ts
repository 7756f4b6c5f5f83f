/** All tasks by name. */
import { backoffLanguage } from './backoff-language.ts';
import { shapes } from './shapes.ts';
import type { Task } from './task.ts';

export const tasks = {
  shapes,
  'backoff-language': backoffLanguage,
} as const satisfies Record<string, Task>;

export type TaskName = keyof typeof tasks;

/** The task of that name; throws an error that lists the names. */
export function findTask(name: string): Task {
  if (Object.hasOwn(tasks, name)) return tasks[name as TaskName];
  throw new RangeError(`task: must be one of ${Object.keys(tasks).join(', ')}, not "${name}"`);
}

export { type Field, fields, parse } from './options.ts';
export type { Examples, Scores, Task, TaskData, TaskShape } from './task.ts';

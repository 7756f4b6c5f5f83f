/** All tasks by name. */
import { show } from '../show.ts';
import { addition } from './addition.ts';
import { backoffLanguage } from './backoff-language.ts';
import { domains } from './domains.ts';
import { factsworldSequence } from './factsworld-sequence.ts';
import { factsworld } from './factsworld.ts';
import { induction } from './induction.ts';
import { modularAddition } from './modular-addition.ts';
import { shapes } from './shapes.ts';
import { sine } from './sine.ts';
import { sparseParity } from './sparse-parity.ts';
import type { Task } from './task.ts';
import { text } from './text.ts';

export const tasks = {
  shapes,
  'backoff-language': backoffLanguage,
  factsworld,
  'factsworld-sequence': factsworldSequence,
  addition,
  'modular-addition': modularAddition,
  induction,
  'sparse-parity': sparseParity,
  sine,
  domains,
  text,
} as const satisfies Record<string, Task>;

export type TaskName = keyof typeof tasks;

export const isTask = (name: string): name is TaskName => Object.hasOwn(tasks, name);

/** The task of that name; throws an error that lists the names. */
export function findTask(name: string): Task {
  if (isTask(name)) return tasks[name];
  throw new RangeError(`task: must be one of ${Object.keys(tasks).join(', ')}, not ${show(name)}`);
}

export type { Examples, Scores, Task, TaskData, TaskShape } from './task.ts';

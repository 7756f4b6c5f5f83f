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

/** The options of a task by its name, all filled in. */
export type TaskOptions<Name extends TaskName = TaskName> = Parameters<(typeof tasks)[Name]['shape']>[0];

/** The task of that name; throws an error that lists the names. */
export function findTask(name: string): Task {
  if (Object.hasOwn(tasks, name)) return tasks[name as TaskName];
  throw new RangeError(`task: must be one of ${Object.keys(tasks).join(', ')}, not ${show(name)}`);
}

export type { Examples, Scores, Task, TaskData, TaskShape } from './task.ts';
export type { AdditionOptions } from './addition.ts';
export type { BackoffOptions } from './backoff-language.ts';
export type { DomainsOptions } from './domains.ts';
export type { FactsWorldSequenceOptions } from './factsworld-sequence.ts';
export type { FactsWorldOptions } from './factsworld.ts';
export type { InductionOptions } from './induction.ts';
export type { ModularAdditionOptions } from './modular-addition.ts';
export type { ShapesOptions } from './shapes.ts';
export type { SineOptions } from './sine.ts';
export type { SparseParityOptions } from './sparse-parity.ts';
export type { TextOptions } from './text.ts';

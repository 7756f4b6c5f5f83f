/** The spec that a command works on: a file or a named experiment, and what the options change. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { RUNS_FORMAT } from '../files/formats.ts';
import { EXPERIMENTS } from '../lessons/experiments.ts';
import { setPath } from '../path.ts';
import { isObject, SchemaError } from '../schema.ts';
import { cut } from '../show.ts';
import { tasks } from '../tasks/index.ts';
import { parseSpec, type RunSpec } from '../training/spec/spec.ts';
import { assign, UsageError, wholeNumber } from './arguments.ts';
import { readJson } from './json.ts';

export const SPEC_OPTIONS = {
  set: { type: 'string', multiple: true },
  seed: { type: 'string' },
  replicas: { type: 'string' },
  steps: { type: 'string' },
  size: { type: 'string' },
} as const;

export interface SpecValues {
  set?: string[] | undefined;
  seed?: string | undefined;
  replicas?: string | undefined;
  steps?: string | undefined;
  size?: string | undefined;
}

/** @throws UsageError, SchemaError */
export function readSpec(source: string, values: SpecValues): RunSpec {
  let input = given(source, values.size);
  for (const assignment of values.set ?? []) input = assign(input, assignment);
  if (values.seed !== undefined) input.seed = wholeNumber('seed', values.seed, 0, 0xffffffff);
  if (values.replicas !== undefined) input.replicas = wholeNumber('replicas', values.replicas, 1, 1024);
  if (values.steps !== undefined) input.steps = wholeNumber('steps', values.steps, 1, 1e7);
  try {
    return parseSpec(input);
  } catch (error) {
    if (!(error instanceof SchemaError) || Object.hasOwn(EXPERIMENTS, source)) throw error;
    throw new SchemaError(`"${cut(source, 200)}": ${error.message}`);
  }
}

/** The experiment, the task or the file of that name. */
function given(source: string, size: string | undefined): Record<string, unknown> {
  if (Object.hasOwn(EXPERIMENTS, source)) return experimentSpec(source, size);
  if (size !== undefined)
    throw new UsageError(
      '--size: is for experiments; of a task or a file, --set changes what is to be smaller',
    );
  return Object.hasOwn(tasks, source) && !existsSync(source) ? taskSpec(source) : readSource(source);
}

/** A task with the model that suits it, whose options can then be set. */
function taskSpec(name: string): Record<string, unknown> {
  const task = { name };
  return { task, model: { kind: parseSpec({ task }).model.kind } };
}

/** As its page begins: on a device that is not slow, or with `small` on one that is. */
function experimentSpec(name: string, size = 'standard'): Record<string, unknown> {
  const { spec, small } = EXPERIMENTS[name]!;
  if (size !== 'small' && size !== 'standard')
    throw new UsageError(`--size: must be one of small, standard, not "${cut(size, 60)}"`);
  const changes = size === 'small' ? Object.entries(small) : [];
  return changes.reduce((all, [path, value]) => setPath(all, path, value), { ...spec });
}

function readSource(file: string): Record<string, unknown> {
  if (!existsSync(file)) {
    const names = Object.keys(EXPERIMENTS).join(', ');
    throw new UsageError(
      `"${cut(file, 200)}" is neither a readable file (${cut(resolve(file), 400)}) nor an experiment (${names}), nor a task (${Object.keys(tasks).join(', ')})`,
    );
  }
  return specIn(readJson(file, 'a RunSpec, or a run of the lab'), file);
}

/** That of a run which is kept in the file, or what the file is itself. */
function specIn(value: Record<string, unknown>, file: string): Record<string, unknown> {
  if (value.format === RUNS_FORMAT && Array.isArray(value.runs)) {
    const specs = value.runs.flatMap((run: unknown) =>
      isObject(run) && isObject(run.specs) ? Object.values(run.specs) : [],
    );
    const [spec] = specs;
    if (specs.length === 1 && isObject(spec)) return { ...spec };
    throw new UsageError(
      `"${cut(file, 200)}" holds ${specs.length} runs, where one is wanted; \`report\` shows them all`,
    );
  }
  return 'losses' in value && isObject(value.spec) ? { ...value.spec } : value;
}

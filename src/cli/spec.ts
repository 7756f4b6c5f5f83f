/** The spec that a command works on: a file or a named experiment, and what the options change. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXPERIMENTS } from '../lessons/experiments.ts';
import { SchemaError } from '../schema.ts';
import { cut } from '../show.ts';
import { parseSpec, type RunSpec } from '../training/spec/spec.ts';
import { assign, UsageError, wholeNumber } from './arguments.ts';
import { readJson } from './json.ts';

export const SPEC_OPTIONS = {
  set: { type: 'string', multiple: true },
  seed: { type: 'string' },
  replicas: { type: 'string' },
  steps: { type: 'string' },
} as const;

export interface SpecValues {
  set?: string[] | undefined;
  seed?: string | undefined;
  replicas?: string | undefined;
  steps?: string | undefined;
}

/** @throws UsageError, SchemaError */
export function readSpec(source: string, values: SpecValues): RunSpec {
  let input: Record<string, unknown> = Object.hasOwn(EXPERIMENTS, source)
    ? { ...EXPERIMENTS[source]!.spec }
    : readSource(source);
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

function readSource(file: string): Record<string, unknown> {
  if (existsSync(file)) return readJson(file, 'a RunSpec');
  const names = Object.keys(EXPERIMENTS).join(', ');
  throw new UsageError(
    `"${cut(file, 200)}" is neither a readable file (${cut(resolve(file), 400)}) nor an experiment; experiments are ${names}`,
  );
}

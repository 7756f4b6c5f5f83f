/** The spec that a command works on: a file or a named experiment, and what the options change. */
import { readFileSync } from 'node:fs';
import { EXPERIMENTS } from '../lessons/experiments.ts';
import { parseSpec, type RunSpec } from '../training/spec.ts';
import { setPath, UsageError, wholeNumber } from './arguments.ts';

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
  const input = source in EXPERIMENTS ? structuredClone(EXPERIMENTS[source]!.spec) : readJson(source);
  for (const assignment of values.set ?? []) setPath(input, assignment);
  if (values.seed !== undefined) input.seed = wholeNumber('seed', values.seed, 0, 0xffffffff);
  if (values.replicas !== undefined) input.replicas = wholeNumber('replicas', values.replicas, 1, 1024);
  if (values.steps !== undefined) input.steps = wholeNumber('steps', values.steps, 1, 1e7);
  return parseSpec(input);
}

function readJson(file: string): Record<string, unknown> {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    const names = Object.keys(EXPERIMENTS).join(', ');
    throw new UsageError(`"${file}" is neither a readable file nor an experiment; experiments are ${names}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${file} must hold a JSON object, a RunSpec`);
  }
  return value as Record<string, unknown>;
}

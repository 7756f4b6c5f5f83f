/** A sweep as it is being written: axes as texts. Files of the command line are read and written. */
import type { FormDescription, SpecInput } from '../../worker/protocol.ts';
import { readJSON } from '../../json.ts';
import { FILE_PROBLEMS } from '../../file-words.ts';
import { refusalOf } from '../../refusal.ts';
import { isObject } from '../../schema.ts';
import { showKey } from '../../show.ts';
import { type Draft, toDraft, toSpec } from './draft.ts';
import { type AxisKind, readValues, ValuesError, writeValues } from './values.ts';

/** One path of an axis with its values as they were typed. */
export interface AxisPart {
  path: string;
  text: string;
}

export interface SweepDraft {
  /** the parts of one axis go together, value by value */
  axes: readonly (readonly AxisPart[])[];
}

const refusal = refusalOf(FILE_PROBLEMS);

export const EMPTY_SWEEP: SweepDraft = { axes: [[{ path: 'model.hidden', text: '4; 8; 16; 32' }]] };

/** Paths of one axis in a link. */
const MOST_PARTS = 50;
/** Of a sweep file. */
const MOST_CHARACTERS = 1e6;
/** Budgets are an axis with a name of its own. */
export const COMPUTE = 'compute';
/** Lists with a value for each replica: no axes. */
const PER_REPLICA = new Set(['learningRates', 'weightDecays', 'trainingFractions']);

export interface SweepInput extends Record<string, unknown> {
  spec: SpecInput;
  axes: Record<string, unknown[]>[];
  compute?: number[];
}

/** How the values of a path are written. */
function kindOf(path: string, base: Draft, form: FormDescription): AxisKind {
  if (path === COMPUTE) return 'number';
  const field = pathsOf(base, form).find((candidate) => candidate.path === path);
  switch (field?.kind) {
    case 'numbers':
      return 'numbers';
    case 'choice':
    case 'text':
      return 'words';
    case 'flag':
      return 'flag';
    default:
      return 'number';
  }
}

/** All that can be an axis for a draft. */
export function pathsOf(
  base: Draft,
  form: FormDescription,
): { path: string; kind: string; choices?: string[] }[] {
  const task = form.tasks.find(({ name }) => name === base['task.name']);
  const kind = base['model.kind'] === 'transformer' ? 'transformer' : 'mlp';
  const optimizer = (['sgd', 'muon'] as const).find((name) => name === base['optimizer.name']) ?? 'adamw';
  const groups = [
    ['model', form.models[kind]],
    ['task', task?.fields.filter(({ key }) => key !== 'text') ?? []],
    ['', form.run.filter(({ key }) => !PER_REPLICA.has(key))],
    ['optimizer', form.optimizers[optimizer]],
    ['schedule', form.schedule],
    ['widthRule', form.widthRule],
  ] as const;
  return groups.flatMap(([prefix, fields]) =>
    fields.map((field) => ({
      path: prefix ? `${prefix}.${field.key}` : field.key,
      kind: field.kind,
      ...(field.kind === 'choice' && { choices: field.choices }),
    })),
  );
}

/** What an axis begins with when its path is chosen. */
export function suggestion(path: string, base: Draft, form: FormDescription): string {
  const known: Record<string, string> = {
    [COMPUTE]: '1e9, 3e9, 1e10',
    seed: '1 .. 4',
    steps: '250 .. 2000 x2',
    learningRate: '1e-3, 3e-3, 1e-2',
    batch: '16 .. 128 x2',
    'model.hidden': '4; 8; 16; 32',
    'model.width': '16 .. 64 x2',
    'model.embedding': '2 .. 16 x2',
    'model.layers': '1 .. 3',
    'model.heads': '1 .. 4 x2',
    'task.noise': '0 .. 0.3 +0.1',
  };
  const found = pathsOf(base, form).find((candidate) => candidate.path === path);
  if (found?.choices) return found.choices.join(', ');
  if (found?.kind === 'flag') return 'true, false';
  return known[path] ?? '';
}

/**
 * The sweep as the command line's file has it.
 * @throws AxisError that says which axis is wrong
 */
export function toSweep(base: Draft, sweep: SweepDraft, form: FormDescription): SweepInput {
  const axes: Record<string, unknown[]>[] = [];
  let compute: number[] | undefined;
  sweep.axes.forEach((parts, axis) => {
    const own: Record<string, unknown[]> = {};
    parts.forEach(({ path, text }, part) => {
      const values = inPlace(axis, part, () => readValues(text, kindOf(path, base, form)));
      if (path === COMPUTE) compute = values as number[];
      else own[path] = values;
    });
    if (Object.keys(own).length) axes.push(own);
  });
  return { spec: toSpec(base), axes, ...(compute && { compute }) };
}

/** A value that can't be read, at its place. */
export class AxisError extends Error {
  override name = 'AxisError';
  constructor(
    readonly axis: number,
    readonly part: number,
    readonly reason: ValuesError,
  ) {
    super(reason.message);
  }
}

function inPlace<T>(axis: number, part: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ValuesError) throw new AxisError(axis, part, error);
    throw error;
  }
}

/**
 * A file of the command line as settings and axes. The worker says what else is wrong with it.
 * @throws SchemaError when it is no sweep
 */
export function readSweepFile(text: string): { base: Draft; sweep: SweepDraft } {
  const json = readJSON(text, 'file', { characters: MOST_CHARACTERS });
  const { spec, axes = [], compute = [] } = (isObject(json) ? json : {}) as Partial<SweepInput>;
  if (!isObject(spec) || !Array.isArray(axes) || !Array.isArray(compute) || !axes.every(isObject)) {
    throw refusal('file', 'no-sweep');
  }
  const written = axes.map((axis) =>
    Object.entries(axis).map(([path, values]) => {
      if (!Array.isArray(values)) throw refusal(`axes.${showKey(path)}`, 'values-list');
      return { path, text: writeValues(values) };
    }),
  );
  if (compute.length) written.push([{ path: COMPUTE, text: writeValues(compute) }]);
  return { base: toDraft(spec), sweep: { axes: written } };
}

/** Axes as a link carries them. @throws SchemaError when they are none */
export function unpackSweep(packed: unknown): SweepDraft {
  const axes = isObject(packed) ? packed.axes : undefined;
  const isPart = (part: unknown): part is AxisPart =>
    isObject(part) &&
    typeof part.path === 'string' &&
    typeof part.text === 'string' &&
    part.text.length < 2000;
  if (
    !Array.isArray(axes) ||
    axes.length > 4 ||
    !axes.every((axis) => Array.isArray(axis) && axis.length <= MOST_PARTS && axis.every(isPart))
  ) {
    throw refusal('sweep', 'list-of-axes');
  }
  return { axes };
}

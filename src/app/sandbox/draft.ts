/** The sandbox's settings: what was set, by path, and the spec made of it, which the worker checks. */
import { isPath, setPath, valuesByPath } from '../../path.ts';
import { isObject } from '../../schema.ts';
import { cut, showSetting } from '../../show.ts';
import type { DeviceReport, FormDescription, SpecInput } from '../../worker/protocol.ts';

export type Draft = Readonly<Record<string, unknown>>;

/** What the page begins with. */
export const FIRST: Draft = { 'task.name': 'shapes', 'model.kind': 'mlp', 'model.hidden': [32, 32] };
/** For a device that is slow. */
export const SMALL: Draft = { ...FIRST, 'model.hidden': [16, 16], batch: 32, steps: 500 };

/** The name of a draft's task; in a file it may be any value. */
export const taskOf = (draft: Draft): string => showSetting(draft['task.name']);

export const firstOn = (device: DeviceReport | undefined): Draft => (device?.software ? SMALL : FIRST);

/** Whether the draft has all settings of SMALL. */
export function isSmall(draft: Draft): boolean {
  return JSON.stringify({ ...draft, ...SMALL }) === JSON.stringify(draft);
}

/** How many evaluations a run has where nobody has set their spacing. */
const EVALUATIONS = 50;

/** Paths that decide which other options exist. */
const HEADS = ['task.name', 'model.kind', 'optimizer.name'];

export function set(draft: Draft, path: string, value: unknown, form: FormDescription): Draft {
  const next: Record<string, unknown> = { ...draft };
  if (HEADS.includes(path)) forget(next, path.split('.')[0]!);
  if (path === 'task.name') {
    const kind = form.tasks.find(({ name }) => name === value)?.model;
    if (kind && kind !== draft['model.kind']) {
      forget(next, 'model');
      next['model.kind'] = kind;
    }
  }
  if (value === undefined) Reflect.deleteProperty(next, path);
  else next[path] = value;
  return next;
}

function forget(draft: Record<string, unknown>, part: string): void {
  for (const key of Object.keys(draft)) if (key.startsWith(`${part}.`)) Reflect.deleteProperty(draft, key);
}

/**
 * The spec of a draft; evaluated as often as its length suggests, unless that is set.
 * @throws SchemaError for a path that leads through a value
 */
export function toSpec(draft: Draft): SpecInput {
  const spec = nest(draft);
  if (spec.evaluate !== undefined && !isObject(spec.evaluate)) return spec; // The worker says what is wrong.
  const evaluate = spec.evaluate ?? {};
  const steps = typeof spec.steps === 'number' ? spec.steps : 1000;
  if (evaluate.every === undefined && (evaluate.spacing ?? 'step') === 'step') {
    spec.evaluate = { ...evaluate, every: Math.max(1, Math.round(steps / EVALUATIONS)) };
  }
  return spec;
}

/** Values by path as an object; what is no path is left out. @throws SchemaError for a path through a value */
function nest(draft: Draft): SpecInput {
  return Object.entries(draft)
    .filter(([path]) => isPath(path))
    .reduce<SpecInput>((spec, [path, value]) => setPath(spec, path, value), {});
}

/** A spec as a draft. */
export const toDraft = (spec: SpecInput): Draft => valuesByPath(spec);

/** Settings in which two drafts differ: the path, what stood there, what stands there now. */
export function differences(before: Draft, after: Draft): [path: string, from: unknown, to: unknown][] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path) =>
    JSON.stringify(before[path]) === JSON.stringify(after[path])
      ? []
      : [[path, before[path], after[path]] as [string, unknown, unknown]],
  );
}

/** How a value is written in chips and tables. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return value.length > 24 ? `${cut(value, 22)}…` : value;
  return showSetting(value) || '–';
}

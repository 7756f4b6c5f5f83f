/** The sandbox's settings: what was set, by path, and the spec that follows. The worker checks it. */
import type { FormDescription, SpecInput } from '../../worker/protocol.ts';

export type Draft = Readonly<Record<string, unknown>>;

/** What the page begins with. */
export const FIRST: Draft = { 'task.name': 'shapes', 'model.kind': 'mlp', 'model.hidden': [32, 32] };
/** For a device that is slow. */
export const SMALL: Draft = { ...FIRST, 'model.hidden': [16, 16], batch: 32, steps: 500 };

/** Whether all that SMALL says holds. */
export function isSmall(draft: Draft): boolean {
  return JSON.stringify({ ...draft, ...SMALL }) === JSON.stringify(draft);
}

/** Evaluations in a run whose spacing nobody has set. */
const EVALUATIONS = 50;

/** What decides which other options there are. */
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

/** The spec of a draft; evaluated as often as its length suggests, unless that is set. */
export function toSpec(draft: Draft): SpecInput {
  const spec = nest(draft);
  const evaluate = (spec.evaluate ?? {}) as Record<string, unknown>;
  const steps = typeof spec.steps === 'number' ? spec.steps : 1000;
  if (evaluate.every === undefined && (evaluate.spacing ?? 'step') === 'step') {
    spec.evaluate = { ...evaluate, every: Math.max(1, Math.round(steps / EVALUATIONS)) };
  }
  return spec;
}

/** Values by path as an object; a path that would lead to a prototype is left out. */
function nest(draft: Draft): SpecInput {
  const spec: SpecInput = {};
  for (const [path, value] of Object.entries(draft)) {
    const keys = path.split('.');
    if (keys.some((key) => key === '__proto__' || key === 'constructor' || key === 'prototype')) continue;
    let place = spec;
    for (const key of keys.slice(0, -1)) place = (place[key] ??= {}) as SpecInput;
    place[keys.at(-1)!] = value;
  }
  return spec;
}

/** A spec as a draft: the values of its objects by path. */
export function toDraft(spec: SpecInput): Draft {
  const draft: Record<string, unknown> = {};
  const visit = (value: Record<string, unknown>, path: string): void => {
    for (const [key, inner] of Object.entries(value)) {
      const here = path ? `${path}.${key}` : key;
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner))
        visit(inner as Record<string, unknown>, here);
      else draft[here] = inner;
    }
  };
  visit(spec, '');
  return draft;
}

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
  if (Array.isArray(value)) return value.join('·') || '–';
  if (typeof value === 'string') return value.length > 24 ? `${value.slice(0, 22)}…` : value;
  return JSON.stringify(value);
}

/** Changes to a lesson's plan by path, as the words under "Try" make them. Whoever trains checks the specs again. */
import type { SpecInput } from '../worker/protocol.ts';
import type { PlannedItem } from './lesson.ts';

export type Changes = Readonly<Record<string, unknown>>;

/** The seed is an argument of the plan, not a path of its specs. */
export const SEED = 'seed';

/**
 * The plan changed: where some runs spell a setting out, in those alone; others may be of another kind.
 * @throws Error for a path that would lead to a prototype
 */
export function changed(plan: readonly PlannedItem[], changes: Changes): PlannedItem[] {
  const spelled = new Set(
    Object.keys(changes).filter((path) =>
      plan.some((item) => 'spec' in item && getPath(item.spec, path) !== undefined),
    ),
  );
  return plan.map((item) => {
    if (!('spec' in item)) return item;
    const own = Object.entries(changes).filter(
      ([path]) => !spelled.has(path) || getPath(item.spec, path) !== undefined,
    );
    return { ...item, spec: changedSpec(item.spec, Object.fromEntries(own)) };
  });
}

function changedSpec(spec: SpecInput, changes: Changes): SpecInput {
  const out = structuredClone(spec);
  // Another task or another kind of model has other options: those of the old one go.
  if ('task.name' in changes) delete out.task;
  if ('model.kind' in changes) delete out.model;
  if ('optimizer.name' in changes) delete out.optimizer;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    if (keys.some((key) => key === '__proto__' || key === 'constructor' || key === 'prototype')) {
      throw new Error(`${path}: there is no such setting.`);
    }
    if (path !== SEED) setPath(out, keys, value);
  }
  return out;
}

function setPath(target: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  let place = target;
  for (const key of keys.slice(0, -1)) {
    const next = Object.hasOwn(place, key) ? place[key] : undefined;
    place = (place[key] = typeof next === 'object' && next !== null ? next : {}) as Record<string, unknown>;
  }
  place[keys.at(-1)!] = value;
}

/** What a spec spells out at a path, or undefined. */
export function getPath(spec: SpecInput, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (place, key) =>
        typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[key] : undefined,
      spec,
    );
}

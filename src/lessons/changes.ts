/** Changes to a lesson's plan by path, as the words under "Try" make them. Whoever trains checks the specs again. */
import { getPath, setPath } from '../path.ts';
import { hash, wordsOf } from '../random.ts';
import type { SpecInput } from '../worker/protocol.ts';
import type { PlannedItem } from './lesson.ts';
import { SEED } from './seed.ts';

export type Changes = Readonly<Record<string, unknown>>;

/**
 * `dataSeed: "own"` gives every run examples of its own, where otherwise all models of a seed learn from the same ones in
 * the same order, and share a part of their luck.
 */
const OWN_EXAMPLES = { path: 'dataSeed', value: 'own' };

/**
 * The plan changed: where some runs spell a setting out, in those alone; others may be of another kind.
 * @throws SchemaError for a path that leads nowhere, such as to a prototype or into a list
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
    return { ...item, spec: changedSpec(item.spec, Object.fromEntries(own.map(ownExamples(item)))) };
  });
}

const ownExamples =
  ({ key, spec }: { key: string; spec: SpecInput }) =>
  ([path, value]: [string, unknown]): [string, unknown] =>
    path === OWN_EXAMPLES.path && value === OWN_EXAMPLES.value
      ? [path, hash(Number(spec.dataSeed ?? 0), ...wordsOf(key))]
      : [path, value];

function changedSpec(spec: SpecInput, changes: Changes): SpecInput {
  let out = { ...spec };
  // Another task or another kind of model has other options: those of the old one go.
  if (Object.hasOwn(changes, 'task.name')) delete out.task;
  if (Object.hasOwn(changes, 'model.kind')) delete out.model;
  if (Object.hasOwn(changes, 'optimizer.name')) delete out.optimizer;
  for (const [path, value] of Object.entries(changes)) {
    if (path !== SEED) out = setPath(out, path, value);
  }
  return out;
}

/** The items of an experiment as a plan: specs are completed, and runs are named by what they are. */
import { SchemaError } from '../schema.ts';
import { cut } from '../show.ts';
import { begunWith } from '../training/spec/identity.ts';
import type { PlanItem } from '../training/plan/plan-jobs.ts';
import { planRun, type PlannedRun } from '../training/spec/sweep.ts';
import { checkedItems } from './items.ts';
import type { ExperimentItem } from './protocol.ts';

type RunItem = Extract<ExperimentItem, { spec: unknown }>;

/** @throws SchemaError that names the item */
export function planItems(given: readonly ExperimentItem[]): PlanItem[] {
  const items = checkedItems(given);
  const byKey = new Map(items.map((item) => [item.key, item]));
  const runs = new Map<string, PlannedRun>();
  const plan = (item: RunItem, children: readonly string[]): PlannedRun => {
    const known = runs.get(item.key);
    if (known) return known;
    const { key: _key, spec, from: _from, ...looks } = item;
    const run = { ...planRun(spec, {}), ...looks };
    const parent = item.from === undefined ? undefined : parentOf(item, item.from, children);
    // The id of a run covers the run whose weights it began with.
    const planned = parent ? { ...run, ...begunWith(run, parent), from: parent.id } : run;
    runs.set(item.key, planned);
    return planned;
  };
  const parentOf = ({ key }: RunItem, from: string, children: readonly string[]): PlannedRun => {
    const parent = byKey.get(from);
    if (!parent || 'benchmark' in parent || children.includes(from)) {
      throw SchemaError.at(
        cut(key, 60),
        'begins with a run that is not in the experiment, or that begins with it',
      );
    }
    return plan(parent, [...children, from]);
  };
  return items.map((item) =>
    'benchmark' in item
      ? { key: item.key, benchmark: item.benchmark }
      : { key: item.key, run: plan(item, [item.key]) },
  );
}

/** The items of an experiment as a plan: specs are completed, and runs are named by what they are. */
import * as v from 'valibot';
import { list, options, parse, record, SchemaError } from '../schema.ts';
import { cut } from '../show.ts';
import { begunWith } from '../training/identity.ts';
import type { PlanItem } from '../training/plan-jobs.ts';
import { planRun, type PlannedRun } from '../training/sweep.ts';
import type { ExperimentItem } from './protocol.ts';

type RunItem = Extract<ExperimentItem, { spec: unknown }>;

const key = v.pipe(v.string('must be a text'), v.maxLength(2000, 'must have at most 2000 characters'));
const inner = record(v.string(), v.unknown(), 200, 'must be an object');
/** What an experiment is made of; its specs are checked as all specs are. */
const Items = list(
  v.union(
    [options({ key, spec: inner, from: v.optional(key) }), options({ key, benchmark: inner })],
    'must be a run or a benchmark with a key',
  ),
  10_000,
  'must be a list of at most 10000 items',
);

/** @throws SchemaError that names the item */
export function planItems(given: readonly ExperimentItem[]): PlanItem[] {
  const items = parse(Items, given, 'items') as ExperimentItem[];
  const byKey = new Map(items.map((item) => [item.key, item]));
  const runs = new Map<string, PlannedRun>();
  const plan = (item: RunItem, children: readonly string[]): PlannedRun => {
    const known = runs.get(item.key);
    if (known) return known;
    const run = planRun(item.spec, {});
    const parent = item.from === undefined ? undefined : parentOf(item, item.from, children);
    // What a run is includes what it began with.
    const planned = parent ? { ...run, ...begunWith(run, parent), from: parent.id } : run;
    runs.set(item.key, planned);
    return planned;
  };
  const parentOf = ({ key }: RunItem, from: string, children: readonly string[]): PlannedRun => {
    const parent = byKey.get(from);
    if (!parent || 'benchmark' in parent || children.includes(from)) {
      throw new SchemaError(
        `${cut(key, 60)}: begins with a run that is not in the experiment, or that begins with it`,
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

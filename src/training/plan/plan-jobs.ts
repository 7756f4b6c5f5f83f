/** What a plan has to do, in an order in which it can be done. */
import { SchemaError } from '../../schema.ts';
import type { BenchmarkSpec } from '../measuring/benchmark.ts';
import { flopsOf } from '../spec/flops.ts';
import { type PlannedRun } from '../spec/sweep.ts';

/** A run or a measurement, under a name that is its own within the plan. */
export type PlanItem = { key: string } & ({ run: PlannedRun } | { benchmark: BenchmarkSpec });

export interface Job {
  readonly key: string;
  /** FLOPs of all replicas; 0 for a measurement */
  readonly cost: number;
  readonly run?: PlannedRun;
  readonly benchmark?: BenchmarkSpec;
  /** the run with whose weights it begins */
  readonly parent?: Job;
  /** others begin with its weights */
  isParent: boolean;
  /** done, or left out */
  over: boolean;
  skipped: boolean;
}

/**
 * The items in their order, but every run behind the one that it begins with.
 * @throws SchemaError that names the run whose parent is missing, or begins with it
 */
export function jobsOf(items: readonly PlanItem[]): Job[] {
  const itemOf = new Map(items.flatMap((item) => ('run' in item ? [[item.run.id, item] as const] : [])));
  const jobs = new Map<PlanItem, Job>();
  const add = (item: PlanItem, children: readonly PlanItem[]): Job => {
    const known = jobs.get(item);
    if (known) return known;
    const job = { key: item.key, isParent: false, over: false, skipped: false };
    if ('benchmark' in item) {
      const measurement = { ...job, cost: 0, benchmark: item.benchmark };
      jobs.set(item, measurement);
      return measurement;
    }
    const { run } = item;
    const from = run.from === undefined ? undefined : itemOf.get(run.from);
    if (run.from !== undefined && (!from || children.includes(from))) {
      const why = from ? 'begins with it' : 'is not in the plan';
      throw SchemaError.at('from', `the run ${item.key} begins with ${from?.key ?? run.from}, which ${why}`);
    }
    const parent = from && add(from, [...children, from]);
    if (parent) parent.isParent = true;
    const planned = { ...job, cost: run.spec.replicas * flopsOf(run.spec), run, ...(parent && { parent }) };
    jobs.set(item, planned);
    return planned;
  };
  for (const item of items) add(item, [item]);
  return [...jobs.values()];
}

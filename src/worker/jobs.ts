/** What an experiment has to do: its items as jobs, in an order in which they can be done. */
import { SchemaError } from '../schema.ts';
import { begunWith } from '../training/identity.ts';
import { planRun, sixND, type PlannedRun } from '../training/sweep.ts';
import type { BenchmarkSpec, ExperimentItem } from './protocol.ts';

export interface Job {
  key: string;
  /** what it costs, FLOPs: its part of the progress bar */
  cost: number;
  run?: PlannedRun;
  /** key of the run with whose weights it begins */
  from?: string;
  benchmark?: BenchmarkSpec;
  /** done, or left out */
  over: boolean;
  skipped: boolean;
}

/**
 * The items as jobs, every run behind the one that it begins with.
 * @throws SchemaError that names the item
 */
export function jobsOf(items: readonly ExperimentItem[]): Job[] {
  const jobs = new Map<string, Job>();
  let left = [...items];
  while (left.length) {
    const ready = left.find((item) => !('from' in item) || jobs.has(item.from));
    if (!ready) {
      const { key } = left[0]!;
      throw new SchemaError(
        `${key}: begins with a run that is not in the experiment, or that begins with it`,
      );
    }
    jobs.set(ready.key, jobOf(ready, jobs));
    left = left.filter((item) => item !== ready);
  }
  return [...jobs.values()];
}

function jobOf(item: ExperimentItem, jobs: ReadonlyMap<string, Job>): Job {
  const { key } = item;
  if ('benchmark' in item) return { key, cost: 0, benchmark: item.benchmark, over: false, skipped: false };
  const { from } = item;
  const run = planRun(item.spec, {});
  const parent = from === undefined ? undefined : jobs.get(from)?.run;
  return {
    key,
    cost: run.spec.replicas * sixND(run.spec),
    run: parent ? { ...run, ...begunWith(run, parent) } : run,
    ...(from !== undefined && { from }),
    over: false,
    skipped: false,
  };
}

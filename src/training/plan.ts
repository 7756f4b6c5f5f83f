/** Runs a plan: many runs on one device, kept one by one, so that what is finished is never done again. */
import type { Device } from '../gpu/device.ts';
import { SchemaError } from '../schema.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { TrainerEvent } from './events.ts';
import { ResultRecorder, type RunResult } from './result.ts';
import { RunData } from './run-data.ts';
import type { PlannedRun } from './sweep.ts';
import type { ResultStore } from './store.ts';
import { Trainer } from './trainer.ts';

/** How much training may be lost at most when the program is killed. */
const SAVE_EVERY_MS = 10_000;

export interface PlanOptions {
  store: ResultStore;
  signal?: AbortSignal;
  /** a run begins, or was finished before */
  onRun?: (run: PlannedRun, state: 'begins' | 'found') => void;
  onEvent?: (run: PlannedRun, event: TrainerEvent) => void;
  onResult?: (run: PlannedRun, result: RunResult) => void;
}

/**
 * Trains the runs of a plan that its store lacks, in their order, those that others begin with before them.
 * @returns the results by id; runs that were not reached before `signal` are missing
 * @throws SchemaError before anything is trained when a run begins with one that is not in the plan
 */
export async function runPlan(
  device: Device,
  plan: readonly PlannedRun[],
  { store, signal, onRun, onEvent, onResult }: PlanOptions,
): Promise<Map<string, RunResult>> {
  const results = new Map<string, RunResult>();
  const byId = new Map(plan.map((run) => [run.id, run]));
  const parents = new Set(plan.map(({ from }) => from));
  const data = new RunData();

  const ordered = inOrder(plan);
  for (const [i, run] of ordered.entries()) {
    if (signal?.aborted) break;
    const found = await store.load(run);
    if (found) {
      onRun?.(run, 'found');
      results.set(run.id, found);
      continue;
    }
    onRun?.(run, 'begins');
    const from = run.from === undefined ? undefined : await store.loadCheckpoint(byId.get(run.from)!);
    const part = await store.loadPart(run);
    const trainer = await Trainer.create(device, run.spec, {
      data: data.of(run.spec),
      warmUp: true,
      ...(from && { from }),
      ...(part && { checkpoint: part.checkpoint }),
    });
    try {
      const recorder = new ResultRecorder(trainer, part?.result);
      const lookAhead = data.ahead(run.spec, ordered[i + 1]?.spec);
      let savedAt = performance.now();
      const keep = async (checkpoint: Checkpoint): Promise<void> => {
        savedAt = performance.now();
        await store.savePart(run, { result: recorder.result('paused'), checkpoint });
      };
      const outcome = await trainer.run({
        ...(signal && { signal }),
        onEvent: (event) => {
          recorder.hear(event);
          onEvent?.(run, event);
          lookAhead(event);
        },
        onCheckpoint: async (checkpoint) => {
          if (performance.now() - savedAt > SAVE_EVERY_MS) await keep(await checkpoint());
        },
      });
      if (outcome === 'paused') {
        await keep(await trainer.checkpoint());
        break;
      }
      // The checkpoint first: a run with a result must have all that others need of it.
      if (parents.has(run.id)) await store.saveCheckpoint(run, await trainer.checkpoint());
      const result = recorder.result(outcome);
      await store.save(run, result);
      results.set(run.id, result);
      onResult?.(run, result);
    } finally {
      trainer.destroy();
    }
  }
  return results;
}

/** The plan with every run behind the one that it begins with. */
function inOrder(plan: readonly PlannedRun[]): PlannedRun[] {
  const byId = new Map(plan.map((run) => [run.id, run]));
  const ordered = new Set<PlannedRun>();
  const add = (run: PlannedRun, children: readonly string[]): void => {
    if (run.from !== undefined) {
      const parent = byId.get(run.from);
      if (!parent || children.includes(run.from)) {
        throw new SchemaError(
          `from: the run ${run.id} begins with ${run.from}, which ${parent ? 'begins with it' : 'is not in the plan'}`,
        );
      }
      add(parent, [...children, run.id]);
    }
    ordered.add(run);
  };
  for (const run of plan) add(run, [run.id]);
  return [...ordered];
}

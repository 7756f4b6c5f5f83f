/** Runs a plan from its beginning to its end: the plan runner without pauses. */
import type { Device } from '../../gpu/device.ts';
import type { TrainerEvent } from '../trainer/events.ts';
import { PlanRunner } from './plan-runner.ts';
import type { RunResult } from '../results/result.ts';
import type { PlannedRun } from '../spec/sweep.ts';
import type { ResultStore } from './store.ts';
import type { Crew } from '../trainer/team-trainer.ts';

export interface PlanOptions {
  store: ResultStore;
  signal?: AbortSignal;
  /** a run begins, or was finished before, or is waited for while another process trains it */
  onRun?: (run: PlannedRun, state: 'begins' | 'found' | 'waits') => void;
  onEvent?: (run: PlannedRun, event: TrainerEvent) => void;
  onResult?: (run: PlannedRun, result: RunResult) => void;
  /** how much training may be lost at most when the program is killed */
  saveEveryMs?: number;
  /** gives another device where the first one was lost; without it, that ends the plan */
  reconnect?: () => Promise<Device>;
  /** workers that train in the place of the device */
  crew?: ((device: Device) => Promise<Crew | undefined>) | undefined;
}

/**
 * Trains the runs of a plan that its store lacks, in their order, those that others begin with before them. Processes
 * that have one store share the work.
 * @returns the results by id; runs that were not reached before `signal` are missing
 * @throws SchemaError before anything is trained when a run begins with one that is not in the plan; GPULostError
 */
export async function runPlan(
  device: Device,
  plan: readonly PlannedRun[],
  { store, signal, onRun, onEvent, onResult, reconnect, saveEveryMs, crew }: PlanOptions,
): Promise<Map<string, RunResult>> {
  const results = new Map<string, RunResult>();
  const byId = new Map(plan.map((run) => [run.id, run]));
  let current = device;
  let isLost = false;
  void device.lost.then(() => (isLost = true));
  const runner = new PlanRunner(
    plan.map((run) => ({ key: run.id, run })),
    {
      connect: async () => {
        if (isLost && reconnect) {
          current = await reconnect();
          isLost = false;
          void current.lost.then(() => (isLost = true));
        }
        return current;
      },
      store,
      crew,
      warmUp: true,
      ...(saveEveryMs !== undefined && { saveEveryMs }),
      listener: (event) => {
        if (event.kind === 'status') return;
        const run = byId.get(event.key)!;
        if (event.kind === 'begins') onRun?.(run, 'begins');
        else if (event.kind === 'waiting') onRun?.(run, 'waits');
        else if (event.kind === 'training') onEvent?.(run, event.event);
        else if (event.kind === 'result') {
          results.set(run.id, event.result);
          if (event.found) onRun?.(run, 'found');
          else onResult?.(run, event.result);
        }
      },
    },
  );
  const stop = (): void => void runner.pause();
  signal?.addEventListener('abort', stop);
  try {
    if (!signal?.aborted) {
      const running = runner.run();
      await running;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await runner.close();
  }
  return results;
}

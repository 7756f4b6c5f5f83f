/** What a plan runner is told. */
import type { PlanEvent } from './plan-events.ts';
import type { ResultStore } from './store.ts';
import type { TrainersOptions } from './trainers.ts';

export interface PlanRunnerOptions extends TrainersOptions {
  store: ResultStore;
  listener: (event: PlanEvent) => unknown;
  /** what must have ended before the first run begins */
  before?: () => Promise<unknown>;
  saveEveryMs?: number;
  /** pauses before a lost device is asked for again */
  pausesMs?: readonly number[];
}

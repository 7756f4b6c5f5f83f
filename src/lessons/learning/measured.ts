/** What learning measures: the loss at the end, and the step at which it dropped. */
import type { RunResult } from '../../worker/protocol.ts';
import { isSound, meanLoss } from '../shared/replicas.ts';

/** Held-out error over the noise floor: below the first only by luck of the sample, above the second not there yet. */
export const AT_FLOOR = [0.85, 2] as const;
/** The training loss at the end is a mean over so many steps. */
export const LAST_STEPS = 20;

export const lastLoss = (run: RunResult, replica: number): number =>
  isSound(run, replica) ? meanLoss(run, replica, run.step - LAST_STEPS) : NaN;

/** The first step at the low rate. */
export function dropStep(run: RunResult): number {
  return Math.round((1 - run.spec.schedule.decay) * run.spec.steps);
}

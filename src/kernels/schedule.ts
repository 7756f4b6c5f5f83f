/** The learning rate over the steps: shaders/schedule.wgsl has the same formula. */

/** Names of the schedules, in the order of the numbers in shaders/schedule.wgsl. */
export const SCHEDULES = ['constant', 'cosine', 'linear-decay', 'drop'] as const;

/** The learning rate over the steps, as a fraction of its peak. */
export interface Schedule {
  /** `linear-decay`: constant, then a straight line down (warm-up–stable–decay); `drop`: constant, then the final rate */
  name: (typeof SCHEDULES)[number];
  /** steps over which the rate rises in a straight line, from peak / warmup at step 0 to the peak at step warmup − 1 */
  warmup: number;
  /** number of steps; step `steps`, the first that is not taken, would have the final rate */
  steps: number;
  /** final rate as a fraction of the peak (all but constant) */
  final: number;
  /** fraction of the steps, at the end, in which linear-decay falls or drop stays low; what the warm-up needs is left to it */
  decay: number;
}

/** The learning rate at `step`, counted from 0. */
export function learningRate(schedule: Schedule, step: number, peak: number): number {
  return peak * factor(schedule, scheduleWords(schedule), step);
}

/** Factor on the peak. @param words how long the schedule is, as the state of a replica says it */
export function factor(
  { name, final }: Pick<Schedule, 'name' | 'final'>,
  { warmup, steps, decaySteps }: Record<'warmup' | 'steps' | 'decaySteps', number>,
  step: number,
): number {
  if (step < warmup) return (step + 1) / warmup;
  const left = Math.min(1, Math.max(0, steps - step) / decaySteps);
  switch (name) {
    case 'constant':
      return 1;
    case 'cosine':
      return final + (1 - final) * Math.sin((Math.PI / 2) * left) ** 2;
    case 'linear-decay':
      return final + (1 - final) * left;
    case 'drop':
      return step + decaySteps < steps ? 1 : final;
  }
}

/** Number of steps, at the end, in which the rate falls or is low; at least 1. */
function decaySteps({ name, warmup, steps, decay }: Schedule): number {
  const wanted = name === 'cosine' ? steps : Math.round(decay * steps);
  return Math.max(1, Math.min(wanted, steps - warmup));
}

/** What the state of a replica says of its schedule; runs of other lengths then need no other kernel. */
export function scheduleWords(schedule: Schedule): Record<'warmup' | 'steps' | 'decaySteps', number> {
  const { warmup, steps } = schedule;
  return { warmup, steps, decaySteps: decaySteps(schedule) };
}

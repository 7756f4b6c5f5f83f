/** What closes a training step: its loss, its norm, its learning rate, the step number. */
import { LEAST } from '../gpu/grants.ts';
import { f32, read, update, type Dispatch } from '../gpu/kernel.ts';
import { size, type Tensor } from '../gpu/tensor.ts';
import endStepCode from '../../shaders/end_step.wgsl?raw';
import gradientNormCode from '../../shaders/gradient_norm.wgsl?raw';
import scheduleCode from '../../shaders/schedule.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';

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

/** The learning rate at `step`, counted from 0: the formula of shaders/schedule.wgsl. */
export function learningRate(schedule: Schedule, step: number, peak: number): number {
  const { name, warmup, steps, final } = schedule;
  if (step < warmup) return (peak * (step + 1)) / warmup;
  const left = Math.min(1, Math.max(0, steps - step) / decaySteps(schedule));
  switch (name) {
    case 'constant':
      return peak;
    case 'cosine':
      return peak * (final + (1 - final) * Math.sin((Math.PI / 2) * left) ** 2);
    case 'linear-decay':
      return peak * (final + (1 - final) * left);
    case 'drop':
      return step + decaySteps(schedule) < steps ? peak : peak * final;
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

/**
 * Closes a step, after the backward pass and before the optimizer: the mean loss into `state.loss` and the ring,
 * `state.halted` if it is not finite, the step's `state.learningRate`, `state.count` = 0 and `state.step` += 1.
 * How long the schedule is stands in the state.
 * @param op.losses [R, rows], summed in a fixed order
 * @param op.ring [ringSteps, R], one replica: losses of the last `ringSteps` steps
 * @param op.threads that sum the losses, a power of two: as many as the neighbour has with which this goes side by side
 * @param op.divideBy what the sum is divided by; 'count' is `state.count`
 * @throws RangeError when the ring has not one column per replica
 */
export function endStep(op: {
  state: Tensor;
  losses: Tensor;
  ring: Tensor;
  divideBy: 'count' | number;
  schedule: Pick<Schedule, 'name' | 'final'>;
  threads?: number;
}): Dispatch {
  const { state, losses, ring, divideBy, schedule } = op;
  const [ringSteps = 1, columns = 1] = ring.shape;
  if (ring.replicas !== 1 || columns !== state.replicas) {
    throw new RangeError(
      `end_step: a ring [${ring.shape.join(', ')}] of ${ring.replicas} replicas is not [ringSteps, ${state.replicas}] of one.`,
    );
  }
  return endStepDispatch(state, losses, ring, {
    THREADS: op.threads ?? threads(size(losses)),
    ROWS: size(losses),
    LOSSES_STRIDE: losses.stride,
    RING_STEPS: ringSteps,
    REPLICAS: state.replicas,
    DIVIDES_BY_COUNT: divideBy === 'count',
    DIVISOR: f32(divideBy === 'count' ? 1 : divideBy),
    SCHEDULE: SCHEDULES.indexOf(schedule.name),
    FINAL: f32(schedule.final),
    ONLY_ADVANCES: false,
  });
}

/** `state.step` += 1 and nothing else: for evaluation and generation. */
export function advance({ state }: { state: Tensor }): Dispatch {
  return endStepDispatch(state, undefined, undefined, {
    THREADS: 1,
    ROWS: 0,
    LOSSES_STRIDE: 0,
    RING_STEPS: 1,
    REPLICAS: 0,
    DIVIDES_BY_COUNT: false,
    DIVISOR: f32(1),
    SCHEDULE: 0,
    FINAL: f32(0),
    ONLY_ADVANCES: true,
  });
}

/** Threads that sum `count` numbers: about four for each, since every doubling costs a barrier. */
function threads(count: number): number {
  let threads = 1;
  while (threads < LEAST.threads && 4 * threads < count) threads *= 2;
  return threads;
}

function endStepDispatch(
  state: Tensor,
  losses: Tensor | undefined,
  ring: Tensor | undefined,
  constants: Dispatch['kernel']['constants'],
): Dispatch {
  return {
    kernel: {
      name: 'end_step',
      code: [stateCode, scheduleCode, endStepCode],
      constants,
    },
    bindings: [read(losses), update(ring), update(state)],
    workgroups: [1, 1, state.replicas],
    flops: 0,
  };
}

/**
 * L2 norm of each replica's gradients, summed in a fixed order, and `state.gradientScale`, which brings it down to
 * `clip`. Runs between the backward pass and `endStep`; the optimizer applies the scale.
 * @param op.gradients [P] per replica, P a multiple of 4, padding 0
 * @param op.clip bound on the norm
 * @param op.threads of a workgroup, a power of two; default: as many as every device grants
 */
export function gradientNorm(op: {
  gradients: Tensor;
  state: Tensor;
  clip: number;
  threads?: number;
}): Dispatch {
  const { gradients, state, clip, threads = LEAST.threads } = op;
  const p = size(gradients);
  if (p % 4 !== 0 || gradients.stride % 4 !== 0) {
    throw new RangeError(`gradient_norm: ${p} gradients, ${gradients.stride} apart, are no multiple of 4.`);
  }
  return {
    kernel: {
      name: 'gradient_norm',
      code: [stateCode, gradientNormCode],
      constants: { THREADS: threads, P: p, GRADIENTS_STRIDE: gradients.stride, CLIP: f32(clip) },
    },
    bindings: [read(gradients), update(state)],
    workgroups: [1, 1, state.replicas],
    flops: 2 * p * state.replicas,
  };
}

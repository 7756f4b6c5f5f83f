/** What closes a training step: its loss, its norm, its learning rate, the step number. */
import { LEAST } from '../gpu/grants.ts';
import type { CpuWork } from '../gpu/cpu-work.ts';
import { f32, read, update, type Dispatch } from '../gpu/kernel.ts';
import { size, type Tensor } from '../gpu/tensor.ts';
import { u32, work } from '../cpu/work.ts';
import endStepCode from '../../shaders/end_step.wgsl?raw';
import gradientNormCode from '../../shaders/gradient_norm.wgsl?raw';
import scheduleCode from '../../shaders/schedule.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
import { SCHEDULES, type Schedule } from './schedule.ts';

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
  // A replica's own losses in the ring, one of each step.
  const own = { ...ring, shape: [(ringSteps - 1) * columns + 1], replicas: columns, stride: 1 };
  const cpu = work('endStep', losses, own, u32(state), {
    divideBy,
    schedule,
    ringSteps,
    ringStride: columns,
  });
  return endStepDispatch(state, losses, ring, cpu, {
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
  return endStepDispatch(state, undefined, undefined, work('advance', u32(state)), {
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
  cpu: CpuWork,
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
    cpu,
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
    cpu: work('gradientNorm', gradients, u32(state), clip),
  };
}

/** What closes a training step (shaders/end_step.wgsl, gradient_norm.wgsl). */
import { factor, type Schedule } from '../kernels/schedule.ts';
import { STATE } from '../kernels/state.ts';
import { floatsOf, type Floats, type State } from './arrays.ts';

export interface EndStep {
  /** what the sum of the losses is divided by; 'count': state.count, at least 1 */
  divideBy: 'count' | number;
  schedule: Pick<Schedule, 'name' | 'final'>;
  /** elements from one step to the next in the ring, R */
  ringStride: number;
  ringSteps: number;
}

/**
 * loss = Σ losses / divisor,   halted = step + 1 if it is not finite and halted was 0,   ring[step] = loss, or NaN if halted,
 * learning rate = peak · factor of the schedule,   count = 0,   step += 1
 *
 * @param losses [rows]
 * @param ring from this replica's loss of step 0 on
 */
export function endStep(
  losses: Floats,
  ring: Floats,
  state: State,
  { divideBy, schedule, ringStride, ringSteps }: EndStep,
): void {
  const floats = floatsOf(state);
  const step = state[STATE.step]!;
  const divisor = divideBy === 'count' ? Math.max(1, state[STATE.count]!) : divideBy;
  // A sum that float32 has no number for has diverged, as on a GPU.
  const loss = Math.fround(Math.fround(sum(losses)) / divisor);
  floats[STATE.loss] = loss;
  haltUnless(Number.isFinite(loss), state);
  ring[(step % ringSteps) * ringStride] = state[STATE.halted] === 0 ? loss : NaN;
  const words = {
    warmup: state[STATE.warmup]!,
    steps: state[STATE.steps]!,
    decaySteps: state[STATE.decaySteps]!,
  };
  floats[STATE.learningRate] = floats[STATE.peakLearningRate]! * factor(schedule, words, step);
  state[STATE.count] = 0;
  advance(state);
}

/** step += 1 */
export function advance(state: State): void {
  state[STATE.step]!++;
}

/**
 * norm = √Σ g²,   scale = min(1, clip / (norm + 1e-6)),   halted = step + 1 if the norm is not finite and halted was 0
 *
 * @param gradients [P], padding 0
 */
export function gradientNorm(gradients: Floats, state: State, clip: number): void {
  const floats = floatsOf(state);
  let squares = 0;
  for (const g of gradients) squares += g * g;
  // As float32 has them: squares that it has no number for have diverged, as on a GPU.
  const norm = Math.sqrt(Math.fround(squares));
  floats[STATE.gradientNorm] = norm;
  floats[STATE.gradientScale] = Math.min(1, clip / (norm + 1e-6));
  haltUnless(Number.isFinite(norm), state);
}

function haltUnless(isFinite: boolean, state: State): void {
  if (!isFinite && state[STATE.halted] === 0) state[STATE.halted] = state[STATE.step]! + 1;
}

function sum(values: Floats): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Mean loss, norm and learning rate in float64. */
import { floatsOf } from '../../../src/cpu/arrays.ts';
import { endStep, gradientNorm } from '../../../src/cpu/step.ts';
import type { Schedule } from '../../../src/kernels/schedule.ts';
import { STATE, STATE_WORDS } from '../../../src/kernels/state.ts';

export function mean(losses: ArrayLike<number>, divisor: number): number {
  const ring = new Float64Array(1);
  endStep(Float64Array.from(losses), ring, new Uint32Array(STATE_WORDS), {
    divideBy: divisor,
    schedule: { name: 'constant', final: 0 },
    ringStride: 1,
    ringSteps: 1,
  });
  return ring[0]!;
}

export function norm(gradients: ArrayLike<number>): number {
  const state = new Uint32Array(STATE_WORDS);
  gradientNorm(Float64Array.from(gradients), state, 1);
  return floatsOf(state)[STATE.gradientNorm]!;
}

/** Factor on the peak in the textbook's form. */
export function scheduleFactor({ name, warmup, steps, final, decay }: Schedule, step: number): number {
  if (step < warmup) return (step + 1) / warmup;
  if (name === 'constant') return 1;
  if (name === 'cosine') {
    const progress = Math.min(1, (step - warmup) / (steps - warmup));
    return final + ((1 - final) * (1 + Math.cos(Math.PI * progress))) / 2;
  }
  const start = Math.max(warmup, steps - Math.round(decay * steps));
  if (name === 'drop') return step < start ? 1 : final;
  const progress = Math.min(1, Math.max(0, (step - start) / (steps - start)));
  return 1 - (1 - final) * progress;
}

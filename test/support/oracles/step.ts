/** Mean loss, norm and learning rate as their definitions read, in float64. */
import type { Schedule } from '../../../src/kernels/schedule.ts';

export function mean(losses: ArrayLike<number>, divisor: number): number {
  return Array.from(losses).reduce((sum, loss) => sum + loss, 0) / divisor;
}

export function norm(gradients: ArrayLike<number>): number {
  return Math.sqrt(Array.from(gradients).reduce((sum, g) => sum + g * g, 0));
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

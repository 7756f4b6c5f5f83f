/** When a run is evaluated: at step 0, at its end, and between as its spec says. */
import type { EvaluateConfig } from './spec.ts';

/**
 * The first step at or after `step` at which a run is due to be evaluated; may lie beyond its end.
 * @param flopsPerStep of one replica
 */
export function nextEvaluation(
  { spacing, every }: Pick<EvaluateConfig, 'spacing' | 'every'>,
  flopsPerStep: number,
  step: number,
): number {
  switch (spacing) {
    case 'step':
      return nextMultiple(Math.round(every), step);
    case 'log-step':
      return nextPower(every, step);
    case 'flops':
      return nextMultiple(every / flopsPerStep, step);
  }
}

/** About how many evaluations a run of so many steps has, those at its beginning and its end included. */
export function countEvaluations(
  { spacing, every }: Pick<EvaluateConfig, 'spacing' | 'every'>,
  flopsPerStep: number,
  steps: number,
): number {
  if (spacing !== 'log-step') {
    const apart = spacing === 'step' ? Math.round(every) : every / flopsPerStep;
    return 1 + Math.ceil(steps / Math.max(1, apart));
  }
  // Where the powers lie closer than one step, every step is evaluated.
  const dense = 1 / (every - 1);
  return 2 + Math.min(steps, dense + Math.max(0, Math.log(steps / Math.max(1, dense))) / Math.log(every));
}

/** The first of round(k · every), k = 0, 1, …, that is not below `step`; at most one a step. */
function nextMultiple(every: number, step: number): number {
  const apart = Math.max(1, every);
  const k = Math.floor(step / apart);
  return [k, k + 1].map((k) => Math.round(k * apart)).find((at) => at >= step)!;
}

/** The first of 0 and round(factorᵏ), k = 0, 1, …, that is not below `step`. */
function nextPower(factor: number, step: number): number {
  if (step <= 1) return step;
  const k = Math.floor(Math.log(step) / Math.log(factor));
  return [k, k + 1, k + 2].map((k) => Math.round(factor ** k)).find((at) => at >= step)!;
}

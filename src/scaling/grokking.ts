/** Grokking: held-out accuracy rises long after the training set is learned (Power et al. 2201.02177). */
import { type Refusal, refuse } from './refusal.ts';

export interface AccuracyPoint {
  step: number;
  train: number;
  validation: number;
}

export interface GrokkingDelay {
  /** First step with training accuracy at or above its level. */
  trainStep: number;
  /** The same for validation; absent where it never came. */
  validationStep?: number;
  /** validationStep / trainStep; where validation never came, the least that it can be. */
  ratio: number;
  reached: boolean;
}

export function grokkingDelay(
  curve: readonly AccuracyPoint[],
  { train = 0.99, validation = 0.95 }: { train?: number; validation?: number } = {},
): GrokkingDelay | Refusal {
  const points = curve.filter((point) => point.step > 0).sort((a, b) => a.step - b.step);
  const trainStep = points.find((point) => point.train >= train)?.step;
  if (trainStep === undefined) {
    return refuse('no-range', `Training accuracy never reaches ${train}, so there is no delay to measure.`);
  }
  const validationStep = points.find((point) => point.validation >= validation)?.step;
  return validationStep === undefined
    ? { trainStep, ratio: points.at(-1)!.step / trainStep, reached: false }
    : { trainStep, validationStep, ratio: validationStep / trainStep, reached: true };
}

/** What emergence-in-time measures: when training and test accuracy pass each level, and how well is copied. */
import { grokkingDelay, type GrokkingDelay, isRefusal, median } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import { known } from '../shared/evidence.ts';
import { replicaCurve, soundCount, soundMetrics } from '../shared/replicas.ts';

export const LEVELS = { train: 0.99, validation: 0.95 };

export const COPIES = 0.9;

/** What a verdict rests on, medians over the seeds unless it says otherwise. */
export interface Measured {
  /** of the seeds that learned their examples and found the rule */
  delays: GrokkingDelay[];
  seeds: number;
  /** of the seeds that learned their examples by squared error, without weight decay */
  squaredDelays: GrokkingDelay[];
  /** the most and the least of the seeds */
  controlAccuracy: number;
  controlTrainAccuracy: number;
  twoLayers: number;
  oneLayer: number;
  /** of the seeds that learned to copy; NaN where none did */
  copyStep: number;
}

export interface Runs {
  grokking: RunResult;
  /** without weight decay */
  control: RunResult;
  /** without weight decay, by squared error */
  squared: RunResult;
  two: RunResult;
  one: RunResult;
}

export function measure({ grokking, control, squared, two, one }: Runs): Measured {
  const copySteps = Array.from({ length: two.spec.replicas }, (_, r) =>
    replicaCurve(two, r, 'validation', 'accuracy').find(({ y }) => y >= COPIES),
  ).flatMap((point) => point?.x ?? []);
  return {
    delays: delaysOf(grokking),
    seeds: soundCount(grokking),
    squaredDelays: delaysOf(squared),
    controlAccuracy: Math.max(...soundMetrics(control, 'validation', 'accuracy')),
    controlTrainAccuracy: Math.min(...soundMetrics(control, 'train', 'accuracy')),
    twoLayers: Math.min(...soundMetrics(two, 'validation', 'accuracy')),
    oneLayer: Math.max(...soundMetrics(one, 'validation', 'accuracy')),
    copyStep: median(copySteps),
  };
}

export function delaysOf(run: RunResult): GrokkingDelay[] {
  return Array.from({ length: run.spec.replicas }, (_, r) => {
    const train = replicaCurve(run, r, 'train', 'accuracy');
    const curve = replicaCurve(run, r, 'validation', 'accuracy').map(({ x, y }, i) => ({
      step: x,
      train: train[i]?.y ?? NaN,
      validation: y,
    }));
    return grokkingDelay(curve, LEVELS);
  }).flatMap((delay) => (isRefusal(delay) ? [] : [delay]));
}

export function numbersOf(delays: readonly GrokkingDelay[]): Record<string, number> {
  const reached = delays.filter((delay) => delay.reached);
  return known({
    trainStep: median(delays.map(({ trainStep }) => trainStep)),
    testStep: median(reached.map(({ validationStep }) => validationStep!)),
    ratio: median(reached.map(({ ratio }) => ratio)),
  });
}

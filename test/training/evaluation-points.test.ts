import { describe, expect, it } from 'vitest';
import { nextEvaluation } from '../../src/training/spec/evaluation-points.ts';

type Points = Parameters<typeof nextEvaluation>[0];

/** All steps up to `last` at which a run is due. */
function points(evaluate: Points, flopsPerStep: number, last: number): number[] {
  const due: number[] = [];
  for (let step = 0; step <= last; step = due.at(-1)! + 1)
    due.push(nextEvaluation(evaluate, flopsPerStep, step));
  return due.filter((step) => step <= last);
}

describe('evaluation points', () => {
  it('are multiples of a number of steps', () => {
    expect(points({ spacing: 'step', every: 25 }, 1, 100)).toEqual([0, 25, 50, 75, 100]);
    expect(points({ spacing: 'step', every: 1 }, 1, 3)).toEqual([0, 1, 2, 3]);
  });

  it('are evenly spaced in the logarithm of the step', () => {
    expect(points({ spacing: 'log-step', every: 2 }, 1, 100)).toEqual([0, 1, 2, 4, 8, 16, 32, 64]);
    expect(points({ spacing: 'log-step', every: 10 ** 0.25 }, 1, 100)).toEqual([
      0, 1, 2, 3, 6, 10, 18, 32, 56, 100,
    ]);
    expect(points({ spacing: 'log-step', every: 1.01 }, 1, 20)).toEqual(
      Array.from({ length: 21 }, (_, i) => i),
    );
  });

  it('are evenly spaced in compute, whatever the size of the model', () => {
    expect(points({ spacing: 'flops', every: 1e6 }, 4e4, 100)).toEqual([0, 25, 50, 75, 100]);
    expect(points({ spacing: 'flops', every: 1e6 }, 3e5, 20)).toEqual([0, 3, 7, 10, 13, 17, 20]);
    expect(points({ spacing: 'flops', every: 1e6 }, 5e6, 3)).toEqual([0, 1, 2, 3]);
  });
});

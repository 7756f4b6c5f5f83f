import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { learningRate } from '../../kernels/schedule.ts';
import { replicated, runSpecs, type ReplicatedOptions } from '../../../test/lessons/replicated.ts';

/** Training losses at the end: the usual rate, a tenth, thirty times; the last jitters by `jitter` before the rate is lowered. */
const losses =
  (usual: number, slow: number, fast: number, jitter = 0.01): NonNullable<ReplicatedOptions['loss']> =>
  ({ step, replica }) =>
    [usual, slow, fast + (step < 1200 ? jitter : 0)][replica]! + 1 / (1 + step) ** 2;

const judge = (heldOut: number, loss: NonNullable<ReplicatedOptions['loss']>, floor = 0.01) =>
  lesson.judge(
    replicated(lesson, () => ({ validation: { loss: heldOut }, clean: { loss: heldOut - 0.01 } }), {
      loss,
      floor,
    }),
    'standard',
  ).verdict;

describe('learning', () => {
  it('holds where held-out error ends near the floor and a tenth of the rate is behind', () => {
    const verdict = judge(0.014, losses(0.011, 0.02, 0.012));
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers).toMatchObject({ noiseFloor: 0.01, heldOutLoss: 0.014 });
    expect(verdict.numbers.cleanLoss).toBeCloseTo(0.004, 10);
    expect(verdict.numbers.trainLoss).toBeCloseTo(0.011, 5);
    expect(verdict.numbers.slowLoss).toBeCloseTo(0.02, 5);
    expect(verdict.numbers.fastLoss).toBeCloseTo(0.012, 5);
  });

  it.each([
    ['held-out error stays far above the floor', 0.03, losses(0.011, 0.02, 0.02)],
    ['held-out error is far under the floor', 0.005, losses(0.011, 0.02, 0.02)],
    ['a tenth of the rate gets as far', 0.014, losses(0.011, 0.0105, 0.02)],
    ['thirty times the rate is ahead while it lasts', 0.014, losses(0.011, 0.02, 0.0105, 0)],
  ] as const)('does not hold where %s', (_, heldOut, loss) => {
    expect(judge(heldOut, loss).outcome).toBe('does-not-hold');
  });

  it('has not enough evidence without noise', () => {
    expect(judge(0.014, losses(0.011, 0.02, 0.02), 0).outcome).toBe('not-enough-evidence');
  });

  it('drops the rate to a tenth at step 1,200', () => {
    const { schedule, steps } = runSpecs(lesson, 'standard').get('rates')!;
    const at = (step: number) => learningRate({ ...schedule, steps }, step, 1e-2);
    expect([0, 1199].map(at)).toEqual([1e-2, 1e-2]);
    expect(at(1200)).toBeCloseTo(1e-3, 12);
  });
});

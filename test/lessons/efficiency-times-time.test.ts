import { describe, expect, it } from 'vitest';
import { factorAtEnd, lesson } from '../../src/lessons/efficiency-times-time/lesson.ts';
import { parametersOf } from '../../src/training/sweep.ts';
import { replicated, runSpecs, type ReplicatedOptions } from './replicated.ts';

/** Every run is Adam's curve, faster by a factor. */
const judge = (factor: (key: string, replica: number) => number, options: ReplicatedOptions = {}) =>
  lesson.judge(
    replicated(
      lesson,
      ({ key, step, replica }) => {
        const time = Math.max(1, step * (key === 'adam' ? 1 : factor(key, replica)));
        return { facts: { exactLoss: 0.4 + time ** -0.5, accuracy: 1 - time ** -0.5 } };
      },
      { steps: ({ steps }) => Array.from({ length: 101 }, (_, i) => (i * steps) / 100), ...options },
    ),
    'standard',
  );

const FACTORS: Record<string, number> = {
  'momentum-sgd': 0.3,
  sgd: 0.2,
  muon: 1.2,
  sampling: 1.6,
  curriculum: 0.8,
};
const real = (key: string): number => FACTORS[key] ?? 1;

describe('efficiency-times-time', () => {
  it('plans changes of one thing each', () => {
    const specs = runSpecs(lesson, 'standard');
    for (const spec of specs.values()) {
      expect(parametersOf(spec)).toBe(10368);
      expect([spec.steps, spec.batch, spec.replicas]).toEqual([1000, 512, 3]);
    }
    expect(specs.get('epochs-16')!.task.unique).toBe(32000);
    expect(specs.get('curriculum')!.task).toMatchObject({ curriculum: 'easy-first', pool: 512000 });
    expect(specs.get('sampling')!.task).toMatchObject({ sampling: 0.8 });
  });

  it('finds the factors that were planted, and holds', () => {
    const { verdict } = judge(real);
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers.momentumSgdFactor).toBeCloseTo(0.3, 2);
    expect(verdict.numbers.sgdFactor).toBeCloseTo(0.2, 2);
    expect(verdict.numbers.muonFactor).toBeCloseTo(1.2, 2);
    expect(verdict.numbers.samplingFactor).toBeCloseTo(1.6, 2);
    expect(verdict.numbers.curriculumFactor).toBeCloseTo(0.8, 2);
    expect(verdict.numbers.epochs16FactorByAccuracy).toBeCloseTo(1, 2);
    expect(verdict.sentence.en).toContain('SGD with momentum 0.30');
    expect(verdict.sentence.en).not.toContain('epochs');
  });

  it.each([
    ['nothing changes anything', () => 1],
    ['only optimizers do', (key: string) => (key === 'sgd' ? 0.2 : 1)],
    ['seeds disagree', (_: string, replica: number) => [0.5, 2, 2][replica]!],
  ] as const)('does not hold where %s', (_, factor) => {
    expect(judge(factor).verdict.outcome).toBe('does-not-hold');
  });

  it('has not enough evidence where a seed of a change diverged', () => {
    const { verdict } = judge(real, { diverged: (key, replica) => key === 'sgd' && replica === 1 });
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.numbers.sgdFactor).toBeCloseTo(0.2, 2);
  });

  it('counts the end of a run whose loss rises again', () => {
    const reference = [1, 10, 100].map((x) => ({ x, y: 4 - Math.log10(x) }));
    const overfitted = [4, 2, 3].map((y, i) => ({ x: 10 ** i, y }));
    expect(factorAtEnd(overfitted, reference, 'exactLoss')).toBeCloseTo(0.1, 10);
    expect(factorAtEnd([{ x: 100, y: 5 }], reference, 'exactLoss')).toBeUndefined();
    expect(factorAtEnd([], reference, 'exactLoss')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { LENGTHS } from './design.ts';
import { timeOf } from './measured.ts';
import { parametersOf } from '../../training/spec/flops.ts';
import { replicated, runSpecs, type ReplicatedOptions } from '../../../test/lessons/replicated.ts';

/** Every run ends where Adam does after so many times its steps. */
const judge = (
  factor: (change: string, steps: number, replica: number) => number,
  options: ReplicatedOptions = {},
) =>
  lesson.judge(
    replicated(
      lesson,
      ({ key, step, spec, replica }) => {
        const change = key.replace(/-\d+$/, '');
        const time = Math.max(1, step * (change === 'adam' ? 1 : factor(change, spec.steps, replica)));
        return { facts: { exactLoss: 4 - 0.4 * Math.log(time), accuracy: 0.1 * Math.log(time) } };
      },
      options,
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
const product = (change: string): number => FACTORS[change] ?? 1;

describe('efficiency-times-time', () => {
  it('plans changes of one thing each, at two lengths, and the reference at several', () => {
    const specs = runSpecs(lesson, 'standard');
    for (const spec of specs.values()) {
      expect(parametersOf(spec)).toBe(10368);
      expect([spec.batch, spec.replicas, spec.seeding]).toEqual([512, 3, 'hashed']);
    }
    expect([...specs.keys()].filter((key) => key.startsWith('adam'))).toEqual(
      [13, 31, 63, 125, 250, 500, 1000].map((steps) => `adam-${steps}`),
    );
    expect([...specs.keys()].filter((key) => key.startsWith('muon'))).toEqual(['muon-125', 'muon-500']);
    expect(specs.get('epochs-16-500')!.task.unique).toBe(16000);
    expect(specs.get('epochs-16-125')!.task.unique).toBe(4000);
    expect(specs.get('curriculum-500')!.task).toMatchObject({ curriculum: 'easy-first', pool: 256000 });
    expect(specs.get('sampling-125')!.task).toMatchObject({ sampling: 0.8 });
  });

  it('evaluates at the small size no more than is drawn', () => {
    const times = [...runSpecs(lesson, 'small').values()].map(({ steps, evaluate }) => [
      steps,
      Math.ceil(steps / evaluate.every),
    ]);
    const [, long] = LENGTHS.small;
    expect(times.filter(([steps]) => steps === long)).toEqual(Array(11).fill([long, 3]));
    expect(times.filter(([steps]) => steps !== long).map(([, count]) => count)).toEqual(Array(16).fill(1));
  });

  it('finds the factors that were planted, and holds where they are one for both lengths', () => {
    const { verdict, tables } = judge(product);
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers.momentumSgdFactor).toBeCloseTo(0.3, 9);
    expect(verdict.numbers.momentumSgdFactorShort).toBeCloseTo(0.3, 9);
    expect(verdict.numbers.samplingFactor).toBeCloseTo(1.6, 9);
    expect(verdict.numbers.samplingFactorByAccuracy).toBeCloseTo(1.6, 9);
    expect(verdict.numbers).toMatchObject({ clearChanges: 5, shiftedChanges: 0 });
    expect(verdict.sentence.en).toContain('SGD with momentum 0.30');
    expect(verdict.sentence.en).not.toContain('epochs');
    const { columns, rows } = tables[0]!;
    const sgd = rows.find(([change]) => change === 'sgd')!;
    const of = (name: string): unknown => sgd[columns.findIndex(({ key }) => key === name)];
    expect(of('shift')).toBeCloseTo(1, 9);
    expect(of('seeds')).toBe(3);
  });

  it('does not hold where one factor shifts with the length: they do not multiply', () => {
    const { verdict } = judge((change, steps) =>
      change === 'muon' && steps === 125 ? 1.5 : product(change),
    );
    expect(verdict.outcome).toBe('does-not-hold');
    expect(verdict.numbers.shiftedChanges).toBe(1);
    expect(verdict.sentence.en).toContain('Muon 1.50 → 1.20');
    expect(verdict.sentence.zh).toContain('Muon 1.50 → 1.20');
  });

  it('takes a shift in some seeds only for noise', () => {
    const noisy = (change: string, steps: number, replica: number): number =>
      change === 'muon' && steps === 125 && replica < 2 ? 1.5 : product(change);
    expect(judge(noisy).verdict.outcome).toBe('holds');
  });

  it.each([
    ['nothing changes anything', () => 1],
    ['only optimizers do', (change: string) => (change === 'sgd' ? 0.2 : 1)],
    [
      'seeds disagree',
      (change: string, _: number, r: number) => (change.endsWith('-adam') ? 1 : [0.5, 2, 2][r]!),
    ],
  ] as const)('does not hold where %s', (_, factor) => {
    expect(judge(factor).verdict.outcome).toBe('does-not-hold');
  });

  it('has not enough evidence where another rate of Adam is better at both lengths', () => {
    const { verdict } = judge((change) => (change === 'faster-adam' ? 1.3 : product(change)));
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toContain('1.4 times');
  });

  it('leaves out a change of which a seed diverged, or that lies outside the reference, and says so', () => {
    const { verdict } = judge(product, { diverged: (key, replica) => key === 'sgd-500' && replica === 1 });
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers.sgdFactor).toBeCloseTo(0.2, 2);
    expect(verdict.numbers.clearChanges).toBe(4);
    expect(verdict.sentence.en).toMatch(/Left out.*: plain SGD\.$/i);
    const far = judge((change) => (change === 'sampling' ? 3 : product(change))).verdict;
    expect(far.outcome).toBe('holds');
    expect(far.numbers.samplingFactor).toBeUndefined();
    expect(far.sentence.zh).toContain('未计入');
  });

  it('has not enough evidence where all changes of a kind lie outside the reference', () => {
    const isOptimizer = (change: string): boolean => /sgd|muon|adam/.test(change);
    const { verdict } = judge((change) => (isOptimizer(change) ? product(change) : 3));
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toMatch(/^Left out/);
  });

  it('reads times between the lengths of the reference, and none beyond them', () => {
    const reference = [1, 10, 100].map((x) => ({ x, y: 4 - Math.log10(x) }));
    expect(timeOf(reference, 3.5, 'exactLoss')).toBeCloseTo(Math.sqrt(10), 10);
    expect(timeOf(reference, 5, 'exactLoss')).toBeNaN();
    expect(timeOf(reference, 1, 'exactLoss')).toBeNaN();
    expect(timeOf([], 3, 'exactLoss')).toBeNaN();
  });
});

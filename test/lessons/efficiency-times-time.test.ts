import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changed, type Changes } from '../../src/lessons/changes.ts';
import { factorAtEnd, lesson } from '../../src/lessons/efficiency-times-time/lesson.ts';
import { SIZES } from '../../src/lessons/lesson.ts';
import { RecordingSchema } from '../../src/lessons/recording.ts';
import { parse } from '../../src/schema.ts';
import { parseSpec } from '../../src/training/spec.ts';
import { parametersOf } from '../../src/training/sweep.ts';
import { replicated, runSpecs, type ReplicatedOptions } from './replicated.ts';

/** Every run is Adam's curve, faster by a factor. */
const judge = (
  factor: (key: string, replica: number) => number,
  options: ReplicatedOptions = {},
  changes: Changes = {},
) =>
  lesson.judge(
    replicated(
      { ...lesson, plan: (size, seed) => changed(lesson.plan(size, seed), changes) },
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

const read = (file: string): string =>
  readFileSync(new URL(`../../src/lessons/efficiency-times-time/${file}`, import.meta.url), 'utf8');

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

  it('keeps fresh examples fresh and the curriculum whole where a preset moves the steps', () => {
    const presets = [...read('en.md').matchAll(/<lab-try set='([^']*)'>/g)].map(
      ([, set]) => JSON.parse(set!) as Changes,
    );
    for (const preset of presets.filter(({ steps }) => steps)) {
      for (const size of SIZES) {
        const items = changed(lesson.plan(size, 1), preset);
        for (const item of items.filter(({ key }) => !key.startsWith('epochs'))) {
          const { batch, steps, task } = parseSpec('spec' in item ? item.spec : undefined);
          const passes = (batch * steps) / Number(task.pool);
          expect(passes, `${item.key} of ${size}, ${JSON.stringify(preset)}`).toBeLessThanOrEqual(1);
          expect(passes).toBeGreaterThan(0.95);
        }
      }
    }
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

  it('has accuracies in its table, Adam’s among them, whose factors are one', () => {
    const { columns, rows } = judge(real).tables[0]!;
    const rowOf = (name: string): Record<string, unknown> =>
      Object.fromEntries(columns.map(({ key }, i) => [key, rows.find(([change]) => change === name)![i]]));
    expect(rowOf('adam')).toMatchObject({ factor: 1, least: 1, most: 1, byAccuracy: 1, seeds: 3 });
    expect(rowOf('adam').accuracy).toBeCloseTo(1 - 1000 ** -0.5, 10);
    expect(rowOf('sgd').accuracy).toBeCloseTo(1 - 200 ** -0.5, 10);
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

  it.each([
    ['standard', { steps: 500 }, [1, 2, 8]],
    ['small', { steps: 500 }, [4, 8, 32]],
    ['standard', { steps: 4000, 'task.noise': 0.5 }, [8, 16, 64]],
    ['standard', { steps: 100 }, [0.2, 0.4, 1.6]],
  ] as const)('names epochs as they were at the size %s with %j', (size, changes, epochs) => {
    const third = (key: string): number => (key === 'epochs-16' ? 1 / 3 : 1);
    const { verdict, tables, figures } = judge(third, { size }, changes);
    const keys = tables[0]!.rows.map(([key]) => String(key)).filter((key) => key.startsWith('epochs'));
    expect(keys).toEqual(epochs.map((count) => `epochs-${count}`));
    const most = epochs[2];
    expect(verdict.sentence.en).toContain(`${most} epochs of 1/${most} of the examples 0.33`);
    expect(verdict.numbers[`epochs${most}Factor`]).toBeCloseTo(1 / 3, 2);
    const data = figures.find(({ name }) => name === 'data')!;
    expect(data.series[data.marks!['epochs-16']!.series!]!.name.zh).toContain(`看 ${most} 遍`);
  });

  it('says where no example is met twice', () => {
    const { figures } = judge(real, {}, { steps: 500 });
    const names = figures.find(({ name }) => name === 'data')!.series.map(({ name }) => name.en);
    expect(names).toContain('no example twice');
    expect(names).toContain('2 epochs of 1/2 of the examples');
  });

  it.each(['en.md', 'zh.md'])('was recorded with factors as the table of %s has them', (file) => {
    const { findings } = parse(RecordingSchema, JSON.parse(read('recording.json')));
    const beside = /<lab-value name="(\w+)"[^|]*\| *([\d.]+)(?: [^\d|]+ ([\d.]+))? *\|/g;
    const said = [...read(file).matchAll(beside)];
    expect(said).toHaveLength(6);
    for (const [, name, low, high = low] of said) {
      const recorded = Number(findings.verdict.numbers[name!]!.toFixed(low!.split('.')[1]!.length));
      expect(recorded, name).toBeGreaterThanOrEqual(Number(low));
      expect(recorded, name).toBeLessThanOrEqual(Number(high));
    }
  });

  it('counts the end of a run whose loss rises again', () => {
    const reference = [1, 10, 100].map((x) => ({ x, y: 4 - Math.log10(x) }));
    const overfitted = [4, 2, 3].map((y, i) => ({ x: 10 ** i, y }));
    expect(factorAtEnd(overfitted, reference, 'exactLoss')).toBeCloseTo(0.1, 10);
    expect(factorAtEnd([{ x: 100, y: 5 }], reference, 'exactLoss')).toBeUndefined();
    expect(factorAtEnd([], reference, 'exactLoss')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { parametersOf } from '../../training/spec/flops.ts';
import { replicated, runSpecs, type ReplicatedOptions } from '../../../test/lessons/replicated.ts';

/** Exact match by width and seed. */
const judge = (exact: (width: number, replica: number) => number, options: ReplicatedOptions = {}) =>
  lesson.judge(
    replicated(
      lesson,
      ({ spec, replica }) => {
        if (spec.model.kind !== 'transformer') throw new TypeError('no transformer');
        const exactMatch = exact(spec.model.width, replica);
        return { validation: { exactMatch, accuracy: exactMatch ** (1 / 3) } };
      },
      options,
    ),
    'standard',
  );

/** Near 0 below width 8, mixed there, near 1 above. */
const emerging = (width: number, replica: number): number => {
  if (width === 8) return replica < 2 ? 0.1 : 0.95;
  return width < 8 ? 0.01 : 0.97;
};

describe('emergence-by-size', () => {
  it('plans models of the sizes that the recipe names', () => {
    const sizes = [...runSpecs(lesson, 'large').values()].map(parametersOf);
    expect(sizes).toEqual([200, 592, 1176, 1952, 4080, 6976, 15072, 26240]);
    expect([...runSpecs(lesson, 'standard').keys()]).toEqual(['d2', 'd4', 'd8', 'd16', 'd24']);
    for (const { task, batch, steps } of runSpecs(lesson, 'standard').values()) {
      expect(task.pool).toBeGreaterThanOrEqual(batch * steps);
    }
  });

  it('holds where the median goes from near 0 to near 1, and says where', () => {
    const { verdict, tables } = judge(emerging);
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers).toMatchObject({ smallestMedian: 0.01, largestMedian: 0.97 });
    expect(verdict.numbers.thresholdWidth).toBeGreaterThan(4);
    expect(verdict.numbers.thresholdWidth).toBeLessThan(8);
    expect(tables[0]!.rows[2]!.slice(0, 7)).toEqual([8, 1952, 5, 0.95, 0.1, 0.95, 3]);
  });

  it('does not hold where the ability rises evenly with size, however far', () => {
    const sizes = [200, 592, 1952, 6976, 15072].map(Math.log);
    const widths = [2, 4, 8, 16, 24];
    const even = (width: number): number =>
      (sizes[widths.indexOf(width)]! - sizes[0]!) / (sizes.at(-1)! - sizes[0]!);
    const { verdict } = judge(even);
    expect(verdict.outcome).toBe('does-not-hold');
    expect(verdict.numbers.riseShare).toBeCloseTo(0.8, 1);
  });

  it('says how many runs are in neither heap', () => {
    expect(judge(emerging).verdict.numbers.neitherShare).toBe(0);
    const mixed = judge((width, replica) => (width === 8 ? 0.3 + 0.1 * replica : emerging(width, replica)));
    expect(mixed.verdict.numbers.neitherShare).toBeCloseTo(5 / 25, 9);
    expect(mixed.verdict.sentence.en).toContain('20% ended between');
  });

  it.each([
    ['the smallest can do it too', 0.95],
    ['the largest cannot', 0.02],
  ] as const)('does not hold where %s', (_, exact) => {
    const { verdict } = judge(() => exact);
    expect(verdict.outcome).toBe('does-not-hold');
    expect(verdict.numbers.thresholdWidth).toBeUndefined();
  });

  it('has not enough evidence with fewer than five seeds that count', () => {
    const { verdict } = judge(emerging, { diverged: (key, replica) => key === 'd8' && replica === 0 });
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toContain('4 seeds');
  });

  it('has not enough evidence with a size missing', () => {
    expect(judge(emerging, { missing: (key) => key === 'd24' }).verdict.outcome).toBe('not-enough-evidence');
  });
});

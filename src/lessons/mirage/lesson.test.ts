import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { planted } from '../../../test/lessons/planted.ts';

/** Known share of the facts at a width: a smooth rise, or a jump at width 14. */
const smooth = (width: number): number => 0.99 / (1 + (12 / width) ** 1.7);
const jump = (width: number): number => 0.99 / (1 + (14 / width) ** 30);

const judge = (
  share: (width: number) => number,
  missing?: (key: string) => boolean,
  exam: (share: number) => number = (share) => share ** 10,
) =>
  lesson.judge(
    planted(
      lesson,
      (_N, _D, width) => ({
        exactLoss: 1,
        ranks101to300: share(width),
        exam10: exam(share(width)),
        accuracy: 0.7,
        exactMatch: 0.1,
        loss: 1,
      }),
      { ...(missing && { missing }) },
    ),
    'standard',
  );

describe('mirage', () => {
  it('holds where items rise smoothly', () => {
    const { verdict } = judge(smooth);
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers.itemShare).toBeGreaterThan(0.35);
    expect(verdict.numbers.itemFactor! / verdict.numbers.examFactor!).toBeGreaterThan(1.4);
  });

  it('does not hold where items jump themselves', () => {
    expect(judge(jump).verdict.outcome).toBe('does-not-hold');
  });

  it('does not hold where who knows one answer of a paper knows them all', () => {
    const { verdict } = judge(smooth, undefined, (share) => share);
    expect(verdict.outcome).not.toBe('holds');
    const nearly = judge(smooth, undefined, (share) => (share < 0.2 ? 0 : share)).verdict;
    expect(nearly.outcome).toBe('does-not-hold');
    expect(nearly.numbers.consistent).toBeLessThan(9);
  });

  it('says how far whole sums lag behind what their digits promise', () => {
    const { numbers } = judge(smooth).verdict;
    expect(numbers.sumsExpected).toBeCloseTo(0.343, 9);
    expect(numbers.sumsExact).toBe(0.1);
  });

  it.each([
    ['models that have learned little', (width: number) => 0.3 * smooth(width)],
    ['items that are known from the first size on', () => 0.9],
  ])('has not enough evidence with %s', (_, share) => {
    expect(judge(share).verdict.outcome).toBe('not-enough-evidence');
  });

  it('has not enough evidence while a size is missing, and says so', () => {
    const { verdict } = judge(smooth, (key) => key === 'w24');
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toContain('1 of 10 runs');
  });
});

import { describe, expect, it } from 'vitest';
import { lesson } from '../../src/lessons/mirage/lesson.ts';
import { planted } from './planted.ts';

/** Known share of the facts at a width: a smooth rise, or a jump at width 14. */
const smooth = (width: number): number => 0.99 / (1 + (12 / width) ** 1.7);
const jump = (width: number): number => 0.99 / (1 + (14 / width) ** 30);

const judge = (share: (width: number) => number, missing?: (key: string) => boolean) =>
  lesson.judge(
    planted(lesson, (_N, _D, width) => ({ exactLoss: 1, ranks101to300: share(width) }), {
      ...(missing && { missing }),
    }),
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

  it.each([
    ['models that have learned little', (width: number) => 0.3 * smooth(width)],
    ['items that are known from the first size on', () => 0.9],
  ])('has not enough evidence with %s', (_, share) => {
    expect(judge(share).verdict.outcome).toBe('not-enough-evidence');
  });

  it('has not enough evidence while a size is missing, and names it', () => {
    const { verdict } = judge(smooth, (key) => key === 'w24');
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toContain('w24');
  });
});

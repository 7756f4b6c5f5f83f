import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { factsExampleFlops, factsQueryFlops } from '../shared/facts.ts';
import { FLOOR, planted } from '../../../test/lessons/planted.ts';

const SMALL = 10368;

/** Loss that falls by 0.05 per ln D; at `examples` it is 0.7. */
const line = (D: number, examples: number): number => 0.7 - 0.05 * Math.log(D / examples);

const judge = (smallExamples: number, largeExamples: number, missing?: (key: string) => boolean) =>
  lesson.judge(
    planted(lesson, (N, D) => ({ exactLoss: line(D, N === SMALL ? smallExamples : largeExamples) }), {
      ...(missing && { missing }),
    }),
    'standard',
  );

describe('overtraining', () => {
  it('holds, with the planted ratio and break-even', () => {
    const [small, large] = [2000 * 512, 480 * 512];
    const { verdict } = judge(small, large);
    expect(verdict.outcome).toBe('holds');
    const { trainingRatio, servingRatio, breakEvenQueries } = verdict.numbers;
    const extra = factsExampleFlops(32) * small - factsExampleFlops(64) * large;
    expect(trainingRatio).toBeCloseTo((factsExampleFlops(32) * small) / (factsExampleFlops(64) * large), 6);
    expect(servingRatio).toBeCloseTo(factsQueryFlops(32) / factsQueryFlops(64), 6);
    expect(breakEvenQueries! / (extra / (factsQueryFlops(64) - factsQueryFlops(32)))).toBeCloseTo(1, 6);
  });

  it('does not hold where the small model needs no more compute', () => {
    // Both are at 0.7 in the middle of their runs, but the large one only by far more examples per step.
    const results = planted(lesson, (N, D) => ({ exactLoss: line(D, N === SMALL ? 1800 * 512 : 450 * 512) }));
    const runs = new Map(
      [...results.runs].map(([key, run]) => [
        key,
        { ...run, tokensPerStep: key.startsWith('w64') ? 4096 : 512 },
      ]),
    );
    const { verdict } = lesson.judge({ ...results, runs }, 'standard');
    expect(verdict.outcome).toBe('does-not-hold');
    expect(verdict.numbers.trainingRatio).toBeLessThan(1);
  });

  it('has not enough evidence where the two share no loss, or a run is missing', () => {
    const apart = lesson.judge(
      planted(lesson, (N, D) => ({ exactLoss: FLOOR + (N === SMALL ? 1 : 0.2) + 1 / D })),
      'standard',
    );
    expect(apart.verdict.outcome).toBe('not-enough-evidence');
    const missing = judge(2000 * 512, 480 * 512, (key) => key === 'w64-s400');
    expect(missing.verdict.outcome).toBe('not-enough-evidence');
  });

  it('shows the published price of small models', () => {
    const { tables } = judge(2000 * 512, 480 * 512);
    const overhead = tables.find(({ name }) => name === 'overhead')!;
    const besiroglu = overhead.rows.slice(1, 6).map((row) => Number((row[1] as number).toFixed(2)));
    expect(besiroglu).toEqual([1.03, 1.26, 1.58, 2.61, 4.47]);
  });
});

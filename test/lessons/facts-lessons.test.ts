/** What all lessons on FactsWorld's MLPs must keep: specs that parse, sizes by the formula, fresh examples, no exceptions. */
import { describe, expect, it } from 'vitest';
import { lesson as bill } from '../../src/lessons/the-bill/lesson.ts';
import { lesson as computeOptimal } from '../../src/lessons/compute-optimal/lesson.ts';
import { SIZES } from '../../src/lessons/lesson.ts';
import { lesson as lossDecides } from '../../src/lessons/loss-decides/lesson.ts';
import { lesson as mirage } from '../../src/lessons/mirage/lesson.ts';
import { lesson as overtraining } from '../../src/lessons/overtraining/lesson.ts';
import { lesson as scalingLaws } from '../../src/lessons/scaling-laws/lesson.ts';
import { flopsOf, parametersOf } from '../../src/training/spec/flops.ts';
import { planted, specsOf, widthOf } from './planted.ts';

const LESSONS = [scalingLaws, computeOptimal, mirage, lossDecides, overtraining, bill];

describe.each(LESSONS)('$name', (lesson) => {
  it.each(SIZES)('plans runs of the size %s', (size) => {
    const all = specsOf(lesson, size, 5);
    expect(all.size).toBe(lesson.plan(size, 5).length);
    const specs = new Map([...all].filter(([, { task }]) => task.name === 'factsworld'));
    for (const spec of specs.values()) {
      const width = widthOf(spec);
      expect(parametersOf(spec)).toBe(2 * width ** 2 + 258 * width + 64);
      expect(spec.task.pool).toBeGreaterThanOrEqual(spec.batch * spec.steps);
      expect([spec.seed, spec.dataSeed]).toEqual([5, 5]);
    }
    // One pool for all: it is generated and uploaded once; other data only where they are the question.
    const usual = [...specs]
      .filter(([key]) => key !== 'other-data')
      .map(([, { task }]) => JSON.stringify(task));
    expect(new Set(usual).size).toBe(1);
  });

  it('says that there is not enough evidence without runs, with one, and with runs that diverged', () => {
    const flat = () => ({
      exactLoss: 1,
      ranks101to300: 0.5,
      ranks301to1000: 0.5,
      ranks1001to3000: 0.5,
      exam10: 0.1,
    });
    const [first] = lesson.plan('standard', 1);
    for (const results of [
      { runs: new Map(), benchmarks: new Map() },
      planted(lesson, flat, { missing: (key) => key !== first!.key, diverged: () => true }),
      planted(lesson, flat, { diverged: () => true }),
      planted(lesson, () => ({ exactLoss: NaN })),
    ]) {
      const { verdict, tables, figures } = lesson.judge(results, 'standard');
      if (lesson !== bill) expect(verdict.outcome).toBe('not-enough-evidence');
      for (const text of [verdict.sentence, verdict.refutedBy]) {
        expect(text.en.length).toBeGreaterThan(10);
        expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
      }
      for (const { columns, rows } of tables) {
        for (const row of rows) expect(row).toHaveLength(columns.length);
      }
      for (const { x, y } of figures.flatMap(({ series }) => series)) expect(x).toHaveLength(y.length);
    }
  });
});

describe('compute', () => {
  const total = (lesson: (typeof LESSONS)[number], size: 'small' | 'standard'): number =>
    [...specsOf(lesson, size).values()].reduce((sum, spec) => sum + spec.replicas * flopsOf(spec), 0);

  it.each([
    [scalingLaws, 'small', 1.06e11],
    [scalingLaws, 'standard', 4.4e11],
    [computeOptimal, 'small', 3 * 5.2e10],
    [computeOptimal, 'standard', 3 * 3.0e11],
    [mirage, 'small', 4.4e10],
    [lossDecides, 'small', 1.6e10 + 5.2e10 + 9.5e9],
  ] as const)('of $name is what its recipe says', (lesson, size, flops) => {
    expect(total(lesson, size) / flops).toBeGreaterThan(0.9);
    expect(total(lesson, size) / flops).toBeLessThan(1.1);
  });
});

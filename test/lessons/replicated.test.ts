/** What lessons on kernels, learning, emergence, efficiency and specialists must keep: plans that parse, no exceptions. */
import { describe, expect, it } from 'vitest';
import { lesson as bySize } from '../../src/lessons/emergence-by-size/lesson.ts';
import { lesson as efficiency } from '../../src/lessons/efficiency-times-time/lesson.ts';
import { lesson as inTime } from '../../src/lessons/emergence-in-time/lesson.ts';
import { lesson as kernels } from '../../src/lessons/kernels/lesson.ts';
import { lesson as learning } from '../../src/lessons/learning/lesson.ts';
import { SIZES } from '../../src/lessons/lesson.ts';
import { lesson as specialists } from '../../src/lessons/specialists/lesson.ts';
import { replicated, runSpecs, type Scores } from './replicated.ts';

const LESSONS = [kernels, learning, bySize, inTime, efficiency, specialists];

/** The same for all: nothing was learned. */
const flat =
  (value: number): Scores =>
  () => {
    const metrics = { loss: value, exactLoss: value, accuracy: value, exactMatch: value };
    return Object.fromEntries(
      ['validation', 'train', 'clean', 'facts', 'domain', 'general'].map((set) => [set, metrics]),
    );
  };

describe.each(LESSONS)('$name', (lesson) => {
  it.each(SIZES)('plans runs of the size %s: keys of their own, seeds for weights and data alike', (size) => {
    const plan = lesson.plan(size, 5);
    expect(new Set(plan.map(({ key }) => key)).size).toBe(plan.length);
    for (const item of plan) {
      if (!('from' in item)) continue;
      expect(plan.findIndex(({ key }) => key === item.from)).toBeLessThan(plan.indexOf(item));
    }
    for (const spec of runSpecs(lesson, size, 5).values()) {
      expect([spec.seed, spec.dataSeed]).toEqual([5, 5]);
    }
  });

  it('says that there is not enough evidence without runs, with the first only, and with runs that diverged', () => {
    const [first] = lesson.plan('standard', 1);
    for (const results of [
      { runs: new Map(), benchmarks: new Map() },
      replicated(lesson, flat(0.5), { missing: (key) => key !== first!.key, diverged: () => true }),
      replicated(lesson, flat(0.5), { diverged: () => true }),
      replicated(lesson, flat(NaN), { loss: () => NaN }),
    ]) {
      const { verdict, tables, figures } = lesson.judge(results, 'standard');
      expect(verdict.outcome).toBe('not-enough-evidence');
      for (const value of Object.values(verdict.numbers)) expect(value).toSatisfy(Number.isFinite);
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

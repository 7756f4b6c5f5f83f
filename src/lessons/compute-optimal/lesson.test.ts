import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { factsExampleFlops } from '../shared/facts.ts';
import { type Curve, FLOOR, planted, type PlantedOptions, wobble } from '../../../test/lessons/planted.ts';

/** Valleys in ln N, whose lowest point lies at `N` for `C` FLOPs and grows as C^a; replica r has its own, by `scatter`. */
const valleys =
  (a: number, C: number, N: number, scatter = 0): Curve =>
  (n, d, width, r) => {
    const compute = factsExampleFlops(width) * d;
    const best = N * (compute / C) ** (a + scatter * (r - 1));
    return { exactLoss: FLOOR + 0.4 * (C / compute) ** 0.2 * (1 + 0.2 * Math.log(n / best) ** 2) };
  };

const judge = (curve: Curve, options: PlantedOptions = {}) =>
  lesson.judge(planted(lesson, curve, options), options.size ?? 'standard');

/** A few ten thousandths of the loss, differently for each model and replica. */
const noisy =
  (curve: Curve): Curve =>
  (n, d, width, r) => ({ exactLoss: curve(n, d, width, r).exactLoss! * (1 + 0.0005 * wobble(n + d + r)) });

describe('compute-optimal', () => {
  it.each([
    ['small', 2e9, 5000],
    ['standard', 1e10, 12000],
  ] as const)('finds a planted exponent of one half (%s)', (size, C, N) => {
    const { verdict } = judge(noisy(valleys(0.5, C, N)), { size });
    expect(verdict.outcome).toBe('holds');
    const { exponent, exponentLow, exponentHigh } = verdict.numbers;
    expect(exponentLow).toBeLessThan(0.5);
    expect(exponentHigh).toBeGreaterThan(0.5);
    expect(exponent).toBeCloseTo(0.5, 1);
    const budgets = { small: 3, standard: 3 };
    expect(verdict.numbers.optimum! / (N * Math.sqrt(budgets[size]))).toBeCloseTo(1, 0);
  });

  it.each([0.3, 0.42, 0.58, 0.7])('does not hold where the exponent is %d', (a) => {
    const { verdict } = judge(noisy(valleys(a, 1e10, 12000)));
    expect(verdict.outcome).toBe('does-not-hold');
    expect(verdict.numbers.exponent).toBeCloseTo(a, 1);
  });

  it('has an interval as wide as the seeds scatter, and no verdict where that tells nothing', () => {
    const widthAt = (scatter: number): number => {
      const { exponentLow, exponentHigh } = judge(valleys(0.5, 1e10, 12000, scatter)).verdict.numbers;
      return exponentHigh! - exponentLow!;
    };
    // Student's t for three, twice, over √3
    expect(widthAt(0.02)).toBeCloseTo((2 * 2.92 * 0.02) / Math.sqrt(3), 2);
    expect(judge(valleys(0.5, 1e10, 12000, 0.1)).verdict.outcome).toBe('not-enough-evidence');
  });

  it('counts size with and without tables, and compute as done and by the rule, from the same runs', () => {
    const { tables, verdict } = judge(noisy(valleys(0.5, 1e10, 12000)));
    const [all, without, rule] = tables
      .find(({ name }) => name === 'counting')!
      .rows.map(([, a]) => a as number);
    expect(all).toBeCloseTo(verdict.numbers.exponent!, 6);
    // Tables are a larger share of small models: without them size grows faster.
    expect(without! - all!).toBeGreaterThan(0.03);
    expect(verdict.numbers.exponentWithoutTables).toBe(without);
    expect(rule).not.toBeCloseTo(all!, 3);
  });

  it('has not enough evidence with a minimum at the edge', () => {
    const { verdict } = judge((N) => ({ exactLoss: FLOOR + 6 * N ** -0.5 }));
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toContain('largest');
  });

  it('has not enough evidence while a run is missing', () => {
    const { verdict, figures } = judge(valleys(0.5, 1e10, 12000), {
      missing: (key) => key === 'c3e10-w128',
    });
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toMatch(/^1 of \d+ runs are not finished yet\.$/);
    expect(figures[0]!.series.length).toBeGreaterThan(0);
  });

  it('shows what published laws advise for the budget of Chinchilla', () => {
    const { tables } = judge(valleys(0.5, 1e10, 12000));
    const { columns, rows } = tables.find(({ name }) => name === 'published')!;
    const column = (key: string): number => columns.findIndex((column) => column.key === key);
    const [besiroglu] = rows.filter((row) => String(row[0]).startsWith('Besiroglu'));
    expect((besiroglu![column('N')] as number) / 1e9).toBeCloseTo(72.2, 0);
    expect(besiroglu![column('ratio')]).toBeCloseTo(18.4, 1);
  });
});

import { describe, expect, it } from 'vitest';
import { lesson } from '../../src/lessons/compute-optimal/lesson.ts';
import { FLOOR, planted, type PlantedOptions, wobble } from './planted.ts';

/** a = β / (α + β) for E + A/N^α + B/D^β, its optimum at N for C = 6 N D. */
const law = (alpha: number, beta: number, C: number, N: number): ((N: number, D: number) => number) => {
  const A = 6;
  const D = C / (6 * N);
  const B = (alpha * A * N ** -alpha) / (beta * D ** -beta);
  return (n, d) => FLOOR + A * n ** -alpha + B * d ** -beta;
};

const judge = (curve: (N: number, D: number) => number, options: PlantedOptions = {}) =>
  lesson.judge(
    planted(lesson, (N, D) => ({ exactLoss: curve(N, D) }), options),
    options.size ?? 'standard',
  );

describe('compute-optimal', () => {
  it.each([
    ['small', 2e9, 5000],
    ['standard', 1e10, 12000],
  ] as const)('finds a planted exponent near one half (%s)', (size, C, N) => {
    const planted = law(0.5, 0.5, C, N);
    const { verdict } = judge((n, d) => planted(n, d) * (1 + 0.0005 * wobble(n + d)), { size });
    expect(verdict.outcome).toBe('holds');
    const { exponent, exponentLow, exponentHigh } = verdict.numbers;
    expect(exponent).toBeGreaterThan(0.45);
    expect(exponent).toBeLessThan(0.55);
    expect(exponentLow).toBeLessThan(exponent!);
    expect(exponentHigh).toBeGreaterThan(exponent!);
    expect(verdict.numbers.optimum! / (N * Math.sqrt(3))).toBeCloseTo(1, 0);
  });

  it('does not hold where size should take most of the budget', () => {
    const { verdict } = judge(law(0.3, 0.75, 1e10, 12000));
    expect(verdict.outcome).toBe('does-not-hold');
    expect(verdict.numbers.exponent).toBeGreaterThan(0.65);
  });

  it('has not enough evidence with a minimum at the edge', () => {
    const { verdict } = judge((N) => FLOOR + 6 * N ** -0.5);
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toContain('largest');
  });

  it('has not enough evidence while a run is missing', () => {
    const { verdict, figures } = judge(law(0.5, 0.5, 1e10, 12000), {
      missing: (key) => key === 'c3e10-w128',
    });
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.sentence.en).toContain('c3e10-w128');
    expect(figures[0]!.series.length).toBeGreaterThan(0);
  });

  it('shows what published laws advise for the budget of Chinchilla', () => {
    const { tables } = judge(law(0.5, 0.5, 1e10, 12000));
    const { columns, rows } = tables.find(({ name }) => name === 'published')!;
    const column = (key: string): number => columns.findIndex((column) => column.key === key);
    const [besiroglu] = rows.filter((row) => String(row[0]).startsWith('Besiroglu'));
    expect((besiroglu![column('N')] as number) / 1e9).toBeCloseTo(72.2, 0);
    expect(besiroglu![column('ratio')]).toBeCloseTo(18.4, 1);
  });
});

import { describe, expect, it } from 'vitest';
import { computeOptimum, fitTable, type Law, parametricLoss, parseTable } from '../../src/scaling/index.ts';
import { BESIROGLU, FACTS, plantPower, plantRuns } from './planted.ts';

const fit = (text: string, law: Law, columns?: Parameters<typeof parseTable>[1]) =>
  fitTable(parseTable(text, columns), law);

const runs = plantRuns(BESIROGLU, 0.001, 3);
const runsCsv = ['N,D,loss', ...runs.map(({ N, D, loss }) => `${N},${D},${loss}`)].join('\n');

describe('fitting a table of runs', () => {
  it('fits the parametric law, from N and D, N and C, or D and C', () => {
    const byC = ['params,flops,loss', ...runs.map(({ N, D, loss }) => `${N},${6 * N * D},${loss}`)].join(
      '\n',
    );
    const noN = ['tokens,flops,loss', ...runs.map(({ N, D, loss }) => `${D},${6 * N * D},${loss}`)].join(
      '\n',
    );
    for (const text of [runsCsv, byC, noN]) {
      const result = fit(text, 'parametric');
      expect(Object.keys(result).sort()).toEqual(['law', 'parameters', 'points', 'residuals']);
      expect(Object.keys(result.parameters)).toEqual(['E', 'A', 'B', 'alpha', 'beta']);
      expect(result.points).toHaveLength(60);
      expect(result.residuals).toHaveLength(60);
      for (const key of ['alpha', 'beta'] as const) {
        const { estimate, low, high } = result.parameters[key]!;
        expect(Math.abs(estimate - BESIROGLU[key])).toBeLessThan(0.002);
        expect(low).toBeLessThanOrEqual(estimate);
        expect(high).toBeGreaterThanOrEqual(estimate);
      }
    }
  });

  it('says that a C is not used, where it is not 6ND', () => {
    const table = (law: Law, factor: (i: number) => number, header = 'N,D,C,loss') =>
      fit(
        [header, ...runs.map(({ N, D, loss }, i) => `${N},${D},${6 * N * D * factor(i)},${loss}`)].join('\n'),
        law,
      ).notes ?? [];
    // Rounded, or counted alike: nothing to say.
    expect(table('parametric', () => 1)).toEqual([]);
    expect(table('parametric', (i) => 1 + 0.015 * (-1) ** i)).toEqual([]);
    const [note, ...others] = table('parametric', (i) => (i === 7 ? 0.5 : i % 2 ? 0.8 : 1));
    expect(others).toEqual([]);
    expect(note).toMatch(
      /of N and D; column C is not used. In 30 of 60 rows .* within 2%: 0.500 times that in line 9/,
    );
    expect(table('isoflop', () => 1.3).join()).toMatch(/of N and C; column D is not used. In 60 of 60 rows/);
    // Without an own D or C there is nothing that could be another one.
    expect(table('parametric', () => 1.3, 'N,D,wall time,loss')).toEqual([]);
  });

  it('fits the power law in the one size that varies', () => {
    const points = plantPower(FACTS, { noise: 0.002 });
    const byN = ['N,loss', ...points.map(({ x, y }) => `${x},${y}`)].join('\n');
    const withD = ['N,D,C,loss', ...points.map(({ x, y }) => `${x},5e5,${6 * x * 5e5},${y}`)].join('\n');
    const withC = ['N,C,loss', ...points.map(({ x, y }) => `${x},${6 * x * 5e5},${y}`)].join('\n');
    const results = [byN, withD, withC].map((text) => fit(text, 'power'));
    for (const result of results) {
      expect(Object.keys(result.parameters)).toEqual(['E', 'A', 'alpha']);
      expect(result.parameters).toEqual(results[0]!.parameters);
    }
    expect(Math.abs(results[0]!.parameters.alpha!.estimate - 0.45)).toBeLessThan(0.05);
  });

  it('refuses a power law where N and D both vary, unless one column is named', () => {
    expect(fit(runsCsv, 'power').refusal?.refused).toBe('no-range');
    const oneD = runs.filter((run) => run.D === 1e8);
    const text = ['N,D,loss', ...oneD.map(({ N, D, loss }) => `${N},${D},${loss}`)].join('\n');
    expect(fit(text, 'power', { N: 'N', loss: 'loss' }).refusal).toBeUndefined();
  });

  it('fits IsoFLOP profiles', () => {
    const rows = [1e19, 3e19, 1e20].flatMap((C) =>
      [-1.2, -0.7, -0.2, 0.3, 0.8, 1.3].map((shift) => {
        const N = Math.round(computeOptimum(BESIROGLU, C).N * Math.exp(shift));
        return `${N},${C},${parametricLoss(BESIROGLU, N, C / (6 * N))}`;
      }),
    );
    const result = fit(['N,C,loss', ...rows].join('\n'), 'isoflop');
    expect(result.parameters.a!.estimate).toBeCloseTo(0.513, 2);
    expect(Object.keys(result.parameters)).toEqual([
      'a',
      'b',
      'k',
      'N_opt(1e19)',
      'N_opt(3e19)',
      'N_opt(1e20)',
    ]);
    expect(result.residuals).toHaveLength(18);
    expect(result.residuals.filter((residual) => residual === null)).toHaveLength(3);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it.each<[string, string, Law, string]>([
    ['an unreadable table', 'N,loss\n1e6,x', 'power', 'bad-table'],
    ['too few rows', 'N,loss\n1e6,3\n2e6,2.5', 'power', 'too-few-points'],
    ['no size', 'loss\n3\n2', 'power', 'missing-column'],
    ['no D', 'N,loss\n1e6,3\n2e6,2.5', 'parametric', 'missing-column'],
    ['no C', 'N,loss\n1e6,3\n2e6,2.5', 'isoflop', 'missing-column'],
    [
      'one budget',
      'N,C,loss\n1e6,1e19,3\n2e6,1e19,2.5\n4e6,1e19,2.6\n8e6,1e19,3',
      'isoflop',
      'too-few-points',
    ],
  ])('refuses %s and then gives no parameter', (_, text, law, reason) => {
    const result = fit(text, law);
    expect(result.refusal?.refused).toBe(reason);
    expect(result.refusal?.sentence).toMatch(/\.$/);
    expect(result.parameters).toEqual({});
    expect(result.residuals).toEqual([]);
    expect(result.law).toBe(law);
  });
});

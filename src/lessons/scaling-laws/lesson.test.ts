import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { FLOOR, planted, type PlantedOptions, wobble } from '../../../test/lessons/planted.ts';

/** A law in N and D that leaves .48 to an endless model after 1,000 steps, like the real runs. */
const law = (N: number, D: number): number => FLOOR + 20 * N ** -0.47 + 57 * D ** -0.5;
const noisy = (N: number, D: number): Record<string, number> => ({
  exactLoss: law(N, D) * (1 + 0.001 * wobble(N + D / 7)),
});

/** Examples of the runs from which the eighth model is predicted. */
const USUAL = 512_000;

const judge = (curve: (N: number, D: number) => Record<string, number>, options: PlantedOptions = {}) =>
  lesson.judge(planted(lesson, curve, options), options.size ?? 'standard');

describe('scaling-laws', () => {
  it.each(['small', 'standard'] as const)('holds where a power law was planted (%s)', (size) => {
    const { verdict, fits } = judge(noisy, { size });
    expect(verdict.outcome).toBe('holds');
    const { predicted, low, high, measured, alpha } = verdict.numbers;
    expect(predicted).toBeCloseTo(law(65856, size === 'small' ? 128_000 : USUAL), 1);
    expect(low).toBeLessThan(measured!);
    expect(high).toBeGreaterThan(measured!);
    expect(high! - low!).toBeGreaterThanOrEqual(0.016);
    expect(alpha).toBeCloseTo(0.47, 1);
    expect(verdict.sentence.en).toContain(measured!.toFixed(3));
    // Draws stay out of what is stored.
    expect(JSON.stringify(fits).length).toBeLessThan(2000);
    for (const name of ['data', 'compute']) {
      const [low, reached, high] = ['Low', 'Measured', 'High'].map(
        (end) => verdict.numbers[`${name}${end}`]!,
      );
      expect(reached).toBeGreaterThan(low!);
      expect(reached).toBeLessThan(high!);
      for (const words of Object.values(verdict.sentence)) expect(words).toContain(reached!.toFixed(3));
    }
  });

  it.each(['small', 'standard'] as const)('does not hold where more data stop helping (%s)', (size) => {
    const longest = size === 'small' ? 500 : 2000;
    const stopped = (N: number, D: number): Record<string, number> =>
      D >= 512 * longest ? noisy(N, D / 2) : noisy(N, D);
    const { outcome, sentence } = judge(stopped, { size }).verdict;
    expect(outcome).toBe('does-not-hold');
    expect(sentence.en).toContain('as any before: predicted');
  });

  it('does not hold where the law breaks before the held-out model', () => {
    const broken = (N: number, D: number): Record<string, number> =>
      N > 60000 ? { exactLoss: law(N, D) + 0.05 } : noisy(N, D);
    expect(judge(broken).verdict.outcome).toBe('does-not-hold');
  });

  it('does not hold where a law without a floor predicts better', () => {
    const pure = (N: number, D: number): Record<string, number> => ({
      exactLoss: 6 * N ** -0.2 + 57 * D ** -0.5 - 57 * USUAL ** -0.5,
    });
    const { verdict } = lesson.judge(planted(lesson, pure, {}), 'standard');
    expect(verdict.outcome).not.toBe('holds');
  });

  it('predicts before the largest model is trained', () => {
    const { verdict, figures } = judge(noisy, { missing: (key) => key.startsWith('w128') });
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.numbers.measured).toBeUndefined();
    expect(verdict.numbers.predicted).toBeCloseTo(law(65856, USUAL), 1);
    const band = figures[0]!.series.find(({ role }) => role === 'fit');
    expect(band?.low).toHaveLength(band!.x.length);
    expect(band!.x.at(-1)).toBeGreaterThan(65856);
  });

  it.each([
    ['fewer than six sizes', noisy, (key: string) => /^w(8|12)-/.test(key)],
    ['the longer run missing', noisy, (key: string) => key === 'w32-s2000'],
    ['a shorter run missing', noisy, (key: string) => key === 'w24-s250'],
    ['losses that do not fall', () => ({ exactLoss: 1 }), () => false],
    [
      'noise that makes the band wide',
      (N: number, D: number) => ({ exactLoss: law(N, D) * (1 + 0.03 * wobble(N)) }),
      () => false,
    ],
  ] as const)('has not enough evidence with %s', (_, curve, missing) => {
    expect(judge(curve, { missing }).verdict.outcome).toBe('not-enough-evidence');
  });

  describe('at the large size', () => {
    const joint = (N: number, D: number): Record<string, number> => ({
      exactLoss: FLOOR + 15 * N ** -0.5 + 120 * D ** -0.5,
    });
    const { fits, tables, verdict } = judge(joint, { size: 'large' });

    it('fits the joint law and the frontier on the whole grid', () => {
      expect(fits.joint).toMatchObject({ law: 'parametric' });
      const { alpha, beta } = fits.joint as { alpha: { estimate: number }; beta: { estimate: number } };
      expect(alpha.estimate).toBeCloseTo(0.5, 2);
      expect(beta.estimate).toBeCloseTo(0.5, 2);
      expect(tables.find(({ name }) => name === 'joint')?.rows.length).toBeGreaterThan(0);
    });

    it('reports their estimates beside the verdict', () => {
      const { jointFloor, jointAlpha, jointBeta, dataPredicted, dataMeasured, frontierAlpha } =
        verdict.numbers;
      expect(jointFloor).toBeCloseTo(FLOOR, 2);
      expect([jointAlpha, jointBeta].map((slope) => slope!.toFixed(2))).toEqual(['0.50', '0.50']);
      expect(dataPredicted).toBeCloseTo(dataMeasured!, 2);
      expect(frontierAlpha).toBeGreaterThan(0.2);
    });

    it('gives a slope for every D and for every N', () => {
      const { rows } = tables.find(({ name }) => name === 'slopes')!;
      expect(rows.map(([over]) => over).join('')).toBe('NNNNNDDDDDDD');
      for (const row of rows) expect(row[2]).toBeCloseTo(0.5, 1);
    });

    it('is cautious while most of the grid is missing', () => {
      const few = judge(joint, { size: 'large', missing: (key) => key !== 'w8-s1000' });
      expect(few.verdict.outcome).toBe('not-enough-evidence');
      expect(few.fits.joint).toHaveProperty('refused');
    });
  });
});

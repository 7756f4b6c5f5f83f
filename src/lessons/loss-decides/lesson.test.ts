import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { FLOOR, planted, type PlantedOptions } from '../../../test/lessons/planted.ts';

const STEPS = [10, 25, 50, 100, 200, 400, 700, 1000, 1500];
const lossAt = (N: number, D: number): number => FLOOR + 25 * N ** -0.5 + 200 * D ** -0.5;

const BANDS = ['ranks101to300', 'ranks301to1000', 'ranks1001to3000'];

/** Every band rises as some number falls through its middle. */
const judge = (of: (N: number, D: number) => number, options: PlantedOptions = {}) =>
  lesson.judge(
    planted(
      lesson,
      (N, D) => ({
        exactLoss: lossAt(N, D),
        ...Object.fromEntries(
          BANDS.map((band, i) => [band, 1 / (1 + Math.exp(6 * (of(N, D) - 1.2 + 0.1 * i)))]),
        ),
      }),
      { steps: STEPS, ...options },
    ),
    options.size ?? 'standard',
  );

describe('loss-decides', () => {
  it('holds where the ability is a function of the loss', () => {
    const { verdict } = judge(lossAt);
    expect(verdict.outcome).toBe('holds');
    const { r2Loss, r2Size, leaveOneOut, thresholdLoss } = verdict.numbers;
    expect(r2Loss).toBeGreaterThan(0.999);
    expect(r2Size).toBeLessThan(0.5);
    expect(leaveOneOut).toBeLessThan(0.08);
    // 10% where 6 (loss − 1.2) = ln 9
    expect(thresholdLoss).toBeCloseTo(1.2 + Math.log(9) / 6, 1);
  });

  it('says the least that the loss explains of any band, and the most that its rivals do', () => {
    const { verdict, tables } = judge(lossAt);
    const scores = tables.find(({ name }) => name === 'scores')!.rows;
    const column = (index: number): number[] => scores.map((row) => row[index] as number);
    const [loss, compute] = [Math.min(...column(1)), Math.max(...column(3))];
    expect(verdict.sentence.en).toContain(`the loss explains at least ${loss.toFixed(3)} of`);
    expect(verdict.sentence.en).toContain(`compute at most ${compute.toFixed(3)};`);
    expect(verdict.sentence.zh).toContain(`损失至少解释了能力方差的 ${loss.toFixed(3)}`);
    expect(verdict.sentence.zh).toContain(`计算量最多解释 ${compute.toFixed(3)}`);
  });

  it('does not hold where the ability is a function of the size', () => {
    const { verdict } = judge((N) => 40 * N ** -0.4);
    expect(verdict.outcome).toBe('does-not-hold');
    expect(verdict.numbers.r2Size).toBeGreaterThan(0.9);
  });

  it('says what other data do at equal loss', () => {
    const plain = judge(lossAt).verdict;
    expect(plain.numbers.otherDataGap).toBeCloseTo(0, 1);
    const results = planted(
      lesson,
      (N, D) => ({
        exactLoss: lossAt(N, D),
        ...Object.fromEntries(BANDS.map((band) => [band, 1 / (1 + Math.exp(6 * (lossAt(N, D) - 1.2)))])),
      }),
      { steps: STEPS },
    );
    const other = results.runs.get('other-data')!;
    const better = other.evaluations.map(({ step, sets }) => ({
      step,
      sets: {
        facts: sets.facts!.map((record) => ({ ...record, ranks1001to3000: record.ranks1001to3000! + 0.2 })),
      },
    }));
    const runs = new Map(results.runs).set('other-data', { ...other, evaluations: better });
    const { verdict } = lesson.judge({ ...results, runs }, 'standard');
    expect(verdict.numbers.otherDataGap).toBeCloseTo(0.2, 9);
    expect(verdict.sentence.en).toContain('up to +0.20');
    runs.delete('other-data');
    expect(lesson.judge({ ...results, runs }, 'standard').verdict.outcome).toBe('not-enough-evidence');
  });

  it('has not enough evidence with an ability that never varies, or a run that is missing', () => {
    expect(judge(() => 100).verdict.outcome).toBe('not-enough-evidence');
    expect(judge(lossAt, { missing: (key) => key === 'w64' }).verdict.outcome).toBe('not-enough-evidence');
  });

  describe('at equal compute', () => {
    it('holds where the loss explains finished models too, and compute does not', () => {
      const { verdict, tables, figures } = judge(lossAt);
      expect(verdict.outcome).toBe('holds');
      const { fairLoss, fairSize, fairCompute } = verdict.numbers;
      expect(fairLoss).toBeGreaterThan(0.999);
      expect(Math.max(fairSize!, fairCompute!)).toBeLessThan(0.95);
      expect(verdict.sentence.en).toContain(`compute at most ${fairCompute!.toFixed(3)}, the size at most`);
      expect(verdict.sentence.zh).toContain(`计算量最多 ${fairCompute!.toFixed(3)}，规模最多`);
      expect(tables.find(({ name }) => name === 'fair')!.rows.map(([band]) => band)).toEqual([
        '101–300',
        '301–1000',
        '1001–3000',
      ]);
      const points = figures.find(({ name }) => name === 'fair')!.series.map(({ x }) => x.length);
      expect(points).toEqual([6, 7, 7]);
    });

    it.each(['small', 'standard'] as const)('does not hold where compute decides (%s)', (size) => {
      const { verdict } = judge((N, D) => 2.2 - 0.1 * Math.log(N * D), { size });
      expect(verdict.outcome).toBe('does-not-hold');
      expect(verdict.numbers.fairCompute).toBeGreaterThan(0.9);
    });

    it('does not hold where checkpoints follow the loss and finished models do not', () => {
      const finished = (N: number, D: number): number => (D > 1.1e6 ? 40 * N ** -0.4 : lossAt(N, D));
      expect(judge(finished).verdict.outcome).toBe('does-not-hold');
    });

    it.each([
      ['one of its runs is missing', (key: string) => key === 'c1e10-w32'],
      ['a size is missing', (key: string) => key === 'w64'],
    ])('has not enough evidence while %s', (_, missing) => {
      expect(judge(lossAt, { missing }).verdict.outcome).toBe('not-enough-evidence');
    });
  });
});

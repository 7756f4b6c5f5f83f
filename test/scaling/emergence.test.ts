import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  collapseScore,
  firstCrossing,
  grokkingDelay,
  isotonicAt,
  isotonicFit,
  isotonicR2,
  isRefusal,
  logSpace,
  mirageScore,
  SeededRandom,
  sharpness,
  successBySize,
  threshold,
  thresholdInLoss,
  transferFactor,
  valueAt,
  wilson,
} from '../../src/scaling/index.ts';
import { accepted } from './planted.ts';

describe('curves', () => {
  const curve = [
    { x: 100, y: 1 },
    { x: 1, y: 0 },
    { x: 10, y: 0.5 },
  ];

  it('are read between points in ln x, in any order', () => {
    expect(valueAt(curve, Math.sqrt(10))).toBeCloseTo(0.25, 12);
    expect(valueAt(curve, 10)).toBe(0.5);
    expect(valueAt(curve, 5.5, 'linear')).toBeCloseTo(0.25, 12);
    expect(valueAt(curve, 0.5)).toBeUndefined();
    expect(valueAt(curve, 200)).toBeUndefined();
  });

  it('cross a level once from below or above', () => {
    expect(firstCrossing(curve, 0.75, 'rising')).toBeCloseTo(10 ** 1.5, 9);
    expect(firstCrossing(curve, 2, 'rising')).toBeUndefined();
    expect(firstCrossing(curve, 0, 'rising')).toBeUndefined();
    expect(
      firstCrossing(
        curve.map(({ x, y }) => ({ x, y: -y })),
        -0.75,
        'falling',
      ),
    ).toBeCloseTo(10 ** 1.5, 9);
  });
});

describe('threshold and sharpness', () => {
  /** A logistic in log₁₀ x with its middle at 100: from 10% to 90% in x by 81^(1/slope). */
  const logistic = (slope: number) =>
    logSpace(1, 1e4, 401).map((x) => ({ x, y: 1 / (1 + (100 / x) ** slope) }));

  it.each([1, 2, 4])('finds the middle and the 10–90%% factor of a logistic of slope %i', (slope) => {
    expect(accepted(threshold(logistic(slope), 0.5))).toBeCloseTo(100, 1);
    const { factor, final } = accepted(sharpness(logistic(slope)));
    // The curve's last value is a little below 1, and its shares with it.
    const at = (share: number): number => 100 * (1 / (share * final) - 1) ** (-1 / slope);
    expect(factor).toBeCloseTo(at(0.9) / at(0.1), 1);
  });

  it('subtracts a baseline', () => {
    const lifted = logistic(2).map(({ x, y }) => ({ x, y: 0.25 + 0.75 * y }));
    expect(accepted(sharpness(lifted, { baseline: 0.25 })).factor).toBeCloseTo(
      accepted(sharpness(logistic(2))).factor,
      6,
    );
  });

  it('finds a threshold in loss', () => {
    const points = [
      { loss: 2, ability: 0 },
      { loss: 1, ability: 0.05 },
      { loss: 0.5, ability: 0.25 },
    ];
    expect(accepted(thresholdInLoss(points, 0.1))).toBeCloseTo(0.875, 12);
  });

  it('refuses a threshold outside the points', () => {
    expect(isRefusal(threshold(logistic(2), 0.99999))).toBe(true);
    expect(isRefusal(threshold(logistic(2).slice(300), 0.5))).toBe(true);
    expect(isRefusal(threshold([], 0.5))).toBe(true);
    expect(isRefusal(sharpness(logistic(2).slice(250)))).toBe(true);
    expect(isRefusal(sharpness(logistic(2).map(({ x }) => ({ x, y: 0 }))))).toBe(true);
  });
});

describe('success over seeds', () => {
  it('gives Wilson’s interval', () => {
    // Brown, Cai and DasGupta 2001: 9 of 10 at 95%.
    const interval = wilson(9, 10, 0.95);
    expect(interval.low).toBeCloseTo(0.5958, 4);
    expect(interval.high).toBeCloseTo(0.9821, 4);
    expect(wilson(0, 10).low).toBe(0);
    expect(wilson(0, 10).high).toBeGreaterThan(0.2);
    expect(wilson(10, 10).high).toBe(1);
    expect(() => wilson(1, 0)).toThrow(RangeError);
  });

  it('counts seeds by size', () => {
    const rows = successBySize(
      [
        { x: 24, ability: 1 },
        { x: 4, ability: 0.05 },
        { x: 4, ability: 0.998 },
        { x: 4, ability: 0.1 },
        { x: 24, ability: 0.95 },
      ],
      0.9,
    );
    expect(rows.map(({ x, successes, trials, median }) => [x, successes, trials, median])).toEqual([
      [4, 1, 3, 0.1],
      [24, 2, 2, 0.975],
    ]);
  });
});

describe('isotonic regression', () => {
  it('pools violators', () => {
    expect(isotonicFit([1, 2, 3, 4], [1, 3, 2, 4]).y).toEqual([1, 2.5, 2.5, 4]);
    expect(isotonicFit([4, 3, 2, 1], [1, 3, 2, 4], 'decreasing').y).toEqual([4, 2.5, 2.5, 1]);
    expect(isotonicFit([1, 2, 3], [3, 2, 1]).y).toEqual([2, 2, 2]);
  });

  it('averages ties and reads between points', () => {
    const fit = isotonicFit([1, 1, 2], [0, 2, 3]);
    expect(fit).toEqual({ x: [1, 2], y: [1, 3] });
    expect(isotonicAt(fit, 1.5)).toBe(2);
    expect(isotonicAt(fit, 0)).toBe(1);
    expect(isotonicAt(fit, 9)).toBe(3);
  });

  it('explains any monotone curve fully, and noise hardly', () => {
    const x = Array.from({ length: 200 }, (_, i) => i);
    expect(isotonicR2(x, x.map(Math.sqrt))).toBe(1);
    expect(isotonicR2(x, x.map(Math.sqrt), 'decreasing')).toBeCloseTo(0, 12);
    const random = new SeededRandom(5);
    expect(
      isotonicR2(
        x,
        x.map(() => random.normal()),
      ),
    ).toBeLessThan(0.15);
    expect(isotonicR2([1, 2], [1, 1])).toBeNaN();
  });
});

describe('collapse', () => {
  /** Loss falls with steps, faster for larger N; the ability depends on one of the two alone. */
  const plant = (ability: (loss: number, N: number) => number): Checkpoint[] =>
    [1000, 3000, 10_000, 30_000].flatMap((N) =>
      logSpace(25, 2000, 12).map((step) => {
        const loss = 0.4 + 3 * (step / 25) ** -0.3 * (N / 1000) ** -0.15;
        return { N, step, loss, ability: ability(loss, N) };
      }),
    );

  it('goes to the loss where the loss decides', () => {
    const score = accepted(collapseScore(plant((loss) => 1 / (1 + (loss / 1.2) ** 8))));
    expect(score.byLoss).toBe(1);
    expect(score.bySize).toBeLessThan(0.5);
    expect(score.leaveOneSizeOut).toBeLessThan(0.03);
    expect(score.spreadAtEqualLoss).toBeLessThan(0.05);
    expect(score.spreadAtEqualStep).toBeGreaterThan(0.3);
  });

  it('goes to the size where the size decides', () => {
    const score = accepted(collapseScore(plant((_, N) => Math.log10(N) / 5)));
    expect(score.bySize).toBe(1);
    expect(score.byLoss).toBeLessThan(0.7);
    expect(score.spreadAtEqualLoss).toBeGreaterThan(0.1);
    expect(score.leaveOneSizeOut).toBeGreaterThan(0.08);
  });

  it('is refused without variation, overlap or enough sizes', () => {
    const some = plant((loss) => 1 / (1 + loss));
    const reason = (points: Checkpoint[]): string | undefined => {
      const score = collapseScore(points);
      return isRefusal(score) ? score.refused : undefined;
    };
    expect(reason(some.filter((point) => point.N < 5000))).toBe('too-few-points');
    expect(reason(plant(() => 0.5))).toBe('no-trend');
    expect(reason(some.map((point) => ({ ...point, loss: point.loss + 100 * Math.log(point.N) })))).toBe(
      'no-overlap',
    );
  });
});

describe('mirage', () => {
  const widths = logSpace(1000, 1e5, 40);
  const accuracy = (N: number): number => 1 / (1 + (8000 / N) ** 1.2);

  it('separates smooth items from a sharp exam', () => {
    const score = mirageScore(
      widths.map((N) => ({ N, accuracy: accuracy(N), items: 1000 })),
      10,
    );
    const [item, exam] = [accepted(score.item), accepted(score.exam)];
    expect(item.factor / exam.factor).toBeGreaterThan(2);
    expect(score.itemShareBeforeExam).toBeGreaterThan(0.35);
    expect(score.consistent).toEqual({ rows: 0, of: 0 });
  });

  it('agrees with independent items within sampling error, and not with dependent ones', () => {
    const random = new SeededRandom(12);
    const [m, exams] = [5, 2000];
    const independent = widths.map((N) => {
      const p = accuracy(N);
      let [right, all] = [0, 0];
      for (let exam = 0; exam < exams; exam++) {
        let passed = 0;
        for (let item = 0; item < m; item++) if (random.uniform() < p) passed++;
        right += passed;
        if (passed === m) all++;
      }
      return { N, accuracy: right / (m * exams), items: m * exams, exact: all / exams, exams };
    });
    const agreed = mirageScore(independent, m).consistent;
    expect(agreed.of).toBe(40);
    expect(agreed.rows).toBeGreaterThanOrEqual(36);

    const dependent = independent.map((row) => ({ ...row, exact: row.accuracy }));
    expect(mirageScore(dependent, m).consistent.rows).toBeLessThan(10);
  });
});

describe('transfer factor', () => {
  const baseline = logSpace(10, 1000, 30).map((x) => ({ x, y: 0.4 + 2 * x ** -0.4 }));

  it.each([0.16, 0.5, 1, 1.6, 3])('finds a curve that runs %f times as fast', (k) => {
    const variant = baseline.map(({ x }) => ({ x, y: 0.4 + 2 * (k * x) ** -0.4 }));
    const { factor, profile } = accepted(transferFactor(variant, baseline));
    expect(factor / k).toBeCloseTo(1, 2);
    for (const point of profile) expect(point.factor / k).toBeCloseTo(1, 1);
  });

  it('works on accuracies', () => {
    const flip = (curve: typeof baseline) => curve.map(({ x, y }) => ({ x, y: 3 - y }));
    const variant = baseline.map(({ x }) => ({ x, y: 0.4 + 2 * (2 * x) ** -0.4 }));
    expect(accepted(transferFactor(flip(variant), flip(baseline), 'higher')).factor).toBeCloseTo(2, 1);
  });

  it('is refused where the curves share no level', () => {
    const worse = baseline.map(({ x, y }) => ({ x, y: y + 5 }));
    expect(isRefusal(transferFactor(worse, baseline))).toBe(true);
    expect(isRefusal(transferFactor([], baseline))).toBe(true);
  });
});

describe('grokking', () => {
  const curve = [10, 50, 90, 200, 550, 650].map((step) => ({
    step,
    train: step >= 90 ? 1 : 0.5,
    validation: step >= 600 ? 0.97 : 0.1,
  }));

  it('measures the delay from training to validation', () => {
    expect(grokkingDelay(curve)).toEqual({
      trainStep: 90,
      validationStep: 650,
      ratio: 650 / 90,
      reached: true,
    });
  });

  it('gives a lower bound where validation never comes, and refuses without training', () => {
    const cut = curve.slice(0, 5);
    expect(grokkingDelay(cut)).toEqual({ trainStep: 90, ratio: 550 / 90, reached: false });
    expect(isRefusal(grokkingDelay(curve.slice(0, 2)))).toBe(true);
  });
});

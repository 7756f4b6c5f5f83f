import { describe, expect, it } from 'vitest';
import { levenbergMarquardt } from '../../src/scaling/levenberg-marquardt.ts';
import { leastSquares, solveSymmetric } from '../../src/scaling/linear-algebra.ts';
import { SeededRandom } from '../../src/scaling/random.ts';
import { normalCdf, normalQuantile, quantile } from '../../src/scaling/statistics.ts';

describe('statistics', () => {
  it('knows the normal distribution', () => {
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 9);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 9);
    expect(normalQuantile(0.0001)).toBeCloseTo(-3.719016485455709, 8);
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 12);
  });

  it('takes quantiles between order statistics', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0)).toBe(1);
    expect(quantile([1, 2, 3, 4], 1)).toBe(4);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('draws the same numbers from the same seed, with the right moments', () => {
    const [a, b] = [new SeededRandom(3), new SeededRandom(3)];
    expect(Array.from({ length: 5 }, () => a.normal())).toEqual(Array.from({ length: 5 }, () => b.normal()));
    const random = new SeededRandom(11);
    const count = 40_000;
    for (const degrees of [1, 3, 20]) {
      const draws = Array.from({ length: count }, () => random.chiSquare(degrees));
      const mean = draws.reduce((x, y) => x + y, 0) / count;
      const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count;
      expect(Math.abs(mean - degrees)).toBeLessThan(5 * Math.sqrt((2 * degrees) / count));
      expect(variance / (2 * degrees)).toBeCloseTo(1, 0.8);
    }
  });
});

describe('linear algebra', () => {
  it('solves a symmetric system and refuses a singular one', () => {
    expect(Array.from(solveSymmetric([4, 1, 1, 3], [1, 2], 2)!)).toEqual([
      expect.closeTo(1 / 11, 12),
      expect.closeTo(7 / 11, 12),
    ]);
    expect(solveSymmetric([1, 1, 1, 1], [1, 1], 2)).toBeUndefined();
  });

  it('weighs points: the mean of 0 and 1 with weights 100 and 1 is 1/101', () => {
    const fit = leastSquares([[1], [1]], [0, 1], [100, 1])!;
    expect(fit.coefficients[0]).toBeCloseTo(1 / 101, 12);
  });
});

describe('Levenberg–Marquardt', () => {
  it('finds the minimum of Rosenbrock’s valley', () => {
    const found = levenbergMarquardt(
      {
        count: 2,
        evaluate: ([x, y], r, J) => {
          r.set([10 * (y! - x! ** 2), 1 - x!]);
          J.set([-20 * x!, 10, -1, 0]);
        },
      },
      [-1.2, 1],
    );
    expect(found.theta[0]).toBeCloseTo(1, 8);
    expect(found.theta[1]).toBeCloseTo(1, 8);
  });

  it('finds a location by Huber’s loss: with a tiny δ the median', () => {
    const y = [1, 2, 3, 4, 100];
    const at = (huber: number): number =>
      levenbergMarquardt(
        {
          count: 5,
          huber,
          evaluate: ([c], r, J) => {
            y.forEach((value, i) => {
              r[i] = c! - value;
              J[i] = 1;
            });
          },
        },
        [50],
      ).theta[0]!;
    expect(at(1e-6)).toBeCloseTo(3, 3);
    expect(at(1e6)).toBeCloseTo(22, 8);
    // Σψ = 0: (c−1) + (c−2) + (c−3) + (c−4) − 1.5 = 0 with |c − y| ≤ 1.5 for 2, 3, 4 only: (3c − 9) + 1.5 − 1.5 = 0
    expect(at(1.5)).toBeCloseTo(3, 6);
  });

  it('weighs residuals', () => {
    const found = levenbergMarquardt(
      {
        count: 2,
        weights: [100, 1],
        evaluate: ([c], r, J) => {
          r.set([c!, c! - 1]);
          J.set([1, 1]);
        },
      },
      [0.5],
    );
    expect(found.theta[0]).toBeCloseTo(1 / 101, 12);
  });
});

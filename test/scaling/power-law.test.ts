import { describe, expect, it } from 'vitest';
import { fitPowerLaw, isRefusal, SeededRandom } from '../../src/scaling/index.ts';
import { accepted, FACTS, plantPower } from './planted.ts';

const CHINCHILLA = { E: 1.69, A: 406.4, alpha: 0.34 };

describe('power law', () => {
  it.each(['relative', 'huber'] as const)('recovers an exact table by %s', (method) => {
    const points = plantPower(CHINCHILLA, { from: 1e6, range: 128, count: 8 });
    const fit = accepted(fitPowerLaw(points, { method }));
    expect(fit.E.estimate).toBeCloseTo(1.69, 7);
    expect(fit.alpha.estimate).toBeCloseTo(0.34, 7);
    expect(fit.A.estimate / 406.4).toBeCloseTo(1, 6);
    expect(fit.alpha.high - fit.alpha.low).toBeLessThan(1e-6);
    expect(Math.max(...fit.residuals.map(Math.abs))).toBeLessThan(1e-9);
  });

  it('holds E at a number, or at zero', () => {
    const points = plantPower(CHINCHILLA, { from: 1e6, range: 128, count: 8 });
    const held = accepted(fitPowerLaw(points, { floor: 1.69 }));
    expect(held.E).toEqual({ estimate: 1.69, low: 1.69, high: 1.69 });
    expect(held.alpha.estimate).toBeCloseTo(0.34, 8);
    const pure = accepted(fitPowerLaw(plantPower({ E: 0, A: 13, alpha: 0.076 }), { floor: 0 }));
    expect(pure.alpha.estimate).toBeCloseTo(0.076, 8);
    expect(pure.A.estimate).toBeCloseTo(13, 6);
  });

  it('keeps E above its lower bound', () => {
    const points = plantPower({ ...FACTS, E: 0.39 }, { noise: 0.002, seed: 5 });
    const fit = accepted(fitPowerLaw(points, { floorAtLeast: 0.40013 }));
    expect(fit.E.low).toBeGreaterThanOrEqual(0.40013);
    expect(Math.min(...fit.draws.E)).toBeGreaterThanOrEqual(0.40013);
  });

  it('does not care about the units of x and y', () => {
    const points = plantPower(FACTS, { noise: 0.004, seed: 3 });
    const fit = accepted(fitPowerLaw(points));
    const scaled = accepted(fitPowerLaw(points.map(({ x, y }) => ({ x: 1e6 * x, y: 3 * y }))));
    expect(scaled.alpha.estimate).toBeCloseTo(fit.alpha.estimate, 8);
    expect(scaled.alpha.low).toBeCloseTo(fit.alpha.low, 6);
    expect(scaled.E.high).toBeCloseTo(3 * fit.E.high, 6);
  });

  it('gives a point of weight n the pull of n points', () => {
    const points = plantPower(FACTS, { noise: 0.01, seed: 4 });
    const doubled = accepted(fitPowerLaw([...points, points[6]!, points[6]!]));
    const weighted = accepted(fitPowerLaw(points.map((point, i) => ({ ...point, weight: i === 6 ? 3 : 1 }))));
    expect(weighted.alpha.estimate).toBeCloseTo(doubled.alpha.estimate, 7);
    expect(weighted.E.estimate).toBeCloseTo(doubled.E.estimate, 7);
  });

  it('sees through an outlier with Huber’s loss', () => {
    const points = plantPower(CHINCHILLA, { from: 1e6, range: 128, count: 8, noise: 0.001, seed: 8 });
    points[2]!.y *= 1.2;
    const robust = accepted(fitPowerLaw(points, { method: 'huber' }));
    expect(Math.abs(robust.alpha.estimate - 0.34)).toBeLessThan(0.02);
    expect(robust.alpha.low).toBeLessThan(0.34);
    expect(robust.alpha.high).toBeGreaterThan(0.34);
    const plain = fitPowerLaw(points);
    expect(isRefusal(plain) || Math.abs(plain.alpha.estimate - 0.34) > 0.02).toBe(true);
  });

  it.each([
    ['relative', 0.44, 0.45],
    ['huber', 0.44, 0.45],
    ['relative', 1.69, 0.34],
  ] as const)('intervals of %s cover E %f and α %f about as often as they say', (method, E, alpha) => {
    let [inE, inAlpha] = [0, 0];
    const tables = 200;
    for (let seed = 0; seed < tables; seed++) {
      const points = plantPower({ E, A: 35, alpha }, { count: 8, noise: 0.003, seed: 100 + seed });
      const fit = accepted(fitPowerLaw(points, { method, draws: 800 }));
      if (fit.E.low <= E && E <= fit.E.high) inE++;
      if (fit.alpha.low <= alpha && alpha <= fit.alpha.high) inAlpha++;
    }
    // 90% ± 3 standard errors of 200 trials; the robust scale of 8 points costs a little.
    for (const share of [inE / tables, inAlpha / tables]) {
      expect(share).toBeGreaterThan(method === 'huber' ? 0.8 : 0.835);
      expect(share).toBeLessThan(0.965);
    }
  });

  it('gives the same interval for the same seed', () => {
    const points = plantPower(FACTS, { noise: 0.004 });
    expect(fitPowerLaw(points, { seed: 9 })).toEqual(fitPowerLaw(points, { seed: 9 }));
  });
});

describe('power law refuses', () => {
  const reason = (result: ReturnType<typeof fitPowerLaw>): string | undefined =>
    isRefusal(result) ? result.refused : undefined;

  it('too few sizes, however many seeds', () => {
    const points = plantPower(FACTS, { count: 3 });
    expect(reason(fitPowerLaw(points))).toBe('too-few-points');
    expect(reason(fitPowerLaw([...points, ...points, ...points]))).toBe('too-few-points');
    expect(reason(fitPowerLaw([]))).toBe('too-few-points');
    expect(reason(fitPowerLaw(plantPower(FACTS, { count: 5 }), { method: 'huber' }))).toBe('too-few-points');
  });

  it('a narrow range of sizes', () => {
    expect(reason(fitPowerLaw(plantPower(FACTS, { range: 2.5 })))).toBe('no-range');
  });

  it('losses that rise, or stay', () => {
    const rising = plantPower(FACTS).map(({ x, y }) => ({ x, y: 2 - y }));
    expect(reason(fitPowerLaw(rising))).toBe('no-trend');
    expect(reason(fitPowerLaw(rising.map(({ x }) => ({ x, y: 1 }))))).toBe('no-trend');
  });

  it('numbers that are none', () => {
    for (const bad of [0, -1, NaN, Infinity]) {
      const points = plantPower(FACTS);
      points[3]!.y = bad;
      expect(reason(fitPowerLaw(points))).toBe('bad-number');
      expect(
        reason(fitPowerLaw(plantPower(FACTS).map(({ y }, i) => ({ x: i === 2 ? bad : i + 1, y })))),
      ).toBe('bad-number');
    }
    expect(reason(fitPowerLaw(plantPower(FACTS), { floor: 5 }))).toBe('bad-number');
  });

  it.each([
    ['far above E', { from: 1e4, range: 5, count: 6, noise: 0.03 }],
    ['over one decade', { from: 1e6, range: 10, count: 6, noise: 0.02 }],
    ['from 5 sizes', { from: 1e7, range: 10, count: 5, noise: 0.01 }],
  ])('an E that the points leave open: %s', (_, shape) => {
    let wrong = 0;
    let refused = 0;
    for (let seed = 0; seed < 100; seed++) {
      const fit = fitPowerLaw(plantPower({ E: 1.7, A: 400, alpha: 0.34 }, { ...shape, seed }));
      if (isRefusal(fit)) refused++;
      else if (fit.E.low > 1.7 || fit.E.high < 1.7) wrong++;
    }
    expect(refused).toBeGreaterThanOrEqual(90);
    expect(wrong).toBeLessThanOrEqual(5);
  });

  it('no table that fixes E', () => {
    let refused = 0;
    for (let seed = 0; seed < 100; seed++) {
      if (isRefusal(fitPowerLaw(plantPower(FACTS, { noise: 0.005, seed })))) refused++;
    }
    expect(refused).toBe(0);
  });

  it('pure noise', () => {
    const random = new SeededRandom(2);
    let confident = 0;
    for (let i = 0; i < 40; i++) {
      const points = plantPower(FACTS).map(({ x }) => ({ x, y: 1 + 0.01 * random.normal() }));
      if (!isRefusal(fitPowerLaw(points))) confident++;
      if (!isRefusal(fitPowerLaw(points, { floor: 0 }))) confident++;
    }
    expect(confident).toBeLessThanOrEqual(4);
  });

  it('with a sentence', () => {
    const refusal = fitPowerLaw(plantPower(FACTS, { count: 3 }));
    expect(isRefusal(refusal) && refusal.sentence).toMatch(/3 different sizes/);
  });
});

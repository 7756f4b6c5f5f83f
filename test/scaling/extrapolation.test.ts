import { describe, expect, it } from 'vitest';
import {
  averageSeeds,
  band,
  fitPowerLaw,
  fitPowerLawLoosely,
  naiveGuesses,
  powerLawAt,
  predict,
  scoreHeldOut,
  SeededRandom,
} from '../../src/scaling/index.ts';
import { accepted, FACTS, plantPower } from './planted.ts';

describe('predictive band', () => {
  it.each([
    ['FactsWorld, .2%', { E: 0.44, A: 35, alpha: 0.45 }, { from: 2000, range: 48, count: 7, noise: 0.002 }],
    ['FactsWorld, 1%', { E: 0.44, A: 35, alpha: 0.45 }, { from: 2000, range: 48, count: 7, noise: 0.01 }],
    ['6 sizes', { E: 0.44, A: 35, alpha: 0.45 }, { from: 2000, range: 20, count: 6, noise: 0.005 }],
    ['Chinchilla, .3%', { E: 1.69, A: 406, alpha: 0.34 }, { from: 1e7, range: 100, count: 8, noise: 0.003 }],
    ['Chinchilla, 1%', { E: 1.69, A: 406, alpha: 0.34 }, { from: 1e7, range: 100, count: 8, noise: 0.01 }],
    ['E near 0', { E: 0.02, A: 13, alpha: 0.2 }, { from: 1e6, range: 300, count: 8, noise: 0.005 }],
  ])('at 90%% covers a point 3 times larger in 85–97%% of 200 tables: %s', (_, law, shape) => {
    let inside = 0;
    for (let seed = 0; seed < 200; seed++) {
      const fit = accepted(fitPowerLawLoosely(plantPower(law, { ...shape, seed: 1000 + seed })));
      const random = new SeededRandom(77_000 + seed);
      const x = 3 * shape.from * shape.range;
      const y = powerLawAt(law, x) * (1 + shape.noise * random.normal());
      const { low, high } = predict(fit, x);
      if (low <= y && y <= high) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(170);
    expect(inside).toBeLessThanOrEqual(194);
  });

  it('is at least as wide as its floor, and wider further out', () => {
    const exact = accepted(fitPowerLaw(plantPower(FACTS)));
    const at = predict(exact, 3e5, { leastHalfWidth: 0.008 });
    expect(at.high - at.estimate).toBeCloseTo(0.008, 6);
    expect(at.estimate - at.low).toBeCloseTo(0.008, 6);
    const noisy = accepted(fitPowerLaw(plantPower(FACTS, { noise: 0.003 })));
    const widths = band(noisy, [1e5, 1e6, 1e7]).map(({ low, high, estimate }) => (high - low) / estimate);
    expect(widths[1]).toBeGreaterThan(widths[0]!);
    expect(widths[2]).toBeGreaterThan(widths[1]!);
  });

  it('scores a held-out point against three simpler guesses', () => {
    const points = plantPower(FACTS, { noise: 0.001 });
    const x = 3 * points.at(-1)!.x;
    const fit = accepted(fitPowerLaw(points, { floorAtLeast: 0.40013 }));
    const [hit, miss] = scoreHeldOut(
      fit,
      [
        { x, y: powerLawAt(FACTS, x) },
        { x, y: powerLawAt(FACTS, x) + 0.1 },
      ],
      { leastHalfWidth: 0.008, knownFloor: 0.40013 },
    );
    expect(hit).toMatchObject({ inside: true, beatsNaive: true });
    expect(hit!.reach).toBeCloseTo(3, 9);
    expect(Object.keys(hit!.naive).sort()).toEqual(['fixedFloor', 'lastTwo', 'noFloor']);
    expect(miss).toMatchObject({ inside: false });
    expect(miss!.error).toBeCloseTo(0.1, 2);
  });

  it('draws the line through the last two sizes', () => {
    const guesses = naiveGuesses(
      [
        { x: 1, y: 9 },
        { x: 10, y: 3 },
        { x: 100, y: 2 },
      ],
      1000,
    );
    expect(guesses.lastTwo).toBeCloseTo(1, 12);
  });

  it('averages seeds into weights', () => {
    expect(
      averageSeeds([
        { x: 1, y: 2 },
        { x: 2, y: 5 },
        { x: 1, y: 8 },
      ]),
    ).toEqual([
      { x: 1, y: expect.closeTo(4, 12) as number, weight: 2 },
      { x: 2, y: expect.closeTo(5, 12) as number, weight: 1 },
    ]);
  });
});

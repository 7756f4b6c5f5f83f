/** Rows off the curve, noise that falls with size, and tables that only luck makes certain. */
import { describe, expect, it } from 'vitest';
import {
  fitPowerLaw,
  fitTable,
  isRefusal,
  parseTable,
  predict,
  SeededRandom,
} from '../../src/scaling/index.ts';
import { outliers } from '../../src/scaling/outliers.ts';
import { accepted, BESIROGLU, plantPower, plantRuns } from './planted.ts';

const LAW = { E: 1.7, A: 400, alpha: 0.34 };
const SHAPE = { from: 1e6, range: 1000, count: 10, noise: 0.003 };
const csv = (points: readonly { x: number; y: number }[]): string =>
  ['N,loss', ...points.map(({ x, y }) => `${x},${y}`)].join('\n');

describe('rows far off the curve', () => {
  const points = plantPower(LAW, { ...SHAPE, seed: 3 });
  points[4]!.y *= 1.15;

  it('are named with what helps, whether or not there is a fit; Huber’s loss fits them', () => {
    const plain = fitTable(parseTable(csv(points)), 'power');
    expect(plain.notes?.join()).toMatch(/line 6 \(1[45]% too high\).*--robust/);
    for (const robust of [true, 0.001]) {
      const fit = fitTable(parseTable(csv(points)), 'power', { robust });
      expect(fit.refusal).toBeUndefined();
      expect(fit.notes).toBeUndefined();
      const { low, high } = fit.parameters.alpha!;
      expect(low < 0.34 && 0.34 < high).toBe(true);
    }
  });

  it('δ decides how much they pull', () => {
    const alpha = (robust: number): number =>
      fitTable(parseTable(csv(points)), 'power', { robust }).parameters.alpha?.estimate ?? NaN;
    expect(Math.abs(alpha(0.001) - 0.34)).toBeLessThan(0.02);
    // With a δ beyond all residuals it is least squares: refused, or another α.
    expect(Math.abs(alpha(1) - alpha(0.001))).not.toBeLessThan(0.001);
    const runs = plantRuns(BESIROGLU, 0.01, 3);
    const text = ['N,D,loss', ...runs.map(({ N, D, loss }) => `${N},${D},${loss}`)].join('\n');
    const parametric = (robust?: number) =>
      fitTable(parseTable(text), 'parametric', robust === undefined ? {} : { robust });
    expect(parametric(0.0001).parameters).not.toEqual(parametric().parameters);
  });

  it('are not seen in clean tables, nor where noise falls with size', () => {
    let accused = 0;
    for (let seed = 0; seed < 20; seed++) {
      if (outliers(plantPower(LAW, { ...SHAPE, seed: 50 + seed })).length) accused++;
      if (outliers(falling(50 + seed)).length) accused++;
    }
    expect(accused).toBeLessThanOrEqual(2);
  });
});

/** Noise of .9% at the smallest size, as x^(−½). */
function falling(seed: number): { x: number; y: number }[] {
  const random = new SeededRandom(seed);
  return plantPower(LAW, { ...SHAPE, noise: 0 }).map(({ x, y }) => ({
    x,
    y: y * (1 + 0.009 * Math.sqrt(1e6 / x) * random.normal()),
  }));
}

describe('noise that falls with size', () => {
  it('is found, and even noise too', () => {
    const shares = (points: (seed: number) => { x: number; y: number }[]): number => {
      const fits = Array.from({ length: 10 }, (_, i) =>
        accepted(fitPowerLaw(points(i), { noise: 'estimated', draws: 100 })),
      );
      return fits.reduce((sum, { noise }) => sum + noise.falling, 0) / fits.length;
    };
    expect(shares(falling)).toBeGreaterThan(0.75);
    expect(shares((seed) => plantPower(LAW, { ...SHAPE, seed }))).toBeLessThan(0.5);
  });

  it('makes the band narrow where the noise is small', () => {
    const fit = accepted(fitPowerLaw(falling(1), { noise: 'falling' }));
    const width = (x: number): number => {
      const { low, high } = predict(fit, x);
      return high / low - 1;
    };
    expect(width(1e6)).toBeGreaterThan(5 * width(1e9));
  });

  it('is as a weight of each point', () => {
    const points = plantPower(LAW, { ...SHAPE, seed: 8 });
    const weighted = accepted(fitPowerLaw(points.map((point) => ({ ...point, weight: point.x }))));
    const fit = accepted(fitPowerLaw(points, { noise: 'falling' }));
    expect(fit.alpha.estimate).toBeCloseTo(weighted.alpha.estimate, 9);
    expect(fit.E.low).toBeCloseTo(weighted.E.low, 6);
  });
});

describe('few points that lie close to a wrong curve by luck', () => {
  it.each([
    ['4 sizes', { from: 1e6, range: 1000, count: 4, noise: 0.003 }, 0],
    ['6 sizes over a factor of 5', { from: 1e6, range: 5, count: 6, noise: 0.005 }, 1],
    ['6 sizes over a factor of 4', { from: 1e6, range: 4, count: 6, noise: 0.01 }, 1],
    ['5 sizes over a factor of 10', { from: 1e6, range: 10, count: 5, noise: 0.01 }, 2],
  ])('%s: hardly any is fitted', (_, shape, most) => {
    let fitted = 0;
    for (let seed = 0; seed < 40; seed++) {
      const fit = fitPowerLaw(plantPower(LAW, { ...shape, seed: 900 + seed }), {
        noise: 'estimated',
        draws: 500,
      });
      if (!isRefusal(fit)) fitted++;
    }
    expect(fitted).toBeLessThanOrEqual(most);
  });
});

import { describe, expect, it } from 'vitest';
import {
  fitParametricLaw,
  fitParametricLawLoosely,
  isRefusal,
  parametricEstimates,
  parametricLoss,
  predictLoss,
  SeededRandom,
} from '../../src/scaling/index.ts';
import { accepted, BESIROGLU, plantRuns } from './planted.ts';

describe('parametric law', () => {
  it('recovers 60 exact runs exactly', () => {
    const fit = accepted(fitParametricLaw(plantRuns(BESIROGLU, 0)));
    const found = parametricEstimates(fit);
    for (const key of ['E', 'A', 'B', 'alpha', 'beta'] as const) {
      expect(found[key] / BESIROGLU[key]).toBeCloseTo(1, 8);
    }
    expect(fit.optimalExponent.estimate).toBeCloseTo(0.3658 / (0.3478 + 0.3658), 9);
  });

  it.each([
    [0.001, 0.002],
    [0.005, 0.012],
  ])('finds both exponents at noise %f within %f', (noise, tolerance) => {
    for (let seed = 1; seed <= 10; seed++) {
      const fit = accepted(fitParametricLaw(plantRuns(BESIROGLU, noise, seed), { bootstrap: 50 }));
      expect(Math.abs(fit.alpha.estimate - BESIROGLU.alpha)).toBeLessThan(tolerance);
      expect(Math.abs(fit.beta.estimate - BESIROGLU.beta)).toBeLessThan(tolerance);
    }
  });

  it('keeps a curve whose floor is open where only a little is to be predicted', () => {
    const runs = [60, 125, 250].flatMap((steps) =>
      [2256, 3448, 4704, 7408, 10368, 17056, 24768].map((N, i) => {
        const loss = 0.4 + 12 * N ** -0.5 + 80 * (512 * steps) ** -0.5;
        return { N, D: 512 * steps, loss: loss * (1 + 0.01 * Math.sin(7 * i + steps)) };
      }),
    );
    expect(isRefusal(fitParametricLaw(runs))).toBe(true);
    const { estimate, low, high } = predictLoss(accepted(fitParametricLawLoosely(runs)), 10368, 256000);
    const truth = 0.4 + 12 * 10368 ** -0.5 + 80 * 256000 ** -0.5;
    expect(Math.abs(estimate - truth)).toBeLessThan(0.02);
    expect(low).toBeLessThan(truth);
    expect(high).toBeGreaterThan(truth);
    expect(isRefusal(fitParametricLawLoosely(runs.slice(0, 5)))).toBe(true);
  });

  it('its intervals cover about as often as they say', () => {
    const inside = { E: 0, alpha: 0, beta: 0 };
    const tables = 60;
    for (let seed = 0; seed < tables; seed++) {
      const fit = accepted(fitParametricLaw(plantRuns(BESIROGLU, 0.005, 300 + seed), { bootstrap: 150 }));
      for (const key of ['E', 'alpha', 'beta'] as const) {
        if (fit[key].low <= BESIROGLU[key] && BESIROGLU[key] <= fit[key].high) inside[key]++;
      }
    }
    // 90% − 3 standard errors of 60 trials
    for (const count of Object.values(inside)) expect(count / tables).toBeGreaterThan(0.78);
  });

  it('sees through outliers, with Hoffmann’s δ too', () => {
    const runs = plantRuns(BESIROGLU, 0.002, 4);
    for (const i of [3, 17, 44]) runs[i]!.loss *= 1.15;
    for (const options of [{}, { huberDelta: 0.001 }]) {
      const fit = accepted(fitParametricLaw(runs, options));
      expect(Math.abs(fit.alpha.estimate - BESIROGLU.alpha)).toBeLessThan(0.012);
      expect(Math.abs(fit.beta.estimate - BESIROGLU.beta)).toBeLessThan(0.012);
    }
  });

  it('predicts a larger run', () => {
    let inside = 0;
    for (let seed = 0; seed < 40; seed++) {
      const fit = accepted(fitParametricLaw(plantRuns(BESIROGLU, 0.005, 900 + seed), { bootstrap: 150 }));
      const random = new SeededRandom(seed);
      const loss = parametricLoss(BESIROGLU, 3e10, 3e12) * Math.exp(0.005 * random.normal());
      const { low, high } = predictLoss(fit, 3e10, 3e12);
      if (low <= loss && loss <= high) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(31);
  });
});

describe('parametric law refuses', () => {
  const reason = (runs: { N: number; D: number; loss: number }[]): string | undefined => {
    const fit = fitParametricLaw(runs);
    return isRefusal(fit) ? fit.refused : undefined;
  };

  it('too few runs, sizes or amounts of data', () => {
    const runs = plantRuns(BESIROGLU, 0);
    expect(reason(runs.slice(0, 6))).toBe('too-few-points');
    expect(reason(runs.filter((run) => run.D === runs[0]!.D))).toBe('too-few-points');
    expect(reason(runs.filter((run) => run.N === runs[0]!.N || run.N === runs[1]!.N))).toBe('too-few-points');
  });

  it('N and D in a fixed ratio', () => {
    const runs = Array.from({ length: 12 }, (_, i) => {
      const N = 1e7 * 2 ** i;
      return { N, D: 20 * N, loss: parametricLoss(BESIROGLU, N, 20 * N) };
    });
    expect(reason(runs)).toBe('no-range');
  });

  it('a loss that does not depend on N', () => {
    const runs = plantRuns({ ...BESIROGLU, A: 1e-9 }, 0.002);
    expect(['exponent-not-identifiable', 'floor-not-identifiable']).toContain(reason(runs));
  });

  it('an E that the runs leave open', () => {
    const small = plantRuns(BESIROGLU, 0.02, 6).filter((run) => run.N < 1e8 && run.D < 5e10);
    expect(['floor-not-identifiable', 'exponent-not-identifiable']).toContain(reason(small));
  });

  it('numbers that are none', () => {
    const runs = plantRuns(BESIROGLU, 0);
    runs[5]!.loss = NaN;
    expect(reason(runs)).toBe('bad-number');
  });
});

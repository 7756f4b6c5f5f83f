import { describe, expect, it } from 'vitest';
import {
  computeOptimum,
  fitEnvelope,
  fitFrontier,
  fitIsoflop,
  frontier,
  isoLossOverhead,
  isRefusal,
  logSpace,
  parametricLoss,
  PUBLISHED_LAWS,
  SeededRandom,
  tokensForLoss,
} from '../../src/scaling/index.ts';
import { accepted, BESIROGLU } from './planted.ts';

describe('closed form', () => {
  it('gives the optima of Besiroglu and of Hoffmann at 5.76e23 FLOPs', () => {
    const besiroglu = computeOptimum(PUBLISHED_LAWS.besiroglu, 5.76e23);
    expect(besiroglu.N / 1e9).toBeCloseTo(72.2, 1);
    expect(besiroglu.tokensPerParameter).toBeCloseTo(18.4, 1);
    const hoffmann = computeOptimum(PUBLISHED_LAWS.hoffmannUnrounded, 5.76e23);
    expect(hoffmann.N / 1e9).toBeCloseTo(40.4, 1);
    expect(hoffmann.tokensPerParameter).toBeCloseTo(58.9, 1);
  });

  it('spends exactly the budget, and nothing nearby is better', () => {
    for (const flops of [1e18, 1e21, 1e24]) {
      const { N, D, loss, a, b } = computeOptimum(BESIROGLU, flops);
      expect((6 * N * D) / flops).toBeCloseTo(1, 12);
      expect(a + b).toBeCloseTo(1, 12);
      for (const shift of [0.99, 1.01]) {
        expect(parametricLoss(BESIROGLU, N * shift, D / shift)).toBeGreaterThan(loss);
      }
    }
  });

  it('prices smaller models of equal loss', () => {
    const overhead = (fraction: number): number | undefined =>
      isoLossOverhead(PUBLISHED_LAWS.besiroglu, 1e21, fraction);
    expect(overhead(1)).toBeCloseTo(1, 9);
    expect(overhead(0.75)).toBeCloseTo(1.03, 2);
    expect(overhead(0.5)).toBeCloseTo(1.26, 2);
    expect(overhead(0.3)).toBeCloseTo(2.61, 2);
    expect(overhead(0.25)).toBeCloseTo(4.47, 2);
    expect(overhead(0.01)).toBeUndefined();
    expect(tokensForLoss(BESIROGLU, 1e9, BESIROGLU.E)).toBeUndefined();
  });
});

/** IsoFLOP runs around the optimum, sizes over a factor of e^(±reach). */
function plantIsoflop({
  noise = 0,
  seed = 1,
  reach = 1.5,
  shift = 0,
  sizes = 6,
  budgets = [1e19, 3e19, 1e20],
}) {
  const random = new SeededRandom(seed);
  return budgets.flatMap((C) =>
    Array.from({ length: sizes }, (_, i) => {
      const N = computeOptimum(BESIROGLU, C).N * Math.exp(shift + reach * ((2 * i) / (sizes - 1) - 1));
      return { C, N, loss: parametricLoss(BESIROGLU, N, C / (6 * N)) * (1 + noise * random.normal()) };
    }),
  );
}

const TRUE_A = BESIROGLU.beta / (BESIROGLU.alpha + BESIROGLU.beta);

describe('IsoFLOP profiles', () => {
  it.each(['nearest', 'all'] as const)('find the exponent of a planted law, from %s points', (use) => {
    const fit = accepted(fitIsoflop(plantIsoflop({}), { use }));
    expect(fit.a.estimate).toBeCloseTo(TRUE_A, 2);
    expect(fit.b.estimate).toBeCloseTo(1 - TRUE_A, 2);
    expect(fit.valleys).toHaveLength(3);
    for (const { C, N, D, curvature } of fit.valleys) {
      expect(Math.abs(Math.log(N.estimate / computeOptimum(BESIROGLU, C).N))).toBeLessThan(0.05);
      expect((6 * N.estimate * D) / C).toBeCloseTo(1, 9);
      expect(curvature).toBeGreaterThan(0);
    }
  });

  it('interval of a covers about as often as it says', () => {
    let inside = 0;
    for (let seed = 0; seed < 100; seed++) {
      const fit = accepted(
        fitIsoflop(plantIsoflop({ noise: 0.001, seed: 40 + seed }), { use: 'all', draws: 600 }),
      );
      if (fit.a.low <= TRUE_A && TRUE_A <= fit.a.high) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(81);
    expect(inside).toBeLessThanOrEqual(99);
  });

  it('takes budgets that differ by whole steps as one', () => {
    const points = plantIsoflop({}).map((point, i) => ({ ...point, C: point.C * (1 + 0.01 * (i % 3)) }));
    expect(accepted(fitIsoflop(points)).valleys).toHaveLength(3);
  });

  it('marks unused points in the residuals', () => {
    const points = plantIsoflop({ sizes: 8, reach: 2 });
    const fit = accepted(fitIsoflop(points));
    expect(fit.residuals).toHaveLength(points.length);
    expect(fit.residuals.filter((value) => !Number.isNaN(value))).toHaveLength(15);
  });

  it('refuse a minimum at the edge, few sizes, few budgets, and noise as deep as the valley', () => {
    const reason = (points: Parameters<typeof fitIsoflop>[0]): string | undefined => {
      const fit = fitIsoflop(points);
      return isRefusal(fit) ? fit.refused : undefined;
    };
    expect(reason(plantIsoflop({ shift: 2 }))).toBe('no-interior-minimum');
    expect(reason(plantIsoflop({ shift: -2 }))).toBe('no-interior-minimum');
    expect(reason(plantIsoflop({ sizes: 3 }))).toBe('too-few-points');
    expect(reason(plantIsoflop({ budgets: [1e19, 1e20] }))).toBe('too-few-points');
    expect(reason(plantIsoflop({}).map((point) => ({ ...point, loss: 6 - point.loss })))).toBe(
      'no-interior-minimum',
    );
    expect(reason(plantIsoflop({ noise: 0.2, seed: 3 }))).toBe('no-interior-minimum');
    expect(reason(plantIsoflop({}).map((point) => ({ ...point, N: 0 })))).toBe('bad-number');
    const refusal = fitIsoflop(plantIsoflop({ shift: 2 }));
    expect(isRefusal(refusal) && refusal.sentence).toMatch(/smallest model.*add smaller/);
  });
});

describe('envelope and frontier', () => {
  /** Training curves of a constant rate: loss after D examples. */
  const curves = logSpace(1e7, 1e10, 13).flatMap((N) =>
    logSpace(1e8, 1e13, 60).map((D) => ({ N, C: 6 * N * D, loss: parametricLoss(BESIROGLU, N, D) })),
  );

  it('finds the exponent of a planted law from the lowest curves', () => {
    const fit = accepted(fitEnvelope(curves));
    expect(Math.abs(fit.a.estimate - TRUE_A)).toBeLessThan(0.03);
    expect(fit.a.low).toBeLessThanOrEqual(TRUE_A);
    expect(fit.a.high).toBeGreaterThanOrEqual(TRUE_A);
    expect(isRefusal(fitEnvelope(curves.filter((point) => point.N < 3e7)))).toBe(true);
  });

  it('keeps the runs that no cheaper one beats', () => {
    const runs = [
      { C: 4, loss: 2 },
      { C: 1, loss: 5 },
      { C: 2, loss: 6 },
      { C: 3, loss: 2 },
      { C: 5, loss: 1 },
    ];
    expect(frontier(runs).map((run) => run.C)).toEqual([1, 3, 5]);
  });

  it('falls with compute as αβ/(α+β)', () => {
    const best = logSpace(1e18, 1e23, 11).map((C) => ({ C, loss: computeOptimum(BESIROGLU, C).loss }));
    const fit = accepted(fitFrontier(best));
    const { alpha, beta, E } = BESIROGLU;
    expect(fit.alpha.estimate).toBeCloseTo((alpha * beta) / (alpha + beta), 6);
    expect(fit.E.estimate).toBeCloseTo(E, 5);
  });
});

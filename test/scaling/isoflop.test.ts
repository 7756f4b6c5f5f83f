/** IsoFLOP tables as people have them: uneven budgets, sizes close together, one budget that is weak. */
import { describe, expect, it } from 'vitest';
import {
  computeOptimum,
  fitIsoflop,
  fitTable,
  type IsoflopPoint,
  isRefusal,
  parametricLoss,
  parseTable,
  SeededRandom,
} from '../../src/scaling/index.ts';
import { accepted, BESIROGLU } from './planted.ts';

const BUDGETS = [1e19, 3e19, 1e20, 3e20];
const TRUE_A = BESIROGLU.beta / (BESIROGLU.alpha + BESIROGLU.beta);

function valley(
  C: number,
  { sizes = 7, reach = 1.5, shift = 0, uneven = 0, noise = 0, seed = 1 } = {},
): IsoflopPoint[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: sizes }, (_, i) => {
    const own = C * Math.exp(uneven * (2 * random.uniform() - 1));
    const N = computeOptimum(BESIROGLU, C).N * Math.exp(shift + reach * ((2 * i) / (sizes - 1) - 1));
    return { C: own, N, loss: parametricLoss(BESIROGLU, N, own / (6 * N)) + noise * random.normal() };
  });
}

describe('budgets', () => {
  it.each([0.05, 0.1, 0.18])(
    'that differ by up to ±%f in ln C are one, and their losses are moved to one compute',
    (uneven) => {
      for (let seed = 1; seed <= 5; seed++) {
        const fit = accepted(
          fitIsoflop(BUDGETS.flatMap((C, i) => valley(C, { uneven, sizes: 9, seed: 10 * seed + i }))),
        );
        expect(fit.valleys).toHaveLength(4);
        expect(Math.abs(fit.a.estimate - TRUE_A)).toBeLessThan(0.03);
        for (const { C, N } of fit.valleys) {
          expect(Math.abs(Math.log(N.estimate / computeOptimum(BESIROGLU, C).N))).toBeLessThan(0.12);
        }
      }
    },
  );

  it('hold the points that were given, whatever else these have', () => {
    const given = BUDGETS.flatMap((C) => valley(C).map((point) => ({ ...point, run: { name: 'its own' } })));
    const { valleys } = accepted(fitIsoflop(given));
    for (const { points } of valleys) expect(given).toEqual(expect.arrayContaining([...points]));
  });

  it('that cannot be told apart are refused', () => {
    const random = new SeededRandom(4);
    const scattered = Array.from(
      { length: 30 },
      () => valley(1e19 * 30 ** random.uniform(), { sizes: 2 })[0]!,
    );
    expect(isRefusal(fitIsoflop(scattered))).toBe(true);
  });
});

describe('a weak budget', () => {
  const good = BUDGETS.slice(0, 3).flatMap((C) => valley(C));
  it.each([
    ['three sizes', valley(3e20, { sizes: 3 }), /3 sizes/],
    ['two sizes', valley(3e20, { sizes: 2 }), /2 sizes/],
    ['a minimum at the edge', valley(3e20, { shift: 2.5 }), /smallest model/],
    ['a minimum at the other edge', valley(3e20, { shift: -2.5 }), /largest model/],
    ['a hill', valley(3e20).map((point) => ({ ...point, loss: 5 - point.loss })), /.*/],
  ])('%s: is left out with a note while three are left', (_, weak, reason) => {
    const fit = accepted(fitIsoflop([...weak, ...good]));
    expect(fit.valleys.map(({ C }) => Math.round(C / 1e18))).toEqual([10, 30, 100]);
    expect(fit.notes).toHaveLength(1);
    expect(fit.notes[0]).toMatch(/^Left out: At C = 3\.0e\+20/);
    expect(fit.notes[0]).toMatch(reason);
    expect(fit.residuals.slice(0, weak.length).every(Number.isNaN)).toBe(true);
    expect(Math.abs(fit.a.estimate - TRUE_A)).toBeLessThan(0.02);
    expect(isRefusal(fitIsoflop([...weak, ...good.slice(0, 14)]))).toBe(true);
  });

  it('as noisy as it is deep is found, and only it', () => {
    // Lowest in the middle by less than the noise of the other valleys.
    const depths = [1, 0, 0, -1, 0, 0, 1];
    const flat = valley(3e20).map((point, i) => ({ ...point, loss: 2.2 + 1e-5 * depths[i]! }));
    const fit = fitIsoflop([
      ...flat,
      ...BUDGETS.slice(0, 3).flatMap((C, i) => valley(C, { noise: 0.0005, seed: i + 5 })),
    ]);
    expect(isRefusal(fit) ? fit.sentence : fit.notes.join()).toMatch(/3\.0e\+20/);
    if (!isRefusal(fit)) expect(fit.valleys).toHaveLength(3);
  });

  it('much noisier than the others does not make these look noisy', () => {
    // A deep valley of values that are far off, so that the others seem flat beside it.
    const off = [2.4, 0.6, 0.9, -0.5, 0.5, 0.4, 2.6];
    const noisy = valley(3e20).map((point, i) => ({ ...point, loss: point.loss + off[i]! }));
    const others = BUDGETS.slice(0, 3).flatMap((C, i) => valley(C, { noise: 0.0005, seed: i + 5 }));
    const fit = fitIsoflop([...others, ...noisy]);
    expect(isRefusal(fit) ? fit.sentence : fit.notes.join()).toMatch(/^Left out: At C = 3\.0e\+20/);
    expect(accepted(fit).valleys).toHaveLength(3);
  });

  it('is told with the table’s fit', () => {
    const text = [...valley(3e20, { sizes: 3 }), ...good].map(({ N, C, loss }) => `${N},${C},${loss}`);
    expect(fitTable(parseTable(['N,C,loss', ...text].join('\n')), 'isoflop').notes).toHaveLength(1);
  });
});

describe('the window', () => {
  it.each([
    [7, 2],
    [19, 1.2],
    [40, 1.1],
  ])('of %i sizes × %f goes by width', (sizes, ratio) => {
    const reach = (Math.log(ratio) * (sizes - 1)) / 2;
    const fit = accepted(fitIsoflop(BUDGETS.flatMap((C) => valley(C, { sizes, reach }))));
    for (const { points } of fit.valleys) {
      const span = Math.log(points.at(-1)!.N / points[0]!.N);
      expect(span).toBeGreaterThan(1.7);
      expect(span).toBeLessThan(2.8);
    }
  });

  it('follows the valley where one lucky run lies far away', () => {
    const points = BUDGETS.flatMap((C) => valley(C, { sizes: 19, reach: 1.8 }));
    points[3]!.loss = Math.min(...points.slice(0, 19).map(({ loss }) => loss)) - 0.001;
    const fit = accepted(fitIsoflop(points));
    expect(Math.abs(Math.log(fit.valleys[0]!.N.estimate / computeOptimum(BESIROGLU, 1e19).N))).toBeLessThan(
      0.3,
    );
  });
});

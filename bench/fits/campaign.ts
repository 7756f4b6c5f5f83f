/**
 * Tables with a planted law, read and fitted as `lab fit` does it: how many are fitted, and how often the 90% intervals hold the truth.
 * Seeds decide everything: the same seed gives the same tables.
 */
import {
  computeOptimum,
  fitIsoflop,
  fitTable,
  type FitTableOptions,
  isRefusal,
  type Law,
  type ParametricLaw,
  parametricLoss,
  parseTable,
  powerLawAt,
  SeededRandom,
} from '../../src/scaling/index.ts';

/** What one table says: which intervals hold the truth, and whether it advises `--robust`; or that it is refused. */
type Outcome = { refused: true } | { covered: Record<string, boolean>; advised?: boolean };

export interface Row {
  name: string;
  /** How many tables a full campaign fits; parametric ones take a second each. */
  tables: number;
  fit: (random: SeededRandom) => Outcome;
}

export interface Tally {
  name: string;
  fitted: number;
  refused: number;
  /** Of the fitted: where rows far off the curve are named, and `--robust` is advised. */
  advised: number;
  /** Share of the fitted tables whose interval holds the truth, by parameter. */
  cover: Record<string, number>;
  /** The same of the tables without that advice. */
  coverUnadvised: Record<string, number>;
}

/** Fits `tables` tables of a row; table i of seed s is planted with seed 7,919·s + i. */
export function tally(row: Row, tables: number, seed: number): Tally {
  const all: Record<string, boolean>[] = [];
  const unadvised: Record<string, boolean>[] = [];
  for (let i = 0; i < tables; i++) {
    const outcome = row.fit(new SeededRandom(7919 * seed + i));
    if ('refused' in outcome) continue;
    all.push(outcome.covered);
    if (!outcome.advised) unadvised.push(outcome.covered);
  }
  const fitted = all.length;
  return {
    name: row.name,
    fitted,
    refused: tables - fitted,
    advised: fitted - unadvised.length,
    cover: sharesOf(all),
    coverUnadvised: sharesOf(unadvised),
  };
}

/** How many of the tables hold each parameter. */
function sharesOf(tables: readonly Record<string, boolean>[]): Record<string, number> {
  const share = (key: string): number => tables.filter((covered) => covered[key]).length / tables.length;
  return Object.fromEntries(Object.keys(tables[0] ?? {}).map((key) => [key, share(key)]));
}

function judge(
  text: string,
  law: Law,
  truth: Record<string, number>,
  options: FitTableOptions = {},
): Outcome {
  const fit = fitTable(parseTable(text), law, options);
  if (fit.refusal) return { refused: true };
  const covered = Object.entries(truth).map(([key, value]) => {
    const { low, high } = fit.parameters[key]!;
    return [key, low <= value && value <= high];
  });
  return {
    covered: Object.fromEntries(covered) as Record<string, boolean>,
    advised: fit.notes?.some((note) => note.includes('--robust')) ?? false,
  };
}

interface PowerShape {
  law?: { E: number; A: number; alpha: number };
  from?: number;
  range: number;
  count: number;
  /** Factor on a loss at size x, drawn per row. */
  noise: (random: SeededRandom, x: number) => number;
  /** What the table writes for N, and its header. */
  header?: string;
  unit?: number;
  options?: FitTableOptions;
}

const CHINCHILLA = { E: 1.7, A: 400, alpha: 0.34 };

const relative =
  (sigma: number) =>
  (random: SeededRandom): number =>
    1 + sigma * random.normal();

/** `sigma` at the size `from`, falling as x^(−½). */
const falling =
  (sigma: number, from: number) =>
  (random: SeededRandom, x: number): number =>
    1 + sigma * Math.sqrt(from / x) * random.normal();

/** Three times `sigma` at the size `from`, falling as x^(−½) to `sigma` and no further. */
const fallingToEven =
  (sigma: number, from: number) =>
  (random: SeededRandom, x: number): number =>
    1 + sigma * Math.max(1, 3 * Math.sqrt(from / x)) * random.normal();

/** Student t with three degrees of freedom. */
const heavy =
  (sigma: number) =>
  (random: SeededRandom): number =>
    1 + (sigma * random.normal()) / Math.sqrt(random.chiSquare(3) / 3);

/** One row in ten lies 15% too high. */
const outliers =
  (sigma: number) =>
  (random: SeededRandom): number =>
    (1 + sigma * random.normal()) * (random.uniform() < 0.1 ? 1.15 : 1);

function power(name: string, shape: PowerShape): Row {
  const { law = CHINCHILLA, from = 1e6, range, count, noise, header = 'N', unit = 1, options } = shape;
  const truth = { E: law.E, alpha: law.alpha };
  return {
    name,
    tables: 200,
    fit: (random) => {
      const lines = Array.from({ length: count }, (_, i) => {
        const x = from * range ** (i / (count - 1));
        return `${x / unit},${powerLawAt(law, x) * noise(random, x)}`;
      });
      return judge([`${header},loss`, ...lines].join('\n'), 'power', truth, options);
    },
  };
}

/** Exactly one in ten rows, at a place that is drawn, 15% too high. */
function oneInTen(name: string, options?: FitTableOptions): Row {
  const truth = { E: CHINCHILLA.E, alpha: CHINCHILLA.alpha };
  return {
    name,
    tables: 200,
    fit: (random) => {
      const wrong = Math.floor(10 * random.uniform());
      const lines = Array.from({ length: 10 }, (_, i) => {
        const x = 1e6 * 1000 ** (i / 9);
        return `${x},${powerLawAt(CHINCHILLA, x) * (1 + 0.003 * random.normal()) * (i === wrong ? 1.15 : 1)}`;
      });
      return judge(['N,loss', ...lines].join('\n'), 'power', truth, options);
    },
  };
}

/** The law of science: Besiroglu et al. 2404.10102. */
const BESIROGLU: ParametricLaw = { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658 };

/** 3 budgets × 6 sizes from e^−1.5 to e^1.5 around the optimum. */
const isoflop: Row = {
  name: 'IsoFLOP, 3 budgets × 6 sizes, .1%',
  tables: 200,
  fit: (random) => {
    const lines = [1e19, 3e19, 1e20].flatMap((C) =>
      Array.from({ length: 6 }, (_, i) => {
        const N = computeOptimum(BESIROGLU, C).N * Math.exp(-1.5 + (3 * i) / 5);
        return `${N},${C},${parametricLoss(BESIROGLU, N, C / (6 * N)) * (1 + 0.001 * random.normal())}`;
      }),
    );
    const a = BESIROGLU.beta / (BESIROGLU.alpha + BESIROGLU.beta);
    return judge(['N,C,loss', ...lines].join('\n'), 'isoflop', { a });
  },
};

const parametric: Row = {
  name: 'parametric, 40 runs, .4%, “N (M)”, “D (B)”',
  tables: 20,
  fit: (random) => {
    const lines = Array.from({ length: 40 }, (_, i) => {
      const N = 1e6 * 1e4 ** ((i % 8) / 7);
      const D = 1e8 * 1e4 ** (Math.floor(i / 8) / 4);
      const loss = parametricLoss(BESIROGLU, N, D) * Math.exp(0.004 * random.normal());
      return `${N / 1e6},${D / 1e9},${loss}`;
    });
    const { E, alpha, beta } = BESIROGLU;
    return judge(['N (M),D (B),loss', ...lines].join('\n'), 'parametric', { E, alpha, beta });
  },
};

/** Parabolas 2.5 + .05 z² at four budgets, z = ln N − ln N_opt: how often the interval of each N_opt holds it. */
function valleys(sizes: number, ratio: number, noise: number): Row {
  return {
    name: `valleys of ${sizes} sizes, × ${ratio}, noise ${noise}`,
    tables: 200,
    fit: (random) => {
      const budgets = [1e18, 4e18, 1.6e19, 6.4e19];
      const optimum = (C: number): number => 0.1 * Math.sqrt(C);
      const points = budgets.flatMap((C) => {
        const shift = random.uniform() - 0.5;
        return Array.from({ length: sizes }, (_, i) => {
          const z = Math.log(ratio) * (i - (sizes - 1) / 2 + shift);
          return { C, N: optimum(C) * Math.exp(z), loss: 2.5 + 0.05 * z ** 2 + noise * random.normal() };
        });
      });
      const fit = fitIsoflop(points);
      if (isRefusal(fit)) return { refused: true };
      // One budget per table counts, so that tables stay independent.
      const { C, N } = fit.valleys[Math.floor(fit.valleys.length * random.uniform())]!;
      const inside = N.low <= optimum(C) && optimum(C) <= N.high;
      return { covered: { N_opt: inside, a: fit.a.low <= 0.5 && 0.5 <= fit.a.high } };
    },
  };
}

const even = relative(0.003);

export const ROWS: readonly Row[] = [
  power('10 sizes over 1,000×, .3%', { range: 1000, count: 10, noise: even }),
  power('the same, N in millions', { range: 1000, count: 10, noise: even, header: 'N (M)', unit: 1e6 }),
  power('the same, loss in bits', {
    law: { E: 1.7 / Math.LN2, A: 400 / Math.LN2, alpha: 0.34 },
    range: 1000,
    count: 10,
    noise: even,
  }),
  power('7 sizes over 11×, α .5, .2%', {
    law: { E: 0.44, A: 35, alpha: 0.5 },
    from: 2000,
    range: 11,
    count: 7,
    noise: relative(0.002),
  }),
  power('10 sizes over 1,000×, 2%', { range: 1000, count: 10, noise: relative(0.02) }),
  power('Student t noise, 3 degrees, 14 sizes', { range: 1000, count: 14, noise: heavy(0.003) }),
  power('E = 0, α .12', { law: { E: 0, A: 12, alpha: 0.12 }, range: 1000, count: 10, noise: even }),
  power('E = 0, α .076', { law: { E: 0, A: 12, alpha: 0.076 }, range: 1000, count: 10, noise: even }),
  power('noise .9% at the smallest, as N^−½', { range: 1000, count: 10, noise: falling(0.009, 1e6) }),
  power('noise .9% at the smallest, as N^−½ down to .3%', {
    range: 1000,
    count: 10,
    noise: fallingToEven(0.003, 1e6),
  }),
  power('noise .9% at the smallest, as N^−½, over 9×', {
    law: { E: 0.44, A: 35, alpha: 0.5 },
    from: 2000,
    range: 9,
    count: 10,
    noise: falling(0.003, 2000),
  }),
  power('each with chance .1 15% too high, 10 sizes', { range: 1000, count: 10, noise: outliers(0.003) }),
  power('the same, --robust', {
    range: 1000,
    count: 10,
    noise: outliers(0.003),
    options: { robust: true },
  }),
  oneInTen('exactly one in ten 15% too high, --robust', { robust: true }),
  power('5 sizes over 30×', { range: 30, count: 5, noise: even }),
  power('4 sizes over 30×', { range: 30, count: 4, noise: even }),
  power('6 sizes over 5×, .5%', { range: 5, count: 6, noise: relative(0.005) }),
  power('6 sizes over 5×, .1%', { range: 5, count: 6, noise: relative(0.001) }),
  power('8 sizes over 5×, .5%, α .5', {
    law: { E: 0.44, A: 35, alpha: 0.5 },
    from: 2000,
    range: 5,
    count: 8,
    noise: relative(0.005),
  }),
  power('5 sizes over 10×, 1%', { range: 10, count: 5, noise: relative(0.01) }),
  isoflop,
  valleys(7, 2, 0.002),
  valleys(19, 1.2, 0.002),
  valleys(19, 1.2, 0.004),
  parametric,
];

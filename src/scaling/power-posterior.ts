/**
 * Posterior draws of (E, A, α, σ) for y = E + A·x^(−α) with relative normal errors of unknown size σ.
 * At a given α the model is linear, so E and A given α follow a Student t (Gelman et al., Bayesian Data Analysis, 3rd ed., §14.2); α is
 * drawn from its marginal on a grid. Priors: 1/σ² for the variance, flat for α and for the fitted values at the smallest
 * and largest x (so that nothing depends on units).
 *
 * Why not a residual bootstrap: with 7 points and 3 parameters it takes σ for known and proves too narrow.
 */
import { type NoiseShape } from './noise.ts';
import { type SeededRandom } from './random.ts';
import { ALPHA_RANGE, atExponent, type CentredTable, type Conditional } from './variable-projection.ts';

export interface PowerLawDraws {
  E: Float64Array;
  A: Float64Array;
  alpha: Float64Array;
  /** Relative standard deviation of one point of weight 1, times the root of its `noise.variance(x)`. */
  sigma: Float64Array;
  noise: NoiseShape[];
}

/** Losses are never known better than this, relatively: keeps noise-free tables finite. */
const LEAST_SIGMA = 1e-9;

interface Draw {
  E: number;
  a: number;
  alpha: number;
  sigma: number;
}

/**
 * Draws from the posterior.
 * @param tables one table, which may hold E fixed, or the same one under several shapes of its noise: each has its share of the draws
 * @param shares of the tables, summing to 1
 */
export function posteriorDraws(
  tables: readonly CentredTable[],
  shares: readonly number[],
  count: number,
  random: SeededRandom,
): PowerLawDraws {
  const draws: PowerLawDraws = {
    E: new Float64Array(count),
    A: new Float64Array(count),
    alpha: new Float64Array(count),
    sigma: new Float64Array(count),
    noise: [],
  };
  let share = 0;
  let i = 0;
  tables.forEach((table, k) => {
    share += shares[k]!;
    const end = k === tables.length - 1 ? count : Math.round(share * count);
    if (i >= end) return;
    const draw = table.fixedFloor === undefined ? freeSampler(table, random) : fixedSampler(table, random);
    for (; i < end; i++) {
      const { E, a, alpha, sigma } = draw();
      draws.E[i] = E;
      draws.A[i] = a * Math.exp(alpha * table.centre);
      draws.alpha[i] = alpha;
      draws.sigma[i] = sigma;
      draws.noise.push(table.noise);
    }
  });
  return draws;
}

/** ln of the marginal likelihood, up to a constant that tables of the same points share. */
export function logEvidence(table: CentredTable): number {
  return table.fixedFloor === undefined
    ? alphaMarginal(table, ...freeMarginal(table)).logMass
    : alphaMarginal(table, ...fixedMarginal(table)).logMass;
}

type Marginal = [degrees: number, logFactor: (at: Conditional) => number];

function freeMarginal(table: CentredTable): Marginal {
  const first = Math.min(...table.t);
  const last = Math.max(...table.t);
  return [
    table.y.length - 2,
    (at) => {
      const span = Math.exp(-at.alpha * first) - Math.exp(-at.alpha * last);
      return Math.log(span) - Math.log(determinant(at)) / 2;
    },
  ];
}

function fixedMarginal(table: CentredTable): Marginal {
  return [table.y.length - 1, (at) => -Math.log(at.s2) / 2];
}

/**
 * E, a and α free. A draw below the bound of E is replaced by one with E on the bound, so that a true E on the
 * bound keeps its share of the posterior (plain truncation would push E up and α with it).
 */
function freeSampler(table: CentredTable, random: SeededRandom): () => Draw {
  const [degrees, logFactor] = freeMarginal(table);
  const marginal = alphaMarginal(table, degrees, logFactor).sample;
  let onBound: (() => Draw) | undefined;
  return () => {
    for (let tries = 0; tries < 100; tries++) {
      const at = atExponent(table, marginal(random));
      const sigma = Math.sqrt(regularRss(table, at.free.rss) / random.chiSquare(degrees));
      // (E, a) has precision [[s0, s1], [s1, s2]] / σ²: draw a from its marginal, then E given a.
      const a = at.free.a + sigma * Math.sqrt(at.s0 / determinant(at)) * random.normal();
      const E = at.free.E - (at.s1 / at.s0) * (a - at.free.a) + (sigma / Math.sqrt(at.s0)) * random.normal();
      if (E < table.floorAtLeast) break;
      if (a > 0) return { E, a, alpha: at.alpha, sigma };
    }
    onBound ??= fixedSampler({ ...table, fixedFloor: table.floorAtLeast }, random);
    return onBound();
  };
}

function fixedSampler(table: CentredTable, random: SeededRandom): () => Draw {
  const [degrees, logFactor] = fixedMarginal(table);
  const marginal = alphaMarginal(table, degrees, logFactor).sample;
  return () => {
    const at = atExponent(table, marginal(random));
    const sigma = Math.sqrt(regularRss(table, at.free.rss) / random.chiSquare(degrees));
    // With E held below every loss, the amplitude is positive but for noise as large as the signal.
    const a = Math.abs(at.free.a + (sigma / Math.sqrt(at.s2)) * random.normal());
    return { E: at.E, a, alpha: at.alpha, sigma };
  };
}

/** det XᵀWX, kept above 0 where rounding eats it. */
function determinant(at: Conditional): number {
  return Math.max(at.s0 * at.s2 - at.s1 ** 2, Number.MIN_VALUE);
}

function regularRss(table: CentredTable, rss: number): number {
  return Math.max(rss, table.leastRss) + table.y.length * LEAST_SIGMA ** 2;
}

/** The marginal posterior of α on a logarithmic grid that zooms in until the peak fills it: a sampler, and ln of its whole mass. */
function alphaMarginal(
  table: CentredTable,
  degrees: number,
  logFactor: (at: Conditional) => number,
): { sample: (random: SeededRandom) => number; logMass: number } {
  const nodes = 240;
  let low = Math.log(ALPHA_RANGE.low);
  let high = Math.log(ALPHA_RANGE.high);
  for (let zoom = 0; ; zoom++) {
    const width = (high - low) / nodes;
    const logs = Float64Array.from({ length: nodes }, (_, i) => {
      const alpha = Math.exp(low + (i + 0.5) * width);
      const at = atExponent(table, alpha);
      // + ln α: a flat prior on α over cells of equal width in ln α.
      return logFactor(at) - (degrees / 2) * Math.log(regularRss(table, at.free.rss)) + Math.log(alpha);
    });
    const top = logs.reduce((a, b) => Math.max(a, b));
    const masses = logs.map((value) => Math.exp(value - top));
    const first = masses.findIndex((mass) => mass > 1e-7);
    const last = masses.findLastIndex((mass) => mass > 1e-7);
    if (last - first < nodes / 3 && zoom < 40) {
      [low, high] = [low + (first - 1) * width, low + (last + 2) * width];
      continue;
    }
    const cumulative = masses.slice();
    for (let i = 1; i < nodes; i++) cumulative[i]! += cumulative[i - 1]!;
    const total = cumulative[nodes - 1]!;
    const sample = (random: SeededRandom): number => {
      const target = random.uniform() * total;
      const cell = cumulative.findIndex((value) => value >= target);
      return Math.exp(low + (cell + random.uniform()) * width);
    };
    return { sample, logMass: top + Math.log(total * width) };
  }
}

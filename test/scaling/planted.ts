/** Tables planted with a known law and seeded noise. */
import {
  type ParametricLaw,
  parametricLoss,
  type PowerPoint,
  powerLawAt,
  SeededRandom,
} from '../../src/scaling/index.ts';

/** The law of science: Besiroglu et al. 2404.10102. */
export const BESIROGLU: ParametricLaw = { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658 };

/** A curve like FactsWorld's MLPs: widths 8 to 64. */
export const FACTS = { E: 0.44, A: 35, alpha: 0.45 };

/** `count` sizes spaced evenly in ln x over a factor of `range`, with relative noise. */
export function plantPower(
  law: { E: number; A: number; alpha: number },
  { from = 2000, range = 48, count = 7, noise = 0, seed = 1 } = {},
): PowerPoint[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const x = from * range ** (i / (count - 1));
    return { x, y: powerLawAt(law, x) * (1 + noise * random.normal()) };
  });
}

/** 10 sizes × 6 amounts of data: 60 runs over N 1e6…1e10, D 1e8…1e12, with noise in ln loss. */
export function plantRuns(
  law: ParametricLaw,
  noise: number,
  seed = 1,
): { N: number; D: number; loss: number }[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: 60 }, (_, i) => {
    const N = 1e6 * 1e4 ** ((i % 10) / 9);
    const D = 1e8 * 1e4 ** (Math.floor(i / 10) / 5);
    return { N, D, loss: parametricLoss(law, N, D) * Math.exp(noise * random.normal()) };
  });
}

/** The result of a fit that must not be refused. */
export function accepted<T>(result: T): Exclude<T, { refused: unknown }> {
  if (typeof result === 'object' && result !== null && 'refused' in result) {
    throw new Error(`Refused: ${JSON.stringify(result)}`);
  }
  return result as Exclude<T, { refused: unknown }>;
}

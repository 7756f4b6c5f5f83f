/**
 * FactsWorld: K facts "key (a, b) has value v", the fact of rank k met with probability p_k ∝ k^−exponent, and a
 * share ε of the labels replaced by a uniform value. Learning it is memorising ever rarer facts, which gives
 * power laws in parameters and data (as in the quantization model of Michaud et al. 2023, arXiv:2303.13506),
 * and both the test loss and its floor are known without sampling.
 */
import { Random, Stream } from '../random.ts';
import { powerLaw } from './sampling.ts';
import type { Examples, Scores } from './task.ts';

/** Number of values a fact can have. */
export const VALUES = 64;

/** Ranks at which the accuracy of popular and rare facts is told apart: (0, 100], (100, 300], … */
const BAND_ENDS = [100, 300, 1000, 3000, Infinity];

export interface Facts {
  /** Keys are pairs (a, b) with a and b below this. */
  side: number;
  /** p_k [K], most popular first */
  popularity: Float64Array<ArrayBuffer>;
  /** a · side + b of each fact [K] */
  keys: Int32Array;
  /** 0..63 of each fact [K] */
  values: Int32Array;
}

/** The facts of a world, by rank: a random bijection from ranks to keys, and random values. */
export function makeFacts(count: number, exponent: number, world: number): Facts {
  const random = new Random(world, Stream.world);
  const side = Math.ceil(Math.sqrt(count));
  const cells = Int32Array.from({ length: side * side }, (_, cell) => cell);
  const keys = random.shuffle(cells).slice(0, count);
  const values = Int32Array.from({ length: count }, () => random.integer(VALUES));
  return { side, popularity: powerLaw(count, exponent), keys, values };
}

/** The value, or with probability `noise` a uniform one. */
export function noisy(value: number, noise: number, random: Random): number {
  return random.uniform() < noise ? random.integer(VALUES) : value;
}

/**
 * Entropy of a noisy label in nats, the floor of the loss:
 * E = −[q ln q + 63 (ε/64) ln(ε/64)] with q = 1 − ε + ε/64; 0.40013 at ε = 0.05.
 */
export function labelEntropy(noise: number): number {
  if (noise === 0) return 0;
  const other = noise / VALUES;
  const right = 1 - noise + other;
  return -(right * Math.log(right) + (VALUES - 1) * other * Math.log(other));
}

/**
 * Test loss without sampling, nats: Σ w [−(1 − ε) ln P(v) − ε mean_y ln P(y)] over a set that holds every fact
 * once with its clean value v and its weight w.
 */
export function exactLoss(set: Examples, scores: Scores, noise: number): number {
  return weighted(set, (i) => (1 - noise) * scores.loss[i]! - noise * scores.meanLogProbability[i]!);
}

/** Probability that the likeliest class is the clean value, for a fact drawn from the test distribution. */
export function exactAccuracy(set: Examples, scores: Scores): number {
  return weighted(set, (i) => Number(scores.prediction[i] === set.targets[i]));
}

function weighted(set: Examples, f: (position: number) => number): number {
  if (!set.weights) throw new TypeError('an exact score needs the weights of the facts');
  let sum = 0;
  set.weights.forEach((weight, i) => {
    if (weight > 0) sum += weight * f(i);
  });
  return sum;
}

/**
 * Share of the facts known in each band of ranks, every fact counted alike: `ranks101to300` and so on. The
 * scored positions of the set must hold the facts in the order of their ranks.
 */
export function bandAccuracies(set: Examples, scores: Scores): Record<string, number> {
  const right: boolean[] = [];
  set.targets.forEach((target, i) => {
    if (target >= 0) right.push(scores.prediction[i] === target);
  });
  const bands: Record<string, number> = {};
  let start = 0;
  for (const end of BAND_ENDS) {
    const band = right.slice(start, end);
    if (band.length === 0) break;
    bands[`ranks${start + 1}to${start + band.length}`] = band.filter(Boolean).length / band.length;
    start = end;
  }
  return bands;
}

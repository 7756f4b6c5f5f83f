/**
 * FactsWorld: K facts "key (a, b) has value v", the fact of rank k met with probability p_k ∝ k^−exponent, and a
 * share ε of the labels replaced by a uniform value. Learning it is memorising ever rarer facts, which gives
 * power laws in parameters and data (as in the quantization model of Michaud et al. 2023, arXiv:2303.13506),
 * and both the test loss and its floor are known without sampling.
 */
import { hash, Random, Stream } from '../random.ts';
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
 * Test loss without sampling: Σ w [(1 − ε) loss(v) + ε mean_y loss(y)] over a set that holds every fact once with its
 * clean value v and its weight w; loss(y) = −ln P(y) in nats, unless a run trains by another.
 */
export function exactLoss(set: Examples, scores: Scores, noise: number): number {
  return weighted(set, (i) => (1 - noise) * scores.loss[i]! + noise * scores.noiseLoss[i]!);
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

/** Questions of a paper, and papers of an exam. */
const QUESTIONS = 10;
const PAPERS = 2000;
/** Ranks from which papers are drawn, counted from 0: those after the first band, of middling fame. */
const EXAMINED = [BAND_ENDS[0]!, BAND_ENDS[1]!] as const;

/**
 * `exam10`: of 2,000 papers of ten different questions each, drawn from the facts of ranks 101 to 300, the share that has
 * no wrong answer. Every model sits the same papers. Without that band there is no exam.
 */
export function examsPassed(set: Examples, scores: Scores): Record<string, number> {
  const [start, end] = EXAMINED;
  const right = answers(set, scores).slice(start, end);
  if (right.length < end - start) return {};
  const passed = papers().filter((paper) => paper.every((question) => right[question])).length;
  return { [`exam${QUESTIONS}`]: passed / PAPERS };
}

let drawn: number[][] | undefined;

function papers(): number[][] {
  const size = EXAMINED[1] - EXAMINED[0];
  drawn ??= Array.from({ length: PAPERS }, (_, paper) => {
    const random = new Random(hash(paper), Stream.evaluation);
    const questions = new Set<number>();
    while (questions.size < QUESTIONS) questions.add(random.integer(size));
    return [...questions];
  });
  return drawn;
}

/** Whether each scored position is right, in the order of the set. */
function answers(set: Examples, scores: Scores): boolean[] {
  const right: boolean[] = [];
  set.targets.forEach((target, i) => {
    if (target >= 0) right.push(scores.prediction[i] === target);
  });
  return right;
}

/**
 * Share of the facts known in each band of ranks, every fact counted alike: `ranks101to300` and so on. The
 * scored positions of the set must hold the facts in the order of their ranks.
 */
export function bandAccuracies(set: Examples, scores: Scores): Record<string, number> {
  const right = answers(set, scores);
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

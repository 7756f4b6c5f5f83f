/**
 * Random numbers for data: PCG hashes of (seed, stream, index), so that any example can be made on its own and
 * the same seed gives the same bits everywhere. The GPU uses the same hash (shaders/random.wgsl).
 * Source: Jarzynski and Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020.
 */

/** PCG output hash of one 32-bit word. */
export function pcg(word: number): number {
  const state = (Math.imul(word, 747796405) + 2891336453) >>> 0;
  const mixed = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((mixed >>> 22) ^ mixed) >>> 0;
}

/** Hash of several words, order matters. */
export function hash(...words: number[]): number {
  let h = 0;
  for (const word of words) h = pcg((h ^ (word >>> 0)) >>> 0);
  return h;
}

/** A name as words for `hash`. */
export const wordsOf = (name: string): number[] => Array.from(name, (letter) => letter.charCodeAt(0));

/** One stream per purpose, so that a larger pool never changes the evaluation sets or the world. */
export const Stream = { train: 1, evaluation: 2, world: 3, split: 4 } as const;

/** A stream of random numbers for one purpose of one seed. */
export class Random {
  private index = 0;
  private readonly key: number;

  constructor(seed: number, stream = 0) {
    this.key = pcg(hash(seed, stream));
  }

  /** Uniform 32-bit word: hash(hash(seed, stream), index), with the first half of that hash done beforehand. */
  word(): number {
    return pcg((this.key ^ this.index++) >>> 0);
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(): number {
    return this.word() / 4294967296;
  }

  /** Uniform integer in [0, bound); bias below bound / 2³². */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Standard normal by Box and Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher and Yates) and returns the array. */
  shuffle<T extends { length: number; [i: number]: unknown }>(items: T): T {
    const list = items as { length: number; [i: number]: unknown };
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swap = list[i];
      list[i] = list[j];
      list[j] = swap;
    }
    return items;
  }
}

/** Distance between seeds that nobody has chosen: the replicas of a run take the seeds after its own. */
const SPACING = 10;
/** How many such seeds there are. */
const SPACED_SEEDS = 9_999;

/** One of the seeds 11, 21, … 99,991, by a number as large as you like. */
export const spacedSeed = (number: number): number => 1 + SPACING * (1 + (number % SPACED_SEEDS));

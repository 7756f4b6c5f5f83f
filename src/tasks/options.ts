/** Options that many tasks share; the vocabulary they are written in is src/schema.ts. */
import { choice, integer } from '../option-schema.ts';

/** Most 32-bit words in one table of examples: WebGPU's default limit for a storage binding is 128 MiB. */
export const MAX_WORDS = 2 ** 25;

type Whole = ReturnType<typeof integer>;

export const world = (): Whole =>
  integer(1, 0, 0xffffffff, 'Seed of the world itself: what is true in it. Runs with other seeds share it.');
export const pool = (fallback: number, max: number): Whole =>
  integer(fallback, 1, max, 'Rows in the pool of training examples; at least as many as a run draws.');
export const validation = (fallback: number): Whole =>
  integer(fallback, 1, 65536, 'Rows in the held-out validation set.');
/** Held-out sets are scored on the answer alone either way, so that runs can be compared. */
export const trainOn = (): ReturnType<typeof choice<'answer' | 'all'>> =>
  choice(['answer', 'all'], 'Which tokens training takes the loss on: those of the answer, or all of them.');

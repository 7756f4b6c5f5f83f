/** FactsWorld (facts.ts) for an MLP: the key's two ids in, the value out. */
import * as v from 'valibot';
import {
  bandAccuracies,
  exactAccuracy,
  exactLoss,
  examsPassed,
  labelEntropy,
  makeFacts,
  noisy,
  VALUES,
} from './facts.ts';
import { accuracy, brier } from './metrics.ts';
import { choice, integer, options, real } from '../option-schema.ts';
import { MAX_WORDS, pool, validation, world } from './options.ts';
import { Random, Stream } from '../random.ts';
import { Categorical, normalise } from './sampling.ts';
import type { Examples, Task } from './task.ts';

/** The facts that the easy-first curriculum begins with. */
const FIRST_FACTS = 16;

const schema = v.pipe(
  options({
    facts: integer(16384, FIRST_FACTS, 16384, 'Number of facts K; keys are pairs of ids below √K.'),
    exponent: real(1.3, 0, 3, 'Popularity of the fact of rank k is k to the minus this.'),
    noise: real(0.05, 0, 0.95, 'Share of the labels replaced by a uniform value.'),
    sampling: real(
      1,
      0,
      2,
      'Training draws facts with their popularity to this power; tests keep the popularity.',
    ),
    curriculum: choice(
      ['none', 'easy-first'],
      'Order of the training examples; easy-first starts with the popular facts and adds the rest over the first half of the pool.',
    ),
    unique: integer(
      0,
      0,
      MAX_WORDS / 2,
      'Distinct training examples, met again and again; 0 draws a fresh pool.',
    ),
    pool: pool(524288, MAX_WORDS / 2),
    validation: validation(4096),
    world: world(),
  }),
  v.forward(
    v.check(
      ({ curriculum, unique }) => curriculum === 'none' || unique === 0,
      'must be none where unique examples are repeated',
    ),
    ['curriculum'],
  ),
);

export type FactsWorldOptions = v.InferOutput<typeof schema>;

const facts = (options: FactsWorldOptions): ReturnType<typeof makeFacts> =>
  makeFacts(options.facts, options.exponent, options.world);

/** Rows of (a, b) → value, of the ranks that `draw` gives (0 is the most popular). */
function rows(
  options: FactsWorldOptions,
  count: number,
  draw: (row: number) => number,
  label: (value: number) => number,
): Examples {
  const { side, keys, values } = facts(options);
  const inputs = new Int32Array(2 * count);
  const targets = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const rank = draw(row);
    inputs[2 * row] = Math.floor(keys[rank]! / side);
    inputs[2 * row + 1] = keys[rank]! % side;
    targets[row] = label(values[rank]!);
  }
  return { rows: count, inputs, inputWidth: 2, targets, targetWidth: 1 };
}

function training(options: FactsWorldOptions, seed: number): Examples {
  const random = new Random(seed, Stream.train);
  const count = options.unique || options.pool;
  const { popularity } = facts(options);
  const ranks = new Categorical(normalise(popularity.map((p) => p ** options.sampling)));
  const label = (value: number): number => noisy(value, options.noise, random);
  if (options.curriculum === 'none') return rows(options, count, () => ranks.draw(random), label);
  return rows(
    options,
    count,
    (row) => {
      // The number of facts in play grows with the cube of the time until the middle of the pool.
      const time = Math.min(1, (2 * row) / count);
      const limit = FIRST_FACTS + (options.facts - FIRST_FACTS) * time ** 3;
      for (;;) {
        const rank = ranks.draw(random);
        if (rank < limit) return rank;
      }
    },
    label,
  );
}

export const factsworld: Task<FactsWorldOptions> = {
  name: 'factsworld',
  description: 'Memorise facts, some met often and most of them rarely: the value of every key.',
  schema,
  shape: (options) => ({
    inputs: { kind: 'tokens', vocabulary: Math.ceil(Math.sqrt(options.facts)), length: 2 },
    targets: { kind: 'classes', classes: VALUES, perRow: 1 },
  }),
  generate: (options, seed) => {
    const { popularity } = facts(options);
    const random = new Random(seed, Stream.evaluation);
    const ranks = new Categorical(popularity);
    return {
      train: training(options, seed),
      evaluation: {
        validation: rows(
          options,
          options.validation,
          () => ranks.draw(random),
          (value) => noisy(value, options.noise, random),
        ),
        facts: {
          ...rows(
            options,
            options.facts,
            (row) => row,
            (value) => value,
          ),
          weights: popularity,
        },
      },
      floor: labelEntropy(options.noise),
      ...(options.curriculum !== 'none' && { ordered: true }),
    };
  },
  metrics: (options, set, scores) =>
    set.weights
      ? {
          exactLoss: exactLoss(set, scores, options.noise),
          accuracy: exactAccuracy(set, scores),
          ...bandAccuracies(set, scores),
          ...examsPassed(set, scores),
        }
      : { accuracy: accuracy(set, scores), brier: brier(set, scores) },
  show: (_options, row) => `(${Array.from(row).join(', ')})`,
};

/**
 * FactsWorld (facts.ts) for a transformer: rows `a b v a b v …` of independent facts, scored on the values only.
 * Ids 0..63 are those of keys, 64..127 those of values.
 */
import type * as v from 'valibot';
import {
  bandAccuracies,
  exactAccuracy,
  exactLoss,
  examsPassed,
  type Facts,
  labelEntropy,
  makeFacts,
  noisy,
  VALUES,
} from './facts.ts';
import { accuracy, brier } from './metrics.ts';
import { integer, options, real } from '../option-schema.ts';
import { MAX_WORDS, pool, validation, world } from './options.ts';
import { Random, Stream } from '../random.ts';
import { Categorical } from './sampling.ts';
import type { Examples, Task } from './task.ts';

/** The id of value 0; below are the ids of keys. */
const FIRST_VALUE = 64;
const MAX_PER_ROW = 40;

const schema = options({
  facts: integer(4096, 16, FIRST_VALUE ** 2, 'Number of facts K; keys are pairs of ids below √K.'),
  perRow: integer(10, 1, MAX_PER_ROW, 'Facts in one row; the context length T is 3 times this minus 1.'),
  exponent: real(1.3, 0, 3, 'Popularity of the fact of rank k is k to the minus this.'),
  noise: real(0.05, 0, 0.95, 'Share of the labels replaced by a uniform value.'),
  pool: pool(65536, Math.floor(MAX_WORDS / (3 * MAX_PER_ROW))),
  validation: validation(512),
  world: world(),
});

export type FactsWorldSequenceOptions = v.InferOutput<typeof schema>;

/** Inputs per row: the last of the 3 · perRow tokens is only a target. */
const length = (options: FactsWorldSequenceOptions): number => 3 * options.perRow - 1;

/** Rows of facts; `draw` gives the rank of the next fact (0 is the most popular), or none to leave the rest empty. */
function rows(
  options: FactsWorldSequenceOptions,
  { side, keys, values }: Facts,
  count: number,
  draw: () => number | undefined,
  label: (value: number) => number,
): Examples {
  const T = length(options);
  const inputs = new Int32Array(count * T);
  const targets = new Int32Array(count * T).fill(-1);
  for (let row = 0; row < count; row++) {
    for (let slot = 0; slot < options.perRow; slot++) {
      const rank = draw();
      if (rank === undefined) break;
      const value = FIRST_VALUE + label(values[rank]!);
      const at = row * T + 3 * slot;
      inputs[at] = Math.floor(keys[rank]! / side);
      inputs[at + 1] = keys[rank]! % side;
      targets[at + 1] = value;
      if (slot + 1 < options.perRow) inputs[at + 2] = value;
    }
  }
  return { rows: count, inputs, inputWidth: T, targets, targetWidth: T };
}

/** Every fact once, popular ones first, with its clean value. What stands before a fact says nothing about it. */
function everyFact(options: FactsWorldSequenceOptions, facts: Facts): Examples {
  let rank = 0;
  const set = rows(
    options,
    facts,
    Math.ceil(options.facts / options.perRow),
    () => (rank < options.facts ? rank++ : undefined),
    (value) => value,
  );
  const weights = new Float64Array(set.targets.length);
  let next = 0;
  set.targets.forEach((target, i) => {
    if (target >= 0) weights[i] = facts.popularity[next++]!;
  });
  return { ...set, weights };
}

export const factsworldSequence: Task<FactsWorldSequenceOptions> = {
  name: 'factsworld-sequence',
  description: 'Memorise facts of very different popularity, read as a text of keys and values.',
  schema,
  shape: (options) => ({
    inputs: { kind: 'tokens', vocabulary: FIRST_VALUE + VALUES, length: length(options) },
    targets: {
      kind: 'classes',
      classes: FIRST_VALUE + VALUES,
      perRow: length(options),
      noiseClasses: [FIRST_VALUE, FIRST_VALUE + VALUES],
    },
  }),
  generate: (options, seed) => {
    const facts = makeFacts(options.facts, options.exponent, options.world);
    const ranks = new Categorical(facts.popularity);
    const drawn = (count: number, stream: number): Examples => {
      const random = new Random(seed, stream);
      return rows(
        options,
        facts,
        count,
        () => ranks.draw(random),
        (value) => noisy(value, options.noise, random),
      );
    };
    return {
      train: drawn(options.pool, Stream.train),
      evaluation: {
        validation: drawn(options.validation, Stream.evaluation),
        facts: everyFact(options, facts),
      },
      floor: labelEntropy(options.noise),
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
  show: (_options, row) =>
    Array.from(row, (id) => (id < FIRST_VALUE ? `${id}` : `=${id - FIRST_VALUE};`))
      .join(' ')
      .replaceAll(' =', '='),
};

/** Next-token prediction in the backoff language (backoff.ts), for a transformer. */
import * as v from 'valibot';
import { BackoffLanguage } from './backoff.ts';
import { languageRows } from './examples.ts';
import { accuracy, brier, meanLoss } from './metrics.ts';
import { integer, options } from '../option-schema.ts';
import { MAX_WORDS, pool, validation, world } from './options.ts';
import { Random, Stream } from '../random.ts';
import { symbol } from './symbols.ts';
import type { Examples, Task } from './task.ts';

const schema = v.pipe(
  options({
    vocabulary: integer(64, 4, 64, 'Number of symbols; symbol of rank r is drawn with weight 1/r.'),
    length: integer(32, 4, 256, 'Context length T in tokens.'),
    pool: pool(32768, MAX_WORDS / 4),
    validation: validation(512),
    world: world(),
  }),
  v.forward(
    v.check(
      ({ pool, length }) => pool * length <= MAX_WORDS,
      ({ input }) => `must be at most ${Math.floor(MAX_WORDS / input.length)} rows of this length`,
    ),
    ['pool'],
  ),
);

export type BackoffOptions = v.InferOutput<typeof schema>;

const languages = new Map<string, BackoffLanguage>();

/** The language of these options: its true probabilities, samples and entropy. Made once. */
export function language({ vocabulary, world }: BackoffOptions): BackoffLanguage {
  const key = `${vocabulary} ${world}`;
  const known = languages.get(key) ?? new BackoffLanguage(vocabulary, world);
  languages.set(key, known);
  return known;
}

/** The true probabilities of the token after `context` (any length; the last three tokens count) [V]. */
export function conditional(options: BackoffOptions, context: ArrayLike<number>): Float64Array {
  return language(options).conditional(context);
}

/** `count` tokens that continue a prompt, drawn from the true language. */
export function sample(
  options: BackoffOptions,
  prompt: ArrayLike<number>,
  count: number,
  seed: number,
): number[] {
  return language(options).sample(prompt, count, new Random(seed));
}

function rows(options: BackoffOptions, count: number, random: Random): Examples {
  const source = language(options);
  return languageRows(count, options.length, (tokens) => {
    source.fill(tokens, random);
    return 1;
  });
}

/** Mean −ln p of the truth itself on the rows of a set: what a perfect model would score there. */
const truths = new WeakMap<Examples, number>();

function truth(options: BackoffOptions, set: Examples): number {
  const known = truths.get(set);
  if (known !== undefined) return known;
  const T = options.length;
  const source = language(options);
  let sum = 0;
  for (let row = 0; row < set.rows; row++) {
    const tokens = [set.inputs[row * T]!, ...set.targets.subarray(row * T, (row + 1) * T)];
    sum += source
      .score(tokens)
      .subarray(1)
      .reduce((total, loss) => total + loss, 0);
  }
  const mean = sum / (set.rows * T);
  truths.set(set, mean);
  return mean;
}

export const backoffLanguage: Task<BackoffOptions> = {
  name: 'backoff-language',
  description: 'Predict the next symbol of a made-up language whose entropy is known exactly.',
  schema,
  shape: ({ vocabulary, length }) => ({
    inputs: { kind: 'tokens', vocabulary, length },
    targets: { kind: 'classes', classes: vocabulary, perRow: length },
  }),
  generate: (options, seed) => ({
    train: rows(options, options.pool, new Random(seed, Stream.train)),
    evaluation: { validation: rows(options, options.validation, new Random(seed, Stream.evaluation)) },
    floor: language(options).entropy(options.length),
  }),
  metrics: (options, set, scores) => ({
    accuracy: accuracy(set, scores),
    brier: brier(set, scores),
    // Both losses are of the same tokens, so that the luck of the sample cancels.
    ...(scores.inNats && { excess: meanLoss(set, scores) - truth(options, set) }),
  }),
  score: (options, tokens) => language(options).score(tokens),
  show: (_options, row) => Array.from(row, symbol).join(''),
};

/**
 * Copying: ℓ distinct random tokens repeat with period ℓ. To predict the next token a transformer must look for
 * the last place where the present one stood, and copy what followed: the induction head, which needs two
 * layers. ℓ varies from row to row, or one layer could copy from a fixed distance.
 * Olsson et al. 2022, arXiv:2209.11895.
 */
import * as v from 'valibot';
import { languageRows } from './examples.ts';
import { accuracy, brier, exactMatch, meanEditDistance } from './metrics.ts';
import { integer, options } from '../option-schema.ts';
import { message } from '../schema.ts';
import { MAX_WORDS, pool, trainOn, validation } from './options.ts';
import { Random, Stream } from '../random.ts';
import { symbol } from './symbols.ts';
import type { Examples, Task } from './task.ts';

const MAX_LENGTH = 128;

const schema = v.pipe(
  options({
    vocabulary: integer(64, 4, 64, 'Number of different tokens.'),
    shortest: integer(6, 2, 64, 'Shortest period.'),
    longest: integer(16, 2, 64, 'Longest period.'),
    length: integer(40, 4, MAX_LENGTH, 'Context length T in tokens.'),
    trainOn: trainOn(),
    pool: pool(40960, MAX_WORDS / MAX_LENGTH),
    validation: validation(512),
  }),
  v.forward(
    v.check(({ shortest, longest }) => shortest <= longest, message('shortest-period')),
    ['shortest'],
  ),
  v.forward(
    v.check(
      ({ longest, vocabulary, length }) => longest <= vocabulary && longest < length,
      message('longest-period'),
    ),
    ['longest'],
  ),
);

export type InductionOptions = v.InferOutput<typeof schema>;

function rows(
  options: InductionOptions,
  count: number,
  random: Random,
  scored: InductionOptions['trainOn'],
): Examples {
  const { vocabulary, shortest, longest, length } = options;
  const symbols = Int32Array.from({ length: vocabulary }, (_, id) => id);
  return languageRows(count, length, (tokens) => {
    const period = shortest + random.integer(longest - shortest + 1);
    for (let i = 0; i < period; i++) {
      // The first steps of a shuffle: a random choice among the symbols not yet taken.
      const j = i + random.integer(vocabulary - i);
      const chosen = symbols[j]!;
      symbols[j] = symbols[i]!;
      symbols[i] = chosen;
      tokens[i] = chosen;
    }
    for (let t = period; t <= length; t++) tokens[t] = tokens[t - period]!;
    // Token ℓ is the first repeated one, which shows that the period is over; from the next on all is certain.
    return scored === 'all' ? 1 : period + 1;
  });
}

/** Loss of a model that knows the ℓ tokens of a row but not their order: mean ln ℓ, nats. */
export function guessLoss({ shortest, longest, length }: InductionOptions): number {
  let loss = 0;
  let scored = 0;
  for (let period = shortest; period <= longest; period++) {
    loss += (length - period) * Math.log(period);
    scored += length - period;
  }
  return loss / scored;
}

export const induction: Task<InductionOptions> = {
  name: 'induction',
  description: 'Copy a sequence that repeats itself, by finding what followed the last time.',
  schema,
  shape: ({ vocabulary, length }) => ({
    inputs: { kind: 'tokens', vocabulary, length },
    targets: { kind: 'classes', classes: vocabulary, perRow: length },
  }),
  generate: (options, seed) => ({
    train: rows(options, options.pool, new Random(seed, Stream.train), options.trainOn),
    evaluation: {
      validation: rows(options, options.validation, new Random(seed, Stream.evaluation), 'answer'),
    },
    floor: 0,
  }),
  metrics: (_options, set, scores) => ({
    accuracy: accuracy(set, scores),
    exactMatch: exactMatch(set, scores),
    editDistance: meanEditDistance(set, scores),
    brier: brier(set, scores),
  }),
  show: (_options, row) => Array.from(row, symbol).join(''),
};

/**
 * Addition modulo a prime from part of its table: the task of grokking, where a network first memorises the
 * pairs that it is shown and much later finds the rule. Power et al. 2022, arXiv:2201.02177; Gromov 2023,
 * arXiv:2301.02679; Nanda et al. 2023, arXiv:2301.05217.
 */
import * as v from 'valibot';
import { accuracy, brier } from './metrics.ts';
import { choice, integer, options, real } from '../option-schema.ts';
import { message } from '../schema.ts';
import { Random, Stream } from '../random.ts';
import type { Examples, Task } from './task.ts';

const schema = v.pipe(
  options({
    prime: integer(59, 3, 257, 'The modulus p; there are p² pairs.'),
    fraction: real(0.4, 0.05, 0.95, 'Share of the pairs to train on; the seed of the run chooses them.'),
    form: choice(
      ['pair', 'sequence'],
      'How the question is put: a pair of ids for an MLP, or the sequence a b = for a transformer.',
    ),
  }),
  v.forward(
    v.check(({ prime }) => isPrime(prime), message('prime')),
    ['prime'],
  ),
);

export type ModularAdditionOptions = v.InferOutput<typeof schema>;

function isPrime(n: number): boolean {
  for (let factor = 2; factor * factor <= n; factor++) if (n % factor === 0) return false;
  return true;
}

function rows({ prime, form }: ModularAdditionOptions, pairs: Int32Array): Examples {
  const width = form === 'pair' ? 2 : 3;
  const targetWidth = form === 'pair' ? 1 : 3;
  const inputs = new Int32Array(pairs.length * width);
  const targets = new Int32Array(pairs.length * targetWidth).fill(-1);
  pairs.forEach((pair, row) => {
    const [a, b] = [Math.floor(pair / prime), pair % prime];
    inputs.set(form === 'pair' ? [a, b] : [a, b, prime], row * width);
    targets[(row + 1) * targetWidth - 1] = (a + b) % prime;
  });
  return { rows: pairs.length, inputs, inputWidth: width, targets, targetWidth };
}

export const modularAddition: Task<ModularAdditionOptions> = {
  name: 'modular-addition',
  description: 'Fill in the table of addition modulo a prime from a part of it.',
  schema,
  shape: ({ prime, form }) =>
    form === 'pair'
      ? {
          inputs: { kind: 'tokens', vocabulary: prime, length: 2 },
          targets: { kind: 'classes', classes: prime, perRow: 1 },
        }
      : {
          inputs: { kind: 'tokens', vocabulary: prime + 1, length: 3 },
          targets: { kind: 'classes', classes: prime + 1, perRow: 3 },
        },
  generate: (options, seed) => {
    const all = Int32Array.from({ length: options.prime ** 2 }, (_, pair) => pair);
    const pairs = new Random(seed, Stream.split).shuffle(all);
    const split = Math.min(pairs.length - 1, Math.max(1, Math.round(options.fraction * pairs.length)));
    const train = rows(options, pairs.subarray(0, split));
    // The training set is scored as well: grokking is the time between its accuracy and that of the rest.
    return { train, evaluation: { validation: rows(options, pairs.subarray(split)), train }, floor: 0 };
  },
  metrics: (_options, set, scores) => ({ accuracy: accuracy(set, scores), brier: brier(set, scores) }),
  show: ({ prime }, row) => {
    const [a, b, equals] = Array.from(row);
    if (b === undefined) return `${a}`;
    return `${a} + ${b}${equals === prime ? ' =' : ''} (mod ${prime})`;
  },
};

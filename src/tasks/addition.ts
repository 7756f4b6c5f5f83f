/**
 * Addition as text, `34+57=190`: operands padded with zeros, the sum with its units first, scored on the sum.
 * A model must find an algorithm: every answer digit depends on two digits and a carry. Digits are the ids 0–9.
 */
import type * as v from 'valibot';
import { languageRows } from './examples.ts';
import { accuracy, brier, columnAccuracy, exactMatch, meanEditDistance } from './metrics.ts';
import { integer, options, real } from '../option-schema.ts';
import { MAX_WORDS, pool, trainOn, validation, world } from './options.ts';
import { hash, Random, Stream } from '../random.ts';
import type { Examples, Task } from './task.ts';

const PLUS = 10;
const EQUALS = 11;
const SYMBOLS = '0123456789+=';
const MAX_DIGITS = 4;

const schema = options({
  digits: integer(2, 2, MAX_DIGITS, 'Digits of each operand.'),
  heldOut: real(0.05, 0.01, 0.5, 'Share of the pairs of operands that training never sees.'),
  trainOn: trainOn(),
  pool: pool(65536, Math.floor(MAX_WORDS / (3 * MAX_DIGITS + 2))),
  validation: validation(512),
  world: world(),
});

export type AdditionOptions = v.InferOutput<typeof schema>;

/** Inputs per row: k digits, +, k digits, =, k + 1 digits, less the last, which is only a target. */
const length = ({ digits }: AdditionOptions): number => 3 * digits + 2;

/** Whether a pair is kept from training; `a+b` and `b+a` go together, as one gives the other away. */
export function isHeldOut({ heldOut, world }: AdditionOptions, a: number, b: number): boolean {
  return hash(world, Stream.split, Math.min(a, b), Math.max(a, b)) < heldOut * 2 ** 32;
}

/** @param first place of the first token that is scored */
function rows(
  options: AdditionOptions,
  count: number,
  first: number,
  pair: (row: number) => readonly [number, number],
): Examples {
  const k = options.digits;
  return languageRows(count, length(options), (tokens, row) => {
    const [a, b] = pair(row);
    for (let i = 0; i < k; i++) {
      tokens[i] = digit(a, k - 1 - i);
      tokens[k + 1 + i] = digit(b, k - 1 - i);
    }
    tokens[k] = PLUS;
    tokens[2 * k + 1] = EQUALS;
    for (let i = 0; i <= k; i++) tokens[answerOf(options) + i] = digit(a + b, i);
    return first;
  });
}

/** The place of the first digit of the sum. */
const answerOf = ({ digits }: AdditionOptions): number => 2 * digits + 2;

/** The digit that counts 10^place. */
const digit = (number: number, place: number): number => Math.floor(number / 10 ** place) % 10;

function training(options: AdditionOptions, random: Random): Examples {
  const bound = 10 ** options.digits;
  // Nothing comes before the first token, so it is no target.
  const first = options.trainOn === 'all' ? 1 : answerOf(options);
  return rows(options, options.pool, first, () => {
    for (;;) {
      const a = random.integer(bound);
      const b = random.integer(bound);
      if (!isHeldOut(options, a, b)) return [a, b];
    }
  });
}

/** Distinct pairs that are held out, as many as asked for or as there are. */
function heldOutRows(options: AdditionOptions, random: Random): Examples {
  const bound = 10 ** options.digits;
  const start = random.integer(bound * bound);
  // A stride without common factor with 10 visits every pair once, in an order without pattern that matters.
  const stride = (618 * bound * bound) / 1000 + 1;
  const pairs: [number, number][] = [];
  for (let i = 0; i < bound * bound && pairs.length < options.validation; i++) {
    const pair = (start + i * stride) % (bound * bound);
    const [a, b] = [Math.floor(pair / bound), pair % bound];
    if (isHeldOut(options, a, b)) pairs.push([a, b]);
  }
  return rows(options, pairs.length, answerOf(options), (row) => pairs[row]!);
}

export const addition: Task<AdditionOptions> = {
  name: 'addition',
  description: 'Add numbers written as text and predict the digits of the sum.',
  schema,
  shape: (options) => ({
    inputs: { kind: 'tokens', vocabulary: SYMBOLS.length, length: length(options) },
    targets: { kind: 'classes', classes: SYMBOLS.length, perRow: length(options) },
  }),
  generate: (options, seed) => ({
    train: training(options, new Random(seed, Stream.train)),
    evaluation: { validation: heldOutRows(options, new Random(seed, Stream.evaluation)) },
    floor: 0,
  }),
  metrics: (options, set, scores) => {
    const k = options.digits;
    const digits: Record<string, number> = {};
    for (let i = 0; i <= k; i++) digits[`digit${i + 1}`] = columnAccuracy(set, scores, 2 * k + 1 + i);
    return {
      accuracy: accuracy(set, scores),
      exactMatch: exactMatch(set, scores),
      ...digits, // units first
      editDistance: meanEditDistance(set, scores),
      brier: brier(set, scores),
    };
  },
  show: (_options, row) => Array.from(row, (id) => SYMBOLS[id]).join(''),
};

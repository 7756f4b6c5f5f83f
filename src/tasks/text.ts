/**
 * Next-symbol prediction on a text of the user's own. The tail of the text is held out as one piece, so that no
 * window of the validation set overlaps one of training.
 */
import * as v from 'valibot';
import { languageRows } from './examples.ts';
import { accuracy, brier, meanLoss } from './metrics.ts';
import { choice, integer, integerOrFitting, options, real, string } from '../option-schema.ts';
import { MAX_WORDS, pool, validation } from './options.ts';
import { Random, Stream } from '../random.ts';
import type { Examples, Scores, Task } from './task.ts';

const MAX_LENGTH = 128;

/** A text to start with, small enough to read while a model learns it. */
const SAMPLE = `A machine that learns is a machine that guesses. It reads a letter and guesses the next one. \
At first every guess is as good as any other, and nearly all of them are wrong. Then it finds that some letters \
are common and some are rare, and it guesses the common ones. Then it finds that a letter depends on the letter \
before it, and that a vowel often follows a consonant. Then it finds words. It does not know what the words mean, \
but it knows that after the letters t and h there is often an e, and that after a full stop there is a space and \
then a large letter.

How much better does it guess when it is larger? How much better when it reads more? How much better when it \
reads for longer? These are three questions with one kind of answer. Each time the machine grows by the same \
factor, the loss falls by the same factor, until it comes near to the part that nobody can guess. The part that \
nobody can guess is called the entropy of the text, and for a text like this one nobody knows it.

A small machine that reads a small text many times will learn it by heart. You can see this happen: the loss on \
the part that it reads goes on falling, and the loss on the part that it never reads stops falling and begins to \
rise. Then it is time to stop, or to read more. Paste a text of your own and see how far the machine comes. A poem \
is short, a novel is long, and a list of names is a good place to begin.`;

/** Enough for alphabets, and what every text had before vocabularies followed the script: other defaults begin beyond it. */
const USUAL_VOCABULARY = 256;
/** More would make the embedding of a tiny model larger than all the rest of it. */
const LARGEST_FITTING = 2048;
/** A vocabulary is large enough if so much of the text is lost to its one rare symbol. */
const LITTLE = 0.02;

const entries = options({
  text: string(SAMPLE, 100, 2_000_000, 'The text to learn.'),
  units: choice(['characters', 'bytes'], 'What a symbol is: a character, or a byte of the UTF-8 form.'),
  vocabulary: integerOrFitting(
    USUAL_VOCABULARY,
    2,
    4096,
    'Most symbols to tell apart; the rarest others become one. If not given, as many as the script needs.',
  ),
  length: integer(32, 4, MAX_LENGTH, 'Context length T in symbols.'),
  heldOut: real(0.1, 0.01, 0.5, 'Share of the text, at its end, that training never reads.'),
  pool: pool(16384, MAX_WORDS / MAX_LENGTH),
  validation: validation(512),
});

export type TextOptions = v.InferOutput<typeof entries> & { vocabulary: number };

const schema = v.pipe(
  entries,
  // All keys in the order of the entries, whether or not the vocabulary was given: a run is known by them.
  v.transform(({ text, units, vocabulary, ...rest }): TextOptions => ({
    text,
    units,
    vocabulary: vocabulary ?? fittingVocabulary(text, units),
    ...rest,
  })),
  v.forward(
    v.check(
      (options) => tailLength(options) > options.length,
      ({ input }) => `is too short: its held-out tail must be longer than ${input.length} symbols`,
    ),
    ['text'],
  ),
);

/** Stands for all symbols that are too rare. */
const RARE = -1;

interface Encoded {
  /** The symbols' code points or bytes, ascending; −1, the first if present, stands for all that are too rare. */
  symbols: number[];
  /** The whole text as ids */
  ids: Int32Array;
}

type Units = TextOptions['units'];

interface Counted {
  units: ArrayLike<number> & Iterable<number>;
  counts: Map<number, number>;
  /** distinct symbols, the commonest first */
  ranked: number[];
}

let lastCounted: { text: string; by: Units; counted: Counted } | undefined;

function count(text: string, by: Units): Counted {
  if (lastCounted?.text === text && lastCounted.by === by) return lastCounted.counted;
  const units = split(text, by);
  const counts = new Map<number, number>();
  for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const ranked = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
  const counted = { units, counts, ranked };
  lastCounted = { text, by, counted };
  return counted;
}

/** Share of the symbols that a vocabulary does not tell apart. */
function rareShareOf({ units, counts, ranked }: Counted, vocabulary: number): number {
  if (ranked.length <= vocabulary) return 0;
  const told = ranked.slice(0, vocabulary - 1).reduce((sum, unit) => sum + counts.get(unit)!, 0);
  return 1 - told / units.length;
}

/** The smallest of 256, 512, 1,024 and 2,048 symbols that loses little of the text, or the largest. */
function fittingVocabulary(text: string, by: Units): number {
  const counted = count(text, by);
  let vocabulary = USUAL_VOCABULARY;
  while (vocabulary < LARGEST_FITTING && rareShareOf(counted, vocabulary) > LITTLE) vocabulary *= 2;
  return vocabulary;
}

/** The last text that was encoded: shape, generate and show ask for the same one again and again. */
let last: { key: readonly unknown[]; encoded: Encoded } | undefined;

/** The text as ids below `symbols.length`. */
export function encode(options: Pick<TextOptions, 'text' | 'units' | 'vocabulary'>): Encoded {
  const key = [options.text, options.units, options.vocabulary];
  if (last?.key.every((part, i) => part === key[i])) return last.encoded;
  const { units, ranked } = count(options.text, options.units);
  const told =
    ranked.length > options.vocabulary ? [RARE, ...ranked.slice(0, options.vocabulary - 1)] : ranked;
  const symbols = told.toSorted((a, b) => a - b);
  const id = new Map(symbols.map((unit, i) => [unit, i]));
  const encoded = { symbols, ids: Int32Array.from(units, (unit) => id.get(unit) ?? 0) };
  last = { key, encoded };
  return encoded;
}

/** Code points or UTF-8 bytes. */
function split(text: string, units: Units): ArrayLike<number> & Iterable<number> {
  if (units === 'bytes') return new TextEncoder().encode(text);
  return Array.from(text, (character) => character.codePointAt(0)!);
}

/** Symbols in the held-out tail. */
function tailLength(options: TextOptions): number {
  return Math.floor(options.heldOut * count(options.text, options.units).units.length);
}

/** Rows that read `ids` from the given starts. */
function windows(
  ids: Int32Array,
  { length }: TextOptions,
  rows: number,
  start: (row: number) => number,
): Examples {
  return languageRows(rows, length, (tokens, row) => {
    const from = start(row);
    tokens.set(ids.subarray(from, from + length + 1));
    return 1;
  });
}

/** What the numbers are where the symbol in question was told apart, and how often it was not. */
function withoutRare(set: Examples, scores: Scores): Record<string, number> {
  // Its id is 0, and no loss is taken at −1.
  const targets = Int32Array.from(set.targets);
  const known = { ...set, targets: targets.map((target) => (target === 0 ? -1 : target)) };
  const number = (of: (target: number) => boolean): number => targets.filter(of).length;
  return {
    rareShare: number((target) => target === 0) / number((target) => target >= 0),
    accuracyWithoutRare: accuracy(known, scores),
    ...(scores.inNats && { bitsWithoutRare: meanLoss(known, scores) / Math.LN2 }),
  };
}

export const text: Task<TextOptions> = {
  name: 'text',
  description: 'Predict the next character of a text of your own.',
  schema,
  shape: (options) => {
    const vocabulary = encode(options).symbols.length;
    return {
      inputs: { kind: 'tokens', vocabulary, length: options.length },
      targets: { kind: 'classes', classes: vocabulary, perRow: options.length },
    };
  },
  generate: (options, seed) => {
    const { ids } = encode(options);
    const { length } = options;
    const random = new Random(seed, Stream.train);
    const head = ids.subarray(0, ids.length - tailLength(options));
    const tail = ids.subarray(head.length);
    // The windows of the tail lie side by side: each symbol but the first is a target once.
    const tailRows = Math.min(options.validation, Math.floor((tail.length - 1) / length));
    return {
      train: windows(head, options, options.pool, () => random.integer(head.length - length)),
      evaluation: { validation: windows(tail, options, tailRows, (row) => row * length) },
    };
  },
  metrics: (options, set, scores) => ({
    accuracy: accuracy(set, scores),
    ...(scores.inNats && { bitsPerSymbol: meanLoss(set, scores) / Math.LN2 }),
    brier: brier(set, scores),
    ...(encode(options).symbols[0] === RARE && withoutRare(set, scores)),
  }),
  rareShare: (options) => rareShareOf(count(options.text, options.units), options.vocabulary),
  show: (options, row) => {
    const { symbols } = encode(options);
    const units = Array.from(row, (id) => symbols[id] ?? -1);
    if (options.units === 'characters') {
      return units.map((unit) => (unit < 0 ? '\ufffd' : String.fromCodePoint(unit))).join('');
    }
    return new TextDecoder().decode(Uint8Array.from(units, (unit) => (unit < 0 ? 0xff : unit)));
  },
};

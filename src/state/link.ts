/**
 * Share links: everything that is on the screen of a lesson, small enough for a message. A link is untrusted input:
 * what is malformed, oversized or unknown is refused with a reason.
 *
 * Format: as packed.ts has it; SharedSchema says what it may hold.
 */
import * as v from 'valibot';
import { OUTCOMES } from '../findings/findings.ts';
import { readJSON } from '../json.ts';
import { options } from '../option-schema.ts';
import { list, message, parse, record } from '../schema.ts';
import { LinkError, packJSON, unpackJSON } from './packed.ts';

/** Longest link that is read, and the most that it may unfold to. */
const MOST_CHARACTERS = 16_384;
const MOST_BYTES = 65_536;

const name = (what: string): v.GenericSchema<string> =>
  v.pipe(v.string(`must be ${what}`), v.regex(/^[\w.-]{1,60}$/, `must be ${what}`));
const finite = v.pipe(v.number('must be a number'), v.finite('must be finite'));
/** Of a name in a link; those of devices are as long as drivers make them. */
export const MOST_OF_A_NAME = 120;
const label = v.pipe(
  v.string('must be a text'),
  v.maxLength(MOST_OF_A_NAME, `must have at most ${MOST_OF_A_NAME} characters`),
);

/** How many changes, numbers or points a link may have. */
const MOST_ENTRIES = 200;
const few = <S extends v.GenericSchema>(
  item: S,
  allowed: string,
): v.GenericSchema<Record<string, v.InferOutput<S>>> => record(v.string(), item, MOST_ENTRIES, allowed);
const points = list(v.tuple([finite, finite], 'must be a point'), MOST_ENTRIES, 'must be a list of points');

const MOST_SEED = 0xffffffff;
const SEED = message('integer', 0, MOST_SEED);

const SharedSchema = options({
  lesson: name('the name of a lesson'),
  size: v.picklist(['small', 'standard', 'large'], message('choice', 'small, standard, large')),
  seed: v.pipe(v.number(SEED), v.integer(SEED), v.minValue(0, SEED), v.maxValue(MOST_SEED, SEED)),
  /** values by path of the specs, as the lesson's tries and knobs set them; the worker checks them */
  changes: v.optional(few(v.unknown(), 'must be an object of values by path'), {}),
  /** what was predicted: levels by the name of the number, or the points of a curve */
  prediction: v.optional(
    few(v.union([finite, points], 'must be a number or a list of points'), 'must be predictions by name'),
    {},
  ),
  /** how it is looked at: scales, hidden series, the chosen metric */
  view: v.optional(few(v.union([label, finite, v.boolean()]), 'must be an object of choices'), {}),
  result: v.optional(
    options({
      device: label,
      /** of the losses: equal where the same bits were computed */
      digest: name('a digest'),
      numbers: few(finite, 'must be numbers by name'),
      /** what it says of the lesson's claim */
      outcome: v.optional(v.picklist(OUTCOMES, `must be one of ${OUTCOMES.join(', ')}`)),
      /** the curve that the lesson asks for, thinned */
      curve: v.optional(points),
    }),
  ),
});

export type Shared = v.InferOutput<typeof SharedSchema>;

export { LinkError } from './packed.ts';

export const encodeLink = (shared: Shared): Promise<string> => packJSON(shared);

/**
 * What the address of a lesson says in plain words, as figures in other pages link to it:
 * `?size=small&seed=3&changes={"steps":500}`.
 * @throws LinkError
 */
export function plainLink(lesson: string, words: URLSearchParams): Shared {
  const seed = words.get('seed');
  const changes = words.get('changes') ?? '{}';
  if (changes.length > MOST_CHARACTERS) {
    throw new LinkError(
      'changes-too-long',
      `This link's changes have more than ${MOST_CHARACTERS} characters.`,
      [MOST_CHARACTERS],
    );
  }
  try {
    return parse(SharedSchema, {
      lesson,
      size: words.get('size') ?? 'standard',
      seed: seed === null ? 1 : seed === '' ? NaN : Number(seed),
      changes: readJSON(changes, 'changes', { characters: MOST_CHARACTERS }),
    });
  } catch (error) {
    throw refusal(error);
  }
}

/** @throws LinkError */
export async function decodeLink(given: string): Promise<Shared> {
  try {
    return parse(SharedSchema, await unpackJSON(given, { characters: MOST_CHARACTERS, bytes: MOST_BYTES }));
  } catch (error) {
    throw refusal(error);
  }
}

const refusal = (error: unknown): unknown =>
  LinkError.from(error, 'link-unusable', 'This link cannot be used:');

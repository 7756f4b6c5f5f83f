/**
 * Share links: everything that is on the screen of a lesson, small enough for a message. A link is untrusted input:
 * what is malformed, oversized or unknown is refused with a reason.
 *
 * Format: base64url of deflated JSON, of which SharedSchema says what it may hold.
 */
import * as v from 'valibot';
import { readJSON } from '../json.ts';
import { list, options, parse, record, SchemaError } from '../schema.ts';

/** Longest link that is read, and the most that it may unfold to. */
const MOST_CHARACTERS = 16_384;
const MOST_BYTES = 65_536;

const name = (what: string): v.GenericSchema<string> =>
  v.pipe(v.string(`must be ${what}`), v.regex(/^[\w.-]{1,60}$/, `must be ${what}`));
const finite = v.pipe(v.number('must be a number'), v.finite('must be finite'));
const label = v.pipe(v.string('must be a text'), v.maxLength(120, 'must have at most 120 characters'));

/** How many changes, numbers or points a link may have. */
const MOST_ENTRIES = 200;
const few = <S extends v.GenericSchema>(
  item: S,
  allowed: string,
): v.GenericSchema<Record<string, v.InferOutput<S>>> => record(v.string(), item, MOST_ENTRIES, allowed);
const points = list(v.tuple([finite, finite], 'must be a point'), MOST_ENTRIES, 'must be a list of points');

const SharedSchema = options({
  lesson: name('the name of a lesson'),
  size: v.picklist(['small', 'standard', 'large'], 'must be small, standard or large'),
  seed: v.pipe(
    v.number('must be an integer'),
    v.integer('must be an integer'),
    v.minValue(0, 'must not be negative'),
    v.maxValue(0xffffffff, 'must be below 2³²'),
  ),
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
    }),
  ),
});

export type Shared = v.InferOutput<typeof SharedSchema>;

/** A link that says nothing that can be shown; the message is for people. */
export class LinkError extends Error {
  override name = 'LinkError';
}

export async function encodeLink(shared: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  const packed = await collect(
    new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')),
    Infinity,
  );
  return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * What the address of a lesson says in plain words, as figures in other pages link to it:
 * `?size=small&seed=3&changes={"steps":500}`.
 * @throws LinkError
 */
export function plainLink(lesson: string, words: URLSearchParams): Shared {
  const seed = words.get('seed');
  const changes = words.get('changes') ?? '{}';
  if (changes.length > MOST_CHARACTERS) {
    throw new LinkError(`This link's changes have more than ${MOST_CHARACTERS} characters.`);
  }
  return refusing(() =>
    parse(SharedSchema, {
      lesson,
      size: words.get('size') ?? 'standard',
      seed: seed === null ? 1 : seed === '' ? NaN : Number(seed),
      changes: readJSON(changes, 'changes', { characters: MOST_CHARACTERS }),
    }),
  );
}

/** @throws LinkError */
export async function decodeLink(given: string): Promise<Shared> {
  const text = packedIn(given);
  if (text.length > MOST_CHARACTERS) {
    throw new LinkError(`This link has ${text.length} characters; at most ${MOST_CHARACTERS} are read.`);
  }
  let json: string;
  try {
    const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const bytes = await collect(
      new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')),
      MOST_BYTES,
    );
    json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!json.startsWith('{') && !json.startsWith('[')) throw new Error('no JSON');
  } catch (error) {
    if (error instanceof LinkError) throw error;
    throw new LinkError(DAMAGED);
  }
  return refusing(() => parse(SharedSchema, jsonOf(json)));
}

const DAMAGED = 'This link is damaged: a part of it is missing or was changed on the way.';

/** @throws LinkError, SchemaError */
function jsonOf(text: string): unknown {
  try {
    return readJSON(text, 'link', { characters: MOST_BYTES });
  } catch (error) {
    if ((error as Error).message.includes('is not JSON')) throw new LinkError(DAMAGED);
    throw error;
  }
}

/**
 * The signs of a packed link at the beginning of a text: what messengers put into it or behind it is no sign of one. A
 * text that goes on with other signs stays as it is, and will be refused.
 */
function packedIn(given: string): string {
  const text = given
    .slice(0, 2 * MOST_CHARACTERS)
    .replace(/%[0-9a-f]{2}/gi, decodeOne)
    .replace(/[\s\p{Cf}]+/gu, '');
  const [, packed = '', rest = ''] = /^([\w-]*)(.*)$/s.exec(text) ?? [];
  return /^([?&#].*|[^\w-]*)$/s.test(rest) ? packed : text;
}

const decodeOne = (code: string): string => String.fromCharCode(parseInt(code.slice(1), 16));

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SchemaError) throw new LinkError(`This link cannot be used: ${error.message}`);
    throw error;
  }
}

/** All bytes of a stream, which may be no more than `most`: a few bytes can unfold to gigabytes. */
async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new LinkError(`This link unfolds to more than ${most} bytes.`);
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/**
 * A member's result as a text that fits a message and a QR code. It is untrusted input, as a share link is.
 *
 * Format: as state/packed.ts has it, of an object whose keys are KEYS; lists of pairs stand one after the other.
 */
import { isObject } from '../schema.ts';
import { LinkError, packJSON, unpackJSON } from '../state/packed.ts';
import {
  type Given,
  type MemberResult,
  memberResult,
  MOST_NUMBERS,
  MOST_POINTS,
  parseResult,
} from './result.ts';

/** What a member gives has at most so many characters, all of ASCII. */
export const MOST_CHARACTERS = 700;
/** That a text of so many characters may unfold to. */
const MOST_BYTES = 8_192;
/** Longest text that is read as one result. */
const MOST_READ = 4_096;
const VERSION = 1;

const KEYS = {
  lesson: 'l',
  size: 's',
  seed: 'd',
  member: 'm',
  at: 't',
  device: 'k',
  digest: 'g',
  outcome: 'o',
  numbers: 'n',
  prediction: 'p',
  before: 'b',
  after: 'a',
  curve: 'c',
  place: 'x',
} as const satisfies Record<keyof MemberResult, string>;

type Wire = Record<string, unknown>;

/** What is packed: short keys, and numbers in flat lists. */
export function toWire(result: MemberResult): Wire {
  const wire: Wire = { v: VERSION };
  for (const [key, short] of Object.entries(KEYS)) {
    const value = result[key as keyof MemberResult];
    if (value !== undefined) wire[short] = value;
  }
  const { curve, prediction } = result;
  if (curve) wire[KEYS.curve] = [curve.x, curve.y];
  if (prediction) wire[KEYS.prediction] = [prediction.kind, ...prediction.points.flat()];
  return wire;
}

const noResult = (): LinkError => new LinkError('no-result', 'This is no result of a lesson.');
const newer = (): LinkError =>
  new LinkError(
    'newer-result',
    'This result was given by a newer version of Scaling Lab. Load the page again.',
  );
const refusal = (error: unknown): unknown =>
  LinkError.from(error, 'result-unusable', 'This result cannot be used:');

/** @throws LinkError */
export function fromWire(wire: unknown): MemberResult {
  if (!isObject(wire)) throw noResult();
  const { v: version, ...rest } = wire;
  if (version !== VERSION) throw typeof version === 'number' && version > VERSION ? newer() : noResult();
  const names = new Map<string, string>(Object.entries(KEYS).map(([key, short]) => [short, key]));
  const long: Wire = {};
  for (const [short, value] of Object.entries(rest)) long[names.get(short) ?? short] = value;
  if (Array.isArray(long.curve)) {
    const [x, y] = long.curve as unknown[];
    long.curve = { x, y };
  }
  if (Array.isArray(long.prediction)) long.prediction = predictionFrom(long.prediction);
  try {
    return parseResult(long);
  } catch (error) {
    throw refusal(error);
  }
}

function predictionFrom([kind, ...flat]: unknown[]): unknown {
  const points = Array.from({ length: Math.ceil(flat.length / 2) }, (_, i) => flat.slice(2 * i, 2 * i + 2));
  return { kind, points };
}

export const encodeResult = (result: MemberResult): Promise<string> => packJSON(toWire(result));

/** @param text as `encodeResult` gave it, an address that carries it, or a message around that. @throws LinkError */
export async function decodeResult(text: string): Promise<MemberResult> {
  try {
    return fromWire(await unpackJSON(packedIn(text.trim()), { characters: MOST_READ, bytes: MOST_BYTES }));
  } catch (error) {
    throw refusal(error);
  }
}

/** The word of an address that carries a result. */
export const WORD = 'r';
const packedIn = (text: string): string => new RegExp(`[?&]${WORD}=([^&]*)`).exec(text)?.[1] ?? text;

/** A curve of fewer points tells little: the numbers beyond the verdict's first dozen go before it does. */
const ENOUGH_POINTS = 10;
const ENOUGH_NUMBERS = 12;

/** How many points of the curve, and how many numbers, are tried one after the other: the most first. */
function* amounts(): Generator<[points: number, numbers: number]> {
  let points = MOST_POINTS;
  for (; points >= ENOUGH_POINTS; points -= 2) yield [points, MOST_NUMBERS];
  for (let numbers = MOST_NUMBERS - 4; numbers >= ENOUGH_NUMBERS; numbers -= 4)
    yield [ENOUGH_POINTS, numbers];
  for (; points >= 0; points -= 2) yield [points, ENOUGH_NUMBERS];
}

/**
 * A result with as many points of its curve and as many numbers as there is room for, and its text.
 * @throws Error where it does not fit without a curve
 */
export async function fittingResult(given: Given): Promise<{ result: MemberResult; text: string }> {
  for (const [points, numbers] of amounts()) {
    const result = memberResult(given, points, numbers);
    const text = await encodeResult(result);
    if (text.length <= MOST_CHARACTERS) return { result, text };
  }
  throw new Error(`This result does not fit into ${MOST_CHARACTERS} characters.`);
}

/** All results that a text holds: links, one or many to a line, in whatever stands around them. */
export function textsIn(text: string): string[] {
  const links = [...text.matchAll(new RegExp(`[?&]${WORD}=([\\w%-]+)`, 'g'))].map(([, packed]) => packed!);
  return links.length > 0 ? links : text.split(/\s+/).filter(Boolean);
}

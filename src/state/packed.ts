/**
 * JSON as a text that fits an address: base64url of deflated JSON. What is read is untrusted: how long it is, and how far it
 * unfolds, is bounded before it is looked at.
 */
import { readJSON } from '../json.ts';
import { lineOf, type Problem, SchemaError } from '../problems.ts';

/** What can be wrong with a link, a result or a class; src/app/say-error.ts has each in Chinese. */
export type LinkCode =
  | 'damaged'
  | 'link-too-long'
  | 'link-unfolds'
  | 'changes-too-long'
  | 'link-unusable'
  | 'other-page'
  | 'no-result'
  | 'newer-result'
  | 'result-unusable'
  | 'too-many-results'
  | 'class-full'
  | 'class-too-large'
  | 'class-too-many'
  | 'no-class'
  | 'no-entry'
  | 'entry-unusable'
  | 'file-too-large'
  | 'no-qr-code';

/** A link, a result or a class that cannot be used; its message is in English. */
export class LinkError extends Error {
  override name = 'LinkError';

  /**
   * @param code what pages say it by
   * @param english as the message says it
   * @param params the values in it
   * @param problems what a schema has refused in it
   */
  constructor(
    readonly code: LinkCode,
    readonly english: string,
    readonly params: readonly (string | number)[] = [],
    readonly problems: readonly Problem[] = [],
  ) {
    super(problems.length ? `${english} ${problems.map(lineOf).join('\n')}` : english);
  }

  /** Where a schema has refused something, it is the whole that cannot be used; other errors stay what they are. */
  static from(error: unknown, code: LinkCode, english: string): unknown {
    return error instanceof SchemaError ? new LinkError(code, english, [], error.problems) : error;
  }
}

/** How much is read of what a stranger has packed. */
export interface PackedBounds {
  /** of the packed text */
  characters: number;
  /** that it may unfold to */
  bytes: number;
}

export async function packJSON(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const packed = await collect(
    new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')),
    Infinity,
  );
  return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** @throws LinkError; SchemaError where the JSON is nested too deeply */
export async function unpackJSON(given: string, { characters, bytes: most }: PackedBounds): Promise<unknown> {
  const text = packedIn(given, 2 * characters);
  if (text.length > characters) {
    throw new LinkError(
      'link-too-long',
      `This link has ${text.length} characters; at most ${characters} are read.`,
      [text.length, characters],
    );
  }
  let json: string;
  try {
    const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const bytes = await collect(
      new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')),
      most,
    );
    json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!json.startsWith('{') && !json.startsWith('[')) throw new Error('no JSON');
  } catch (error) {
    if (error instanceof LinkError) throw error;
    throw damaged();
  }
  try {
    return readJSON(json, 'link', { characters: most });
  } catch (error) {
    if ((error as Error).message.includes('is not JSON')) throw damaged();
    throw error;
  }
}

const damaged = (): LinkError =>
  new LinkError('damaged', 'This link is damaged: a part of it is missing or was changed on the way.');

/**
 * The signs of a packed link at the beginning of a text: what messengers put into it or behind it is no sign of one. A
 * text that goes on with other signs stays as it is, and will be refused.
 */
function packedIn(given: string, most: number): string {
  const text = given
    .slice(0, most)
    .replace(/%[0-9a-f]{2}/gi, decodeOne)
    .replace(/[\s\p{Cf}]+/gu, '')
    // Where mail breaks a line, or quotes it.
    .replace(/[=>]+(?=[\w-])/g, '');
  const [, packed = '', rest = ''] = /^([\w-]*)(.*)$/s.exec(text) ?? [];
  return /^([?&#<"'()[\]].*|[^\w-]*)$/s.test(rest) ? packed : text;
}

const decodeOne = (code: string): string => String.fromCharCode(parseInt(code.slice(1), 16));

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
      throw new LinkError('link-unfolds', `This link unfolds to more than ${most} bytes.`, [most]);
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

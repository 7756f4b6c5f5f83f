/** JSON files that a person names. */
import { readJSON } from '../json.ts';
import { decodeText } from '../decode.ts';
import { isObject, SchemaError } from '../schema.ts';
import { UsageError } from './arguments.ts';
import { readFrom } from './places.ts';

/** Larger than any spec, sweep or table of ours. */
const MOST_CHARACTERS = 2 ** 26;

/** @throws UsageError when the file cannot be read, or holds no JSON object */
export function readJson(file: string, what: string): Record<string, unknown> {
  const bytes = readFrom(file, what);
  let value: unknown;
  try {
    value = readJSON(decodeText(bytes), file, { characters: MOST_CHARACTERS });
  } catch (error) {
    if (error instanceof SchemaError) throw new UsageError(`${error.message}; it should hold ${what}`);
    throw new UsageError(`${file}: is neither UTF-8 nor UTF-16 text; it should hold ${what}`);
  }
  if (!isObject(value)) throw new UsageError(`${file} must hold a JSON object, ${what}`);
  return value;
}

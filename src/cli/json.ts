/** JSON files that a person names. */
import { readJSON } from '../json.ts';
import { isObject, SchemaError } from '../schema.ts';
import { UsageError } from './arguments.ts';
import { readNamedText } from './named-file.ts';

/** Larger than any spec or sweep of ours. */
const MOST_CHARACTERS = 2 ** 26;

/** @throws UsageError when the file cannot be read, or holds no JSON object */
export function readJson(file: string, what: string): Record<string, unknown> {
  const text = readNamedText(file, what);
  let value: unknown;
  try {
    value = readJSON(text, file, { characters: MOST_CHARACTERS });
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const message = error.problems[0]?.message ?? '';
    throw new UsageError(`${file} ${message}${whereOf(text)}; it should hold ${what}`);
  }
  if (!isObject(value)) throw new UsageError(`${file} must hold a JSON object, ${what}`);
  return value;
}

/** Where JSON stops being JSON, as far as Node tells. */
function whereOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    const at = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? NaN);
    if (Number.isNaN(at)) return '';
    const before = text.slice(0, at).split('\n');
    return `, from line ${before.length}, column ${before.at(-1)!.length + 1} on`;
  }
}

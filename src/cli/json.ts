/** JSON files that a person names. */
import { readFileSync } from 'node:fs';
import { UsageError } from './arguments.ts';

/** @throws UsageError when the file cannot be read, or holds no JSON object */
export function readJson(file: string, what: string): Record<string, unknown> {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`"${file}" cannot be read; it should hold ${what}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${file} must hold a JSON object, ${what}`);
  }
  return value as Record<string, unknown>;
}

/** Files by the names that a person gives them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cut } from '../show.ts';
import { decodeText } from '../text-file.ts';
import { UsageError } from './arguments.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

/**
 * @param what the file should hold
 * @throws UsageError that says where the file was looked for
 */
export function readNamed(file: string, what: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    const why = `${REASONS[code] ?? code}: ${cut(resolve(file), 400)}`;
    throw new UsageError(`"${cut(file, 200)}" cannot be read (${why}); it should hold ${what}`);
  }
}

/** @throws UsageError where the file cannot be read, or is no text */
export function readNamedText(file: string, what: string): string {
  const decoded = decodeText(readNamed(file, what));
  if (!decoded) throw new UsageError(`"${file}" is no text in UTF-8, UTF-16 or GBK; save it as UTF-8`);
  return decoded.text;
}

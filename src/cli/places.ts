/** Files by the names that a person gives them. */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { cut } from '../show.ts';
import { UsageError } from './arguments.ts';

/**
 * Where a file is that a person names: from the folder in which they are. `npm run` starts programs in the project's
 * own folder and says in INIT_CWD where it was called.
 */
export function placeOf(file: string): string {
  return isAbsolute(file) ? file : resolve(process.env.INIT_CWD ?? process.cwd(), file);
}

/** @throws UsageError that says where the file was looked for */
export function readFrom(file: string, what: string): Buffer {
  const place = placeOf(file);
  try {
    return readFileSync(place);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new UsageError(`"${cut(file, 200)}" cannot be read (${cut(place, 300)}: ${why}); it should hold ${what}`);
  }
}

export const isThere = (file: string): boolean => existsSync(placeOf(file));

/** Files by the names that a person gives them. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { cut } from '../show.ts';
import { decodeText } from '../text-file.ts';
import { UsageError } from './arguments.ts';

/** Bytes of a pipe or a device, such as `/dev/zero`, which may have no end. */
const MOST_STREAMED = 2 ** 28;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
  ELOOP: 'it is a link to itself',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ENDLESS: `it goes on after ${MOST_STREAMED} bytes`,
};

/**
 * @param what the file should hold
 * @throws UsageError that says where the file was looked for
 */
export function readNamed(file: string, what: string): Buffer {
  try {
    return statSync(file).isFile() ? readFileSync(file) : readStream(file);
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    const why = `${REASONS[code] ?? code}: ${cut(resolve(file), 400)}`;
    throw new UsageError(`"${cut(file, 200)}" cannot be read (${why}); it should hold ${what}`);
  }
}

function readStream(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let total = 0; ;) {
      const piece = Buffer.alloc(1 << 16);
      const length = readSync(file, piece);
      if (length === 0) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, length));
      if ((total += length) > MOST_STREAMED) throw Object.assign(new Error(), { code: 'ENDLESS' });
    }
  } finally {
    closeSync(file);
  }
}

/** @throws UsageError where the file cannot be read, or is no text */
export function readNamedText(file: string, what: string): string {
  const decoded = decodeText(readNamed(file, what));
  if (!decoded) throw new UsageError(`"${file}" is no text in UTF-8, UTF-16 or GBK; save it as UTF-8`);
  return decoded.text;
}

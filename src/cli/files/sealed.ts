/** Small JSON files with a checksum. */
import { sealJson } from './checksum.ts';
import { readResultFile } from './result-file.ts';

/** @param value an object with one key or more */
export function sealed(value: object): Iterable<string> {
  return sealJson([JSON.stringify(value, undefined, 2).slice(0, -2)]);
}

/** @throws DamagedError, FileError */
export function readSealed(path: string): unknown {
  return readResultFile(path);
}

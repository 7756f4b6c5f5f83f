/** Reads files, in pieces where they may be larger than a buffer or a text can be. */
import { DamagedError } from './damaged.ts';
import { codeOf, disk } from './disk.ts';
import { explained, FileError } from './write.ts';

const PIECE = 1 << 22;

/**
 * The pieces of a file, in order: at least one, which may be empty; nothing where there is no file. A piece is overwritten by the next.
 * @throws FileError; DamagedError where there is something else, which might never end
 */
export function* readPieces(path: string): Generator<Uint8Array, void> {
  const file = opened(path);
  if (file === undefined) return;
  try {
    const buffer = new Uint8Array(PIECE);
    for (let at = 0; ;) {
      const count = readAt(file, buffer, at, path);
      if (count === 0 && at > 0) return;
      yield buffer.subarray(0, count);
      if (count === 0) return;
      at += count;
    }
  } finally {
    disk().close(file);
  }
}

/**
 * A file's content, or nothing where there is none.
 * @throws FileError; DamagedError where there is something else, or more than memory holds
 */
export function readBytes(path: string): Uint8Array<ArrayBuffer> | undefined {
  const file = opened(path);
  if (file === undefined) return undefined;
  try {
    let bytes = room(disk().size(file));
    let length = 0;
    while (length < bytes.length) {
      const count = readAt(file, bytes.subarray(length), length, path);
      if (count === 0) break;
      length += count;
    }
    if (length < bytes.length) bytes = bytes.slice(0, length);
    return bytes;
  } catch (error) {
    throw explained('read', path, error);
  } finally {
    disk().close(file);
  }
}

/** @throws FileError */
export function readText(path: string): string | undefined {
  try {
    const bytes = readBytes(path);
    return bytes && Buffer.from(bytes.buffer).toString('utf8');
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    throw new FileError(`"${path}" could not be read: ${error.message}`);
  }
}

function room(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw new DamagedError(`it has ${bytes} bytes, more than memory holds`);
  }
}

function opened(path: string): number | undefined {
  try {
    const { kind } = disk().facts(path);
    if (kind === 'folder') throw new DamagedError('it is a folder');
    // To open a pipe is to wait for whoever writes into it.
    if (kind === 'other') throw new DamagedError('it is a pipe or a device, and no file');
    return disk().open(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw explained('read', path, error);
  }
}

function readAt(file: number, into: Uint8Array, at: number, path: string): number {
  try {
    return disk().read(file, into, at);
  } catch (error) {
    throw explained('read', path, error);
  }
}

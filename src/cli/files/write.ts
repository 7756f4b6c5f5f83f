/**
 * Writes files such that each is there whole, as it was or as it is now, whatever happens in between: a full disk, a
 * kill, a loss of power. The new one is written beside its place, synced, moved there, and the folder synced.
 */
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, disk, type FileFacts, removeIfThere } from './disk.ts';
import { noteLeftovers } from './leftovers.ts';

/** A file that cannot be written or read. The message names the file and the cause, in one line. */
export class FileError extends Error {
  override name = 'FileError';
}

export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/** Most bytes of one call. */
const PIECE = 1 << 20;
/** How often a file is begun again that another process cleared away, as this one had been suspended for long. */
const TRIES = 3;

/** @throws FileError; then the old file is there as it was, and nothing else */
export function writeWhole(path: string, content: Content): void {
  const place = placeOf(path);
  try {
    const old = factsIfThere(place);
    if (old?.kind === 'other') writeInPlace(place, content);
    else replace(place, content, old);
  } catch (error) {
    throw explained('written', path, error);
  }
}

/**
 * Finds before long work what could not be written after it; leaves nothing behind but the folder.
 * @throws FileError
 */
export function checkWritable(path: string): void {
  try {
    if (/[/\\]$/.test(path)) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    const place = placeOf(path);
    makeFolder(dirname(place));
    const old = factsIfThere(place);
    if (old?.kind === 'other') return;
    if (old?.kind === 'folder') throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    const beside = besideOf(place);
    try {
      writeNew(beside, 'x');
    } finally {
      removeIfThere(beside);
    }
  } catch (error) {
    throw explained('written', path, error);
  }
}

/**
 * Makes a folder and those that it lies in, where they are not there. They outlast a loss of power.
 * @throws FileError
 */
export function makeFolder(path: string): void {
  try {
    const there = factsIfThere(path);
    if (there?.kind === 'folder') return;
    if (there) throw Object.assign(new Error('it is no folder'), { code: 'ENOTDIR' });
    if (dirname(path) !== path) makeFolder(dirname(path));
    try {
      disk().makeFolder(path);
    } catch (error) {
      // Another process was quicker.
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    syncFolder(dirname(path));
  } catch (error) {
    throw explained('made', path, error);
  }
}

function replace(place: string, content: Content, old: FileFacts | undefined): void {
  // A generator gives its content once only.
  const tries = typeof content === 'string' || content instanceof Uint8Array ? TRIES : 1;
  putInPlace(place, (beside) => writeNew(beside, content, old?.mode), tries);
}

/**
 * Makes a file or a folder beside its place, and moves it there when it is whole.
 * @throws whatever the disk says; then nothing is left beside
 */
export function putInPlace(place: string, make: (beside: string) => void, tries = TRIES): void {
  noteLeftovers(dirname(place));
  for (let left = tries; ; left--) {
    const beside = besideOf(place);
    const release = disk().hold(beside);
    try {
      make(beside);
      disk().rename(beside, place);
      break;
    } catch (error) {
      removeIfThere(beside);
      if (left === 1 || codeOf(error) !== 'ENOENT' || !factsIfThere(dirname(place))) throw error;
    } finally {
      release();
    }
  }
  syncFolder(dirname(place));
}

/** Devices and pipes have no other side to be put in place of. */
function writeInPlace(place: string, content: Content): void {
  const file = disk().open(place, 'w');
  try {
    writeAll(file, content);
  } finally {
    disk().close(file);
  }
}

/** A file that was not there, synced. */
export function writeNew(path: string, content: Content, mode?: number): void {
  const file = disk().open(path, 'wx', mode);
  try {
    writeAll(file, content);
    disk().sync(file);
  } finally {
    disk().close(file);
  }
}

/** Every byte, however few a disk takes at once. */
export function writeAll(file: number, content: Content): void {
  for (const piece of typeof content === 'string' || content instanceof Uint8Array ? [content] : content) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    for (let at = 0; at < bytes.length;) {
      const written = disk().write(file, bytes.subarray(at, at + PIECE));
      // A disk that takes nothing and gives no reason is full.
      if (!(written > 0)) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
      at += written;
    }
  }
}

/** Its names outlast a loss of power then. Some systems sync no folders, or have them readable to others only. */
export function syncFolder(folder: string): void {
  let file;
  try {
    file = disk().open(folder, 'r');
  } catch (error) {
    if (['EACCES', 'EPERM', 'EISDIR'].includes(codeOf(error) ?? '')) return;
    throw error;
  }
  try {
    disk().sync(file);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EBADF'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    disk().close(file);
  }
}

export function factsIfThere(path: string): FileFacts | undefined {
  try {
    return disk().facts(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A name beside a file that no other process has. */
function besideOf(place: string): string {
  return join(dirname(place), `.lab-${randomBytes(8).toString('hex')}.tmp`);
}

/** Where a link leads; what is written through it goes there. */
export function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed here',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EIO: 'the device failed (input/output error)',
  EISDIR: 'that is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'a part of the path is no folder',
  ENOENT: 'its folder is gone',
  ENOTEMPTY: 'the folder is not empty, and what is in it stays; name another one',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
};

/** What went wrong with a file, for people. Errors that are no file system's stay as they are. */
export function explained(
  what: 'written' | 'read' | 'made' | 'removed',
  path: string,
  error: unknown,
): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof FileError) return error;
  const cause = CAUSES[code] ?? (error as Error).message;
  return new FileError(`"${path}" could not be ${what}: ${cause}`, { cause: error });
}

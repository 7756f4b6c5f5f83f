/**
 * All that the command line asks of a file system when it writes: one place, so that tests can put another in its
 * stead which is full, loses power, or has other processes at work.
 */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { BEAT_MS, holdFile } from './heartbeat.ts';

export interface FileFacts {
  /** bytes */
  size: number;
  kind: 'file' | 'folder' | 'other';
  /** permission bits */
  mode: number;
  /** another value whenever the file was written to, touched or replaced */
  mark: string;
}

/** Errors have the codes of Node's (`ENOENT`, `ENOSPC` …). Paths are relative to the working folder. */
export interface Disk {
  /** `r` to read a file or to sync a folder, `w` to write in place, `wx` to create what must not be there */
  open(path: string, flags: 'r' | 'w' | 'wx', mode?: number): number;
  /** @returns how many bytes were written, which may be fewer than were given */
  write(file: number, bytes: Uint8Array): number;
  /** @returns how many bytes were read; 0 at the end */
  read(file: number, into: Uint8Array, position: number): number;
  /** Has the device keep what was written: of a file its content, of a folder its names. */
  sync(file: number): void;
  close(file: number): void;
  /** Puts a file in the place of another, or of none; a folder in the place of an empty one, or of none. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** in a folder that is there */
  makeFolder(path: string): void;
  removeFolder(path: string): void;
  list(folder: string): string[];
  facts(path: string): FileFacts;
  /** of an open file: bytes */
  size(file: number): number;
  /** how often a process that lives shows it, ms */
  readonly beatMs: number;
  /**
   * Shows other processes that this one lives, until the function that it gives is called: the file's time moves.
   * @param content what a lease holds while it is this process's own; `onLost` hears of any other
   */
  hold(path: string, content?: string, onLost?: () => void): () => void;
}

const nodeDisk: Disk = {
  open: openSync,
  write: (file, bytes) => writeSync(file, bytes),
  read: (file, into, position) => readSync(file, into, 0, into.length, position),
  sync: fsyncSync,
  close: closeSync,
  rename: renameSync,
  remove: (path) => rmSync(path),
  makeFolder(path) {
    mkdirSync(path);
  },
  removeFolder: (path) => rmSync(path, { recursive: true, force: true }),
  list: (folder) => readdirSync(folder),
  facts(path) {
    const stats = statSync(path, { bigint: true });
    const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
    const { ino, size, mtimeNs } = stats;
    return {
      size: Number(size),
      mode: Number(stats.mode) & 0o777,
      kind,
      mark: `${ino} ${size} ${mtimeNs}`,
    };
  },
  size: (file) => fstatSync(file).size,
  beatMs: BEAT_MS,
  hold: holdFile,
};

let current = nodeDisk;

export function disk(): Disk {
  return current;
}

/** For tests: what the command line has for a disk until the function that this gives is called. */
export function insertDisk(other: Disk | ((below: Disk) => Disk)): () => void {
  const before = current;
  current = typeof other === 'function' ? other(before) : other;
  return () => (current = before);
}

/** A file, or a folder with what is in it. */
export function removeIfThere(path: string): void {
  try {
    if (disk().facts(path).kind === 'folder') disk().removeFolder(path);
    else disk().remove(path);
  } catch {
    // It is not there, or the disk takes nothing: whoever starts next clears it away.
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

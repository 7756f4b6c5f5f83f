/**
 * Leases between processes, on whatever machines and in whatever containers share the folder: a file that is created
 * where there is none, with a name in it that only its owner knows, and whose time the owner keeps moving.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '../../training/plan/store.ts';
import { codeOf, disk, removeIfThere } from './disk.ts';
import { readText } from './read.ts';
import { SILENT_BEATS, SilenceWatch } from './silence.ts';
import { explained, factsIfThere, FileError, writeAll } from './write.ts';

/** A lease on one file's name. */
export class FileLease implements Lease {
  private readonly controller = new AbortController();
  private readonly letGo: () => void;
  isReleased = false;

  constructor(
    private readonly path: string,
    private readonly owner: string,
  ) {
    this.letGo = disk().hold(path, owner, () => this.controller.abort());
  }

  get lost(): AbortSignal {
    return this.controller.signal;
  }

  /** Looks now, not at the next beat: a process that was suspended must know before it writes. */
  isHeld(): boolean {
    if (!this.lost.aborted && readText(this.path) !== this.owner) this.controller.abort();
    return !this.lost.aborted;
  }

  release(): Promise<void> {
    if (this.isReleased) return Promise.resolve();
    this.isReleased = true;
    this.letGo();
    if (this.isHeld()) removeIfThere(this.path);
    return Promise.resolve();
  }
}

/** Gives leases, and watches those of others between the questions for them. */
export class Leases {
  private readonly watch = new SilenceWatch();

  /**
   * @returns undefined while another process holds it
   * @throws FileError where the folder takes no file
   */
  take(path: string): FileLease | undefined {
    const owner = randomBytes(8).toString('hex');
    try {
      if (create(path, owner)) return new FileLease(path, owner);
      if (this.watch.isSilent(path) === false) return undefined;
      // Moved first: of several that watched it, one only can move this file.
      const aside = `${path}.${owner}`;
      try {
        disk().rename(path, aside);
        disk().remove(aside);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
      }
      return create(path, owner) ? new FileLease(path, owner) : undefined;
    } catch (error) {
      throw explained('written', path, error);
    }
  }
}

/**
 * Keeps files for this process alone, until it ends.
 * @throws FileError where another process that lives is writing one of them
 */
export async function reserveFiles(files: readonly string[]): Promise<FileLease[]> {
  const leases = new Leases();
  const own: FileLease[] = [];
  let left = files.filter((file) => factsIfThere(file)?.kind !== 'other');
  try {
    // Watched for long enough to know a killed process's.
    for (let beats = SILENT_BEATS + 2; ; beats--) {
      left = left.filter((file) => {
        const lease = leases.take(`${file}.lease`);
        if (lease) own.push(lease);
        return !lease;
      });
      if (left.length === 0) return own;
      if (beats === 0) throw new FileError(`"${left[0]}" is being written by another process`);
      await sleep(disk().beatMs);
    }
  } catch (error) {
    for (const lease of own) await lease.release();
    throw error;
  }
}

/** Clears what a killed process left beside files that are whole. Where nothing can be written it stays. */
export async function clearLeases(files: readonly string[]): Promise<void> {
  if (!files.some((file) => factsIfThere(`${file}.lease`))) return;
  try {
    for (const lease of await reserveFiles(files)) await lease.release();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

/** @returns false where another was quicker */
function create(path: string, owner: string): boolean {
  let file;
  try {
    file = disk().open(path, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    try {
      writeAll(file, owner);
    } finally {
      disk().close(file);
    }
  } catch (error) {
    removeIfThere(path);
    throw error;
  }
  return true;
}

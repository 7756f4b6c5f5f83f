/** A disk whose n-th change fails, is cut short, or is the last thing that the program did. */
import type { Disk } from '../../src/cli/files/disk.ts';
import { failure } from './memory-disk.ts';

export type Fault =
  /** this one change fails */
  | 'ENOSPC'
  | 'EIO'
  /** this and all that follow fail: the disk is full (a write still takes a part), or takes nothing any more */
  | 'full'
  | 'EROFS'
  /** a write takes a part of what it is given, and says so */
  | 'short'
  /** the program ends here */
  | 'crash';

/** The program has ended: nothing that it does from now on reaches the disk. */
export class Crash extends Error {
  override name = 'Crash';
}

export class FaultyDisk implements Disk {
  readonly beatMs: number;
  /** changes so far: files opened to be written, writes, syncs, moves, removals, new folders */
  changes = 0;
  private isDead = false;

  constructor(
    private readonly below: Disk,
    private readonly fault?: { at: number; kind: Fault },
  ) {
    this.beatMs = below.beatMs;
  }

  /** Whether the fault was met. */
  get isMet(): boolean {
    return this.fault !== undefined && this.changes >= this.fault.at;
  }

  open(path: string, flags: 'r' | 'w' | 'wx', mode?: number): number {
    if (flags === 'r') this.look();
    else this.meet(path);
    return this.below.open(path, flags, mode);
  }
  write(file: number, bytes: Uint8Array): number {
    const part = bytes.subarray(0, Math.floor(bytes.length / 2));
    const kind = this.changes + 1 === this.fault?.at ? this.fault.kind : undefined;
    if (kind === 'short' && part.length > 0) {
      this.changes++;
      return this.below.write(file, part);
    }
    // A full disk, and a program that is killed, leave a part behind.
    if (kind === 'full' || kind === 'crash') this.below.write(file, part);
    this.meet('a file');
    return this.below.write(file, bytes);
  }
  sync(file: number): void {
    this.meet('a file');
    this.below.sync(file);
  }
  rename(from: string, to: string): void {
    this.meet(from);
    this.below.rename(from, to);
  }
  remove(path: string): void {
    this.meet(path, true);
    this.below.remove(path);
  }
  makeFolder(path: string): void {
    this.meet(path);
    this.below.makeFolder(path);
  }
  removeFolder(path: string): void {
    this.meet(path, true);
    this.below.removeFolder(path);
  }
  read(file: number, into: Uint8Array, position: number): number {
    this.look();
    return this.below.read(file, into, position);
  }
  list(folder: string): string[] {
    this.look();
    return this.below.list(folder);
  }
  facts(path: string): ReturnType<Disk['facts']> {
    this.look();
    return this.below.facts(path);
  }
  size(file: number): number {
    this.look();
    return this.below.size(file);
  }
  close(file: number): void {
    if (!this.isDead) this.below.close(file);
  }
  hold(path: string, content?: string, onLost?: () => void): () => void {
    return this.below.hold(path, content, onLost);
  }

  private look(): void {
    if (this.isDead) throw new Crash();
  }

  /** Counts a change. A full disk lets files be removed. */
  private meet(path: string, isRemoval = false): void {
    this.look();
    this.changes++;
    if (!this.fault) return;
    const { at, kind } = this.fault;
    const isHere = this.changes === at;
    if (kind === 'crash' && isHere) {
      this.isDead = true;
      throw new Crash();
    }
    if (kind === 'EROFS' && this.changes >= at) throw failure(kind, path);
    if (kind === 'full' && this.changes >= at && !isRemoval) throw failure('ENOSPC', path);
    if ((kind === 'EIO' || kind === 'ENOSPC') && isHere) throw failure(kind, path);
  }
}

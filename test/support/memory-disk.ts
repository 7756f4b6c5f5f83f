/**
 * A disk in memory that keeps only what it was asked to keep: content of files that were synced, names in folders that
 * were. `losePower` leaves of the rest what a real one may leave: nothing, all, or any part of it.
 */
import { dirname, resolve } from 'node:path';
import type { Disk, FileFacts } from '../../src/cli/files/disk.ts';
import type { Random } from '../../src/random.ts';

interface Inode {
  number: number;
  content: Buffer;
  /** what the device has of it */
  kept: Buffer;
  changes: number;
}

type Entry = Inode | 'folder';

/** A change of names that the device may or may not have. */
interface Change {
  folder: string;
  apply: (names: Map<string, Entry>) => void;
}

/** What is left of names and content that were not synced. */
export type Survivors = 'nothing' | 'names without content' | 'everything' | Random;

export class MemoryDisk implements Disk {
  readonly beatMs = 1;
  private names = new Map<string, Entry>([['/', 'folder']]);
  private kept = new Map<string, Entry>(this.names);
  private pending: Change[] = [];
  private readonly open_ = new Map<number, { path: string; inode: Entry; at: number }>();
  private last = 2;

  /** All files, by path. */
  files(): Map<string, Buffer> {
    const files = [...this.names].filter((entry): entry is [string, Inode] => entry[1] !== 'folder');
    return new Map(files.map(([path, { content }]) => [path, content]));
  }

  copy(): MemoryDisk {
    const copy = new MemoryDisk();
    const inodes = new Map<Inode, Inode>();
    const of = (entry: Entry): Entry => {
      if (entry === 'folder') return entry;
      const known = inodes.get(entry) ?? { ...entry, kept: entry.content };
      inodes.set(entry, known);
      return known;
    };
    copy.names = new Map([...this.names].map(([path, entry]) => [path, of(entry)]));
    copy.kept = new Map(copy.names);
    copy.last = this.last + 1000;
    return copy;
  }

  losePower(survivors: Survivors): void {
    const stays = (): boolean =>
      typeof survivors === 'string' ? survivors !== 'nothing' : survivors.uniform() < 0.5;
    const names = new Map(this.kept);
    for (const change of this.pending) if (stays()) change.apply(names);
    for (const entry of names.values()) {
      if (entry === 'folder' || entry.content === entry.kept) continue;
      if (survivors === 'everything') entry.kept = entry.content;
      else if (typeof survivors !== 'string' && stays()) {
        entry.kept = entry.content.subarray(0, survivors.integer(entry.content.length + 1));
      }
      entry.content = entry.kept;
    }
    // What lies in a folder that is gone is gone.
    const isThere = (path: string): boolean => path === '/' || (names.has(path) && isThere(dirname(path)));
    this.names = new Map([...names].filter(([path]) => isThere(path)));
    this.kept = new Map(this.names);
    this.pending = [];
    this.open_.clear();
  }

  open(path: string, flags: 'r' | 'w' | 'wx'): number {
    const place = resolve(path);
    let entry = this.names.get(place);
    if (!entry) {
      if (flags === 'r') throw failure('ENOENT', path);
      entry = { number: ++this.last, content: Buffer.alloc(0), kept: Buffer.alloc(0), changes: 0 };
      const inode = entry;
      this.change(place, (names) => names.set(place, inode));
    } else if (flags === 'wx') throw failure('EEXIST', path);
    else if (flags === 'w') throw failure('EISDIR', path);
    this.open_.set(++this.last, { path: place, inode: entry, at: 0 });
    return this.last;
  }

  write(file: number, bytes: Uint8Array): number {
    const { inode } = this.open_.get(file)!;
    if (inode === 'folder') throw failure('EISDIR', 'a folder');
    inode.content = Buffer.concat([inode.content, bytes]);
    inode.changes++;
    return bytes.length;
  }

  read(file: number, into: Uint8Array, position: number): number {
    const { inode } = this.open_.get(file)!;
    if (inode === 'folder') throw failure('EISDIR', 'a folder');
    const part = inode.content.subarray(position, position + into.length);
    into.set(part);
    return part.length;
  }

  sync(file: number): void {
    const { path, inode } = this.open_.get(file)!;
    if (inode !== 'folder') inode.kept = inode.content;
    else {
      for (const change of this.pending.filter(({ folder }) => folder === path)) change.apply(this.kept);
      this.pending = this.pending.filter(({ folder }) => folder !== path);
    }
  }

  close(file: number): void {
    this.open_.delete(file);
  }

  rename(from: string, to: string): void {
    const [source, place] = [resolve(from), resolve(to)];
    const moved = this.find(source);
    if (moved === 'folder' && [...this.names.keys()].some((name) => name.startsWith(`${place}/`))) {
      throw failure('ENOTEMPTY', to);
    }
    this.change(place, (names) => {
      for (const [name, entry] of [...names]) {
        if (!name.startsWith(`${source}/`)) continue;
        names.delete(name);
        names.set(place + name.slice(source.length), entry);
      }
      names.delete(source);
      names.set(place, moved);
    });
  }

  remove(path: string): void {
    this.find(path);
    this.change(resolve(path), (names) => names.delete(resolve(path)));
  }

  makeFolder(path: string): void {
    if (this.names.has(resolve(path))) throw failure('EEXIST', path);
    this.change(resolve(path), (names) => names.set(resolve(path), 'folder'));
  }

  removeFolder(path: string): void {
    const place = resolve(path);
    for (const name of [...this.names.keys()].filter((name) => name.startsWith(`${place}/`))) {
      this.change(name, (names) => names.delete(name));
    }
    if (this.names.has(place)) this.change(place, (names) => names.delete(place));
  }

  list(folder: string): string[] {
    if (this.find(folder) !== 'folder') throw failure('ENOTDIR', folder);
    const place = resolve(folder);
    return [...this.names.keys()]
      .filter((path) => path !== '/' && dirname(path) === place)
      .map((path) => path.slice(place === '/' ? 1 : place.length + 1));
  }

  facts(path: string): FileFacts {
    const entry = this.find(path);
    if (entry === 'folder') return { size: 0, kind: 'folder', mode: 0o755, mark: '' };
    const { number, content, changes } = entry;
    return { size: content.length, kind: 'file', mode: 0o644, mark: `${number} ${changes}` };
  }

  size(file: number): number {
    const { inode } = this.open_.get(file)!;
    return inode === 'folder' ? 0 : inode.content.length;
  }

  /** The test's own process is the only one. */
  hold(): () => void {
    return () => undefined;
  }

  private find(path: string): Entry {
    const entry = this.names.get(resolve(path));
    if (!entry) throw failure('ENOENT', path);
    return entry;
  }

  private change(path: string, apply: (names: Map<string, Entry>) => void): void {
    if (this.names.get(dirname(path)) !== 'folder') throw failure('ENOENT', path);
    apply(this.names);
    this.pending.push({ folder: dirname(path), apply });
  }
}

export function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

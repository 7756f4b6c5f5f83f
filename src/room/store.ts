/**
 * Where a room is kept. An update is appended, durably, before it is answered; a document is all of its updates, which are
 * now and then written anew as one.
 */
import { mergeUpdates } from 'yjs';
import type { HandsStore } from './hands-store.ts';

export interface KeptClass {
  code: string;
  /** ms since 1970 */
  begun: number;
  /** when it was last written to */
  used: number;
  ended: boolean;
}

/** One update as it lies in the database. */
export interface KeptUpdate {
  id: number;
  data: Uint8Array;
}

export interface Appended {
  document: string;
  update: Uint8Array;
}

/** Which server holds which class, of all servers of one database. */
export interface ClassLeases {
  /** Takes a class that no other server holds now. @returns who holds it; nothing where there is no such class */
  claim(code: string, address: string, ms: number): Promise<ClassHolder | undefined>;
  /** @returns those that are still this server's */
  renew(codes: readonly string[], ms: number): Promise<string[]>;
  /** gives back all that this server holds */
  release(): Promise<void>;
  /** ms since 1970, by one clock for all servers */
  now(): Promise<number>;
}

export interface ClassHolder {
  isHere: boolean;
  /** under which other servers find it */
  address: string;
}

/** What a database must be able to do. */
export interface Database extends ClassLeases {
  readonly hands: HandsStore;
  /** the store's own secret: the first that was proposed */
  secret(proposed: string): Promise<string>;
  /** the latest first */
  classes(): Promise<KeptClass[]>;
  put(kept: KeptClass): Promise<void>;
  /** all of them, or none; on the disk when it resolves. Refused where another server holds one of their classes. */
  append(updates: readonly Appended[], now: number): Promise<void>;
  load(document: string): Promise<KeptUpdate[]>;
  /** puts one update in the place of these */
  replace(document: string, ids: readonly number[], update: Uint8Array): Promise<void>;
  /** documents of a class */
  documents(code: string): Promise<string[]>;
  /** deletes classes that were not used since, with all that is theirs */
  forget(since: number): Promise<number>;
  close(): Promise<void>;
}

/** Updates that come within so many ms are written together: a disk confirms a hundred as fast as one. */
const TOGETHER_MS = 12;
/** A document of more updates is written anew when it is read. */
const MANY_UPDATES = 20;

interface Waiting extends Appended {
  resolve: () => void;
  reject: (error: unknown) => void;
}

export class Store {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;

  constructor(private readonly database: Database) {}

  get hands(): HandsStore {
    return this.database.hands;
  }

  get leases(): ClassLeases {
    return this.database;
  }

  secret(proposed: string): Promise<string> {
    return this.database.secret(proposed);
  }

  classes(): Promise<KeptClass[]> {
    return this.database.classes();
  }

  put(kept: KeptClass): Promise<void> {
    return this.database.put(kept);
  }

  documents(code: string): Promise<string[]> {
    return this.database.documents(code);
  }

  forget(since: number): Promise<number> {
    return this.database.forget(since);
  }

  /** Resolves when it is on the disk. */
  append(document: string, update: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ document, update, resolve, reject });
      this.writing ??= this.write();
    });
  }

  /** A document as one update; nothing where it has none. */
  async load(document: string): Promise<Uint8Array | undefined> {
    const updates = await this.database.load(document);
    if (updates.length === 0) return undefined;
    if (updates.length === 1) return updates[0]!.data;
    const merged = mergeUpdates(updates.map(({ data }) => data));
    if (updates.length >= MANY_UPDATES) await this.replace(document, updates, merged);
    return merged;
  }

  /** Writes a document anew as one update. */
  async compact(document: string): Promise<void> {
    const updates = await this.database.load(document);
    if (updates.length > 1)
      await this.replace(document, updates, mergeUpdates(updates.map(({ data }) => data)));
  }

  async close(): Promise<void> {
    await this.writing;
    await this.database.close();
  }

  private replace(document: string, updates: readonly KeptUpdate[], merged: Uint8Array): Promise<void> {
    return this.database.replace(
      document,
      updates.map(({ id }) => id),
      merged,
    );
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, TOGETHER_MS));
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.database.append(batch, Date.now());
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = undefined;
  }
}

/** The classes that this browser keeps, for all of its tabs. What it holds is read as a stranger's. */
import * as v from 'valibot';
import { Pool } from '../../class/pool.ts';
import { parse } from '../../schema.ts';
import { type BrowserDatabase, type LabDatabase, openDatabase } from '../../state/database.ts';

/** A class as it is kept: the document, and how far it was shown. */
export interface KeptClass {
  id: string;
  /** ISO date of when it was begun */
  date: string;
  document: Uint8Array;
  /** lessons whose results were revealed in this browser */
  revealed: string[];
}

const MOST_REVEALED = 100;
const KeptSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/)),
  date: v.pipe(v.string(), v.isoTimestamp()),
  document: v.instance(Uint8Array),
  revealed: v.pipe(v.array(v.string()), v.maxLength(MOST_REVEALED)),
});

export class ClassStore {
  /** the browser keeps nothing, or not now */
  failed = false;

  constructor(private readonly database: BrowserDatabase = openDatabase()) {}

  /** The latest first; what is no class is left where it is. */
  async all(): Promise<KeptClass[]> {
    return latestFirst(await this.try((database) => database.getAll('classes'), []));
  }

  /**
   * Keeps a class, on the disk when it resolves: in one transaction, so that tabs write one after the other and none over another.
   * @param latest takes the class that was begun last where there is none of this id
   * @param become what is to be kept, from what is
   * @returns what is kept now; nothing where it could not be
   */
  async change(
    id: string,
    latest: boolean,
    become: (kept: KeptClass | undefined) => KeptClass,
  ): Promise<KeptClass | undefined> {
    return this.try(async (database) => {
      const transaction = database.transaction('classes', 'readwrite', { durability: 'strict' });
      const { store } = transaction;
      try {
        let [kept] = latestFirst([await store.get(id)]);
        if (!kept && latest) [kept] = latestFirst(await store.getAll());
        const next = become(kept);
        await store.put(next, next.id);
        await transaction.done;
        return next;
      } catch (error) {
        transaction.done.catch(() => undefined);
        throw error;
      }
    }, undefined);
  }

  async remove(id: string): Promise<void> {
    await this.try((database) => database.delete('classes', id), undefined);
  }

  private async try<T>(work: (database: LabDatabase) => Promise<T>, otherwise: T): Promise<T> {
    try {
      const done = await this.database.use(work);
      this.failed = false;
      return done;
    } catch (error) {
      console.warn(error);
      this.failed = true;
      return otherwise;
    }
  }
}

function latestFirst(found: readonly unknown[]): KeptClass[] {
  return found
    .flatMap((each): KeptClass[] => {
      if (each === undefined) return [];
      try {
        return [parse(KeptSchema, each)];
      } catch (error) {
        console.warn(error);
        return [];
      }
    })
    .sort((a, b) => (a.date < b.date ? 1 : -1));
}

/** A copy of a document as it was kept. @throws LinkError where it is damaged */
export function openPool({ document }: Pick<KeptClass, 'document'>): Pool {
  const pool = new Pool();
  pool.join(document);
  return pool;
}

const CHANNEL = 'scaling-lab classes';

/** Tells the other tabs of this browser that a class was changed, and hears it of them. */
export class ClassNews {
  private channel: BroadcastChannel | undefined;

  constructor(private readonly hear: () => void) {}

  listen(): void {
    this.channel ??= new BroadcastChannel(CHANNEL);
    this.channel.onmessage = () => this.hear();
  }

  tell(): void {
    this.channel?.postMessage('changed');
  }

  close(): void {
    this.channel?.close();
    this.channel = undefined;
  }
}

/** The classes that this browser keeps. What it holds is read as a stranger's. */
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
    const found = await this.try((database) => database.getAll('classes'), []);
    return found
      .flatMap((each): KeptClass[] => {
        try {
          return [parse(KeptSchema, each)];
        } catch (error) {
          console.warn(error);
          return [];
        }
      })
      .sort((a, b) => (a.date < b.date ? 1 : -1));
  }

  async save(kept: KeptClass): Promise<void> {
    await this.try((database) => database.put('classes', kept, kept.id), '');
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

/** A document as it was kept; what of it is no result is left out. */
export function openPool({ document }: Pick<KeptClass, 'document'>): Pool {
  const pool = new Pool();
  pool.merge(document);
  return pool;
}

/** What the browser keeps between visits: one IndexedDB database, its tables and its versions. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Recording } from '../lessons/recording.ts';
import type { RunResult, Tuning } from '../worker/protocol.ts';

/** A run that the learner keeps: what a recording has, and what the learner made of it. */
export interface KeptRun extends Recording {
  /** given by the database */
  id?: number;
  name: string;
  /** values by path in which it differs from the lesson's own experiment */
  changes: Record<string, unknown>;
  prediction: Record<string, number | [number, number][]>;
}

export interface LabSchema extends DBSchema {
  /** finished runs of experiments, by what they are */
  results: { key: string; value: RunResult };
  /** weights with which other runs begin, as checkpoint files */
  checkpoints: { key: string; value: Uint8Array<ArrayBuffer> };
  /** runs that were interrupted: the curve so far, and the checkpoint file to go on from */
  parts: { key: string; value: { result: RunResult; checkpoint: Uint8Array<ArrayBuffer> } };
  runs: { key: number; value: KeptRun; indexes: { lesson: string } };
  /** the fastest kernels, by adapter */
  tunings: { key: string; value: Tuning };
}

export type LabDatabase = IDBPDatabase<LabSchema>;

const NAME = 'scaling-lab';
const VERSION = 2;

/**
 * Opens the database, which private windows may refuse: then everything lasts as long as the page.
 * @returns nothing where the browser keeps nothing
 */
export async function openDatabase(name = NAME): Promise<LabDatabase | undefined> {
  if (typeof indexedDB === 'undefined') return undefined;
  try {
    return await openDB<LabSchema>(name, VERSION, {
      upgrade(database, before) {
        if (before < 1) {
          for (const table of ['results', 'checkpoints', 'parts'] as const) database.createObjectStore(table);
          database
            .createObjectStore('runs', { keyPath: 'id', autoIncrement: true })
            .createIndex('lesson', 'lesson');
        }
        if (before < 2) database.createObjectStore('tunings');
      },
      // A newer version of the page, in another tab, wants to change the tables.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
  } catch {
    return undefined;
  }
}

/**
 * The results of a class as one Yjs document: what two teachers have gathered apart is merged, and what came twice is there
 * once. A document from outside is read as a stranger's: results go in through their gate, one by one, and nothing else does.
 */
import * as Y from 'yjs';
import { readJSON } from '../json.ts';
import { LinkError } from '../state/packed.ts';
import { fromWire, toWire } from './codec.ts';
import type { MemberResult } from './result.ts';

/** A class has fewer; who sends more is no class. */
export const MOST_RESULTS = 5_000;
/** Of a document from outside. */
export const MOST_DOCUMENT_BYTES = 8_000_000;
const MOST_ENTRY = 8_192;
const RESULTS = 'results';

export type Added =
  | 'added'
  /** in the place of an earlier one of the same member */
  | 'replaced'
  /** it is there already */
  | 'known'
  /** the member has given a later one */
  | 'older';

export interface Merged {
  added: number;
  replaced: number;
  known: number;
  /** why entries were left out */
  refused: Error[];
}

/** One entry for each result, so that of two that met in a merge the later can be told. */
const keyOf = ({ lesson, member, at }: MemberResult): string => `${lesson}/${member}/${at}`;
const sameMember = (a: MemberResult, b: MemberResult): boolean =>
  a.lesson === b.lesson && a.member === b.member;
/** The later one counts; of two of the same second the one whose text is greater, so that all copies agree. */
const isLater = (a: MemberResult, b: MemberResult): boolean =>
  a.at === b.at ? JSON.stringify(toWire(a)) > JSON.stringify(toWire(b)) : a.at > b.at;

export class Pool {
  readonly document = new Y.Doc();
  private readonly entries = this.document.getMap<unknown>(RESULTS);

  /** In the order of their members' tokens, the latest of each; of one lesson, or of all. */
  results(lesson?: string): MemberResult[] {
    const latest = new Map<string, MemberResult>();
    for (const result of this.all()) {
      if (lesson !== undefined && result.lesson !== lesson) continue;
      const key = `${result.lesson}/${result.member}`;
      const before = latest.get(key);
      if (!before || isLater(result, before)) latest.set(key, result);
    }
    return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, result]) => result);
  }

  /** @throws LinkError where the class is full */
  add(result: MemberResult): Added {
    const before = this.all().filter((other) => sameMember(other, result));
    if (before.some((other) => JSON.stringify(toWire(other)) === JSON.stringify(toWire(result))))
      return 'known';
    if (before.some((other) => isLater(other, result))) return 'older';
    if (before.length === 0 && this.entries.size >= MOST_RESULTS) {
      throw new LinkError('class-full', `This class has ${MOST_RESULTS} results; no more are taken.`, [
        MOST_RESULTS,
      ]);
    }
    this.document.transact(() => {
      for (const other of before) this.entries.delete(keyOf(other));
      this.entries.set(keyOf(result), JSON.stringify(toWire(result)));
    });
    return before.length > 0 ? 'replaced' : 'added';
  }

  remove(result: MemberResult): void {
    this.document.transact(() => {
      for (const other of this.all()) if (sameMember(other, result)) this.entries.delete(keyOf(other));
    });
  }

  /** Takes over what another document holds. @throws LinkError where it is none */
  merge(document: Uint8Array): Merged {
    const merged: Merged = { added: 0, replaced: 0, known: 0, refused: [] };
    for (const entry of entriesOf(document)) {
      try {
        const added = this.add(resultFrom(entry));
        if (added === 'older') merged.known++;
        else merged[added]++;
      } catch (error) {
        merged.refused.push(error as Error);
      }
    }
    return merged;
  }

  /**
   * Becomes what this document and another copy of it say together: what was added to one is in both, what was taken out of one is
   * in none. Entries that are no results go. @throws LinkError where it is no document of a class
   */
  join(copy: Uint8Array): void {
    entriesOf(copy);
    this.document.transact(() => {
      Y.applyUpdate(this.document, copy);
      for (const [key, entry] of this.entries) if (!isEntry(key, entry)) this.entries.delete(key);
    });
  }

  /** The document, for a file or the browser's database. */
  export(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(Y.encodeStateAsUpdate(this.document));
  }

  /** Hears of every change. @returns what ends that */
  watch(listener: () => void): () => void {
    this.document.on('update', listener);
    return () => this.document.off('update', listener);
  }

  private all(): MemberResult[] {
    return [...this.entries.values()].map(resultFrom);
  }
}

/** @throws LinkError */
function resultFrom(entry: unknown): MemberResult {
  if (typeof entry !== 'string') throw new LinkError('no-entry', 'An entry of this class is no result.');
  try {
    return fromWire(readJSON(entry, 'result', { characters: MOST_ENTRY }));
  } catch (error) {
    throw LinkError.from(error, 'entry-unusable', 'An entry of this class cannot be used:');
  }
}

function isEntry(key: string, entry: unknown): boolean {
  try {
    return keyOf(resultFrom(entry)) === key;
  } catch {
    return false;
  }
}

/** What a document holds, whoever wrote it. @throws LinkError */
function entriesOf(document: Uint8Array): unknown[] {
  if (document.length > MOST_DOCUMENT_BYTES) {
    throw new LinkError(
      'class-too-large',
      `This class has ${document.length} bytes; at most ${MOST_DOCUMENT_BYTES} are read.`,
      [document.length, MOST_DOCUMENT_BYTES],
    );
  }
  const read = new Y.Doc();
  try {
    Y.applyUpdate(read, document);
    const entries = [...read.getMap<unknown>(RESULTS).values()];
    if (entries.length > MOST_RESULTS) {
      throw new LinkError(
        'class-too-many',
        `This class has ${entries.length} results; at most ${MOST_RESULTS} are read.`,
        [entries.length, MOST_RESULTS],
      );
    }
    return entries;
  } catch (error) {
    throw error instanceof LinkError
      ? error
      : new LinkError('no-class', 'This file is no class, or it is damaged.');
  } finally {
    read.destroy();
  }
}

/** What a document becomes by an update, asked before it is kept: a stranger may send anything, and as much as it likes. */
import * as Y from 'yjs';
import { ENTRIES, MOST_ENTRY } from '../class/live.ts';

/** Somebody, or something, is not let in; the reason is told to the other side. */
export class RefusedError extends Error {
  override name = 'RefusedError';

  constructor(readonly reason: string) {
    // Hocuspocus prints the message of an error: strangers would fill a log with theirs.
    super('');
  }
}

/** Code and reason with which a socket is closed: what was asked is not allowed, or cannot be done now. */
export const closing = (error: unknown): [code: number, reason: string] =>
  error instanceof RefusedError ? [1008, error.reason] : [1011, 'not-kept'];

/** What an update without anything in it looks like. */
const NOTHING = 2;
/** Keys of one document. */
const MOST_KEYS = 4_096;
const MOST_KEY = 100;

/** Whether there is something in it that is not known yet. */
export const saysSomething = (update: Uint8Array): boolean => update.length > NOTHING;

/**
 * Asks what a document would become by an update.
 * @param most bytes of the document
 * @throws RefusedError
 */
export function checkUpdate(document: Y.Doc, update: Uint8Array, most: number): void {
  const next = new Y.Doc();
  try {
    Y.applyUpdate(next, Y.encodeStateAsUpdate(document));
    try {
      Y.applyUpdate(next, update);
    } catch {
      throw new RefusedError('This is no update of a document.');
    }
    if (Y.encodeStateAsUpdate(next).length > most) {
      throw new RefusedError(`A document may have ${most} bytes.`);
    }
    if ([...next.share.keys()].some((name) => name !== ENTRIES)) {
      throw new RefusedError('A document has entries, and nothing else.');
    }
    const entries = new Map<string, unknown>(next.getMap(ENTRIES).entries());
    if (entries.size > MOST_KEYS) throw new RefusedError(`A document may have ${MOST_KEYS} entries.`);
    for (const [key, value] of entries) {
      const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
      if (!isPlain || key.length > MOST_KEY || (typeof value === 'string' && value.length > MOST_ENTRY)) {
        throw new RefusedError('An entry is a text, a number, or yes or no, and no longer than a result.');
      }
    }
  } finally {
    next.destroy();
  }
}

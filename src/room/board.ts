/**
 * The documents that the server writes: the board, which all read, and the results, which the teacher reads. They are made
 * anew from the members' documents, so nothing of them is kept.
 */
import type { Document } from '@hocuspocus/server';
import { ENTRIES, RESULT_KEYS } from '../class/live.ts';
import type { Classroom } from './classroom.ts';

/** How often the board is written while something changes, ms. */
const EVERY_MS = 250;
/** Pooled numbers of so many take longer than a board may: they are made less often. */
const MANY = 200;
const SELDOM_MS = 1_000;

export class Board {
  private board: Document | undefined;
  private results: Document | undefined;
  private timer: NodeJS.Timeout | undefined;
  private summed = 0;

  constructor(private readonly classroom: Classroom) {}

  /** A document is there, and has nothing yet. */
  open(kind: 'board' | 'results', document: Document): void {
    // What a page still has of the server before is older, and Yjs takes the value of the higher number.
    document.clientID = Date.now();
    this[kind] = document;
    this.classroom.touchAll();
    this.write();
  }

  close(kind: 'board' | 'results'): void {
    this[kind] = undefined;
  }

  /** Something has changed. */
  later(): void {
    this.timer ??= setTimeout(() => this.write(), EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { classroom } = this;
    if (this.results) {
      const entries = new Map<string, string | null>();
      for (const id of classroom.changed) this.addMember(id, entries);
      set(this.results, entries);
      classroom.changed.clear();
    }
    if (!this.board || !classroom.isChanged) return;
    const entries = new Map<string, string | null>([
      ['counts', JSON.stringify(classroom.counts())],
      ['hands', classroom.hands ? JSON.stringify(classroom.hands) : null],
    ]);
    const isDue = classroom.size < MANY || Date.now() - this.summed >= SELDOM_MS;
    if (isDue) {
      entries.set('summary', JSON.stringify(classroom.summary() ?? null));
      this.summed = Date.now();
    }
    set(this.board, entries);
    classroom.isChanged = false;
    if (!isDue) {
      classroom.isChanged = true;
      this.timer = setTimeout(() => this.write(), SELDOM_MS);
    }
  }

  private addMember(id: string, entries: Map<string, string | null>): void {
    const { classroom } = this;
    const row = classroom.row(id);
    entries.set(RESULT_KEYS.member + id, row ? JSON.stringify(row) : null);
    const results = classroom.resultsOf(id);
    for (const lesson of classroom.lessonNames)
      entries.set(
        `${RESULT_KEYS.result}${lesson}/${id}`,
        results.has(lesson) ? JSON.stringify(results.get(lesson)) : null,
      );
  }
}

/** Writes what is not there as it is. Null takes it away, also from pages that have it from a server before. */
function set(document: Document, entries: ReadonlyMap<string, string | null>): void {
  const map = document.getMap<string | null>(ENTRIES);
  const changed = [...entries].filter(([key, value]) => (map.get(key) ?? null) !== value);
  if (changed.length === 0) return;
  document.transact(() => {
    for (const [key, value] of changed) map.set(key, value);
  });
}

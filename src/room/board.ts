/**
 * The documents that the server writes: the board, which all read, and the results, which the teacher reads. They are made
 * anew from the members' documents, so nothing of them is kept.
 */
import type { Document } from '@hocuspocus/server';
import { ENTRIES, RESULT_KEYS } from '../class/live.ts';
import type { Classroom } from './classroom.ts';

/** How often what the projector shows is written while something changes, ms. */
const EVERY_MS = 100;
/** What all members read goes to as many pages as there are: less often, and in a large class seldom, ms. */
const FOR_ALL_MS = 250;
const MANY = 200;
const FOR_MANY_MS = 1_000;

export class Board {
  private board: Document | undefined;
  private results: Document | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** when all members were told */
  private told = 0;

  constructor(private readonly classroom: Classroom) {}

  /** A document is there, and has nothing yet. @param now by the clock of all servers of this class */
  open(kind: 'board' | 'results', document: Document, now: number): void {
    // What a page still has of the server before is older, and Yjs takes the value of the higher number.
    document.clientID = now;
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
    const counts = classroom.isChanged ? JSON.stringify(classroom.counts()) : undefined;
    if (this.results) {
      const entries = new Map<string, string | null>(counts === undefined ? [] : [['counts', counts]]);
      for (const id of classroom.changed) this.addMember(id, entries);
      set(this.results, entries);
      classroom.changed.clear();
    }
    if (!this.board || counts === undefined) return;
    const wait = this.told + (classroom.size < MANY ? FOR_ALL_MS : FOR_MANY_MS) - Date.now();
    if (wait > 0) {
      this.timer = setTimeout(() => this.write(), Math.min(wait, EVERY_MS));
      return;
    }
    set(
      this.board,
      new Map([
        ['counts', counts],
        ['hands', classroom.hands ? JSON.stringify(classroom.hands) : null],
        ['summary', JSON.stringify(classroom.summary() ?? null)],
      ]),
    );
    this.told = Date.now();
    classroom.isChanged = false;
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

/** Tells the files of processes that live from what a killed one left behind, by watching them. */
import { codeOf, disk } from './disk.ts';

/** A file that has not changed for so many beats is nobody's. */
export const SILENT_BEATS = 5;

interface Seen {
  mark: string;
  /** how long it was watched without a change, ms */
  silent: number;
  at: number;
}

/**
 * Compares what it sees with what it saw, by its own steady clock: no other machine's time counts, and no jump of this
 * one's. A look after a long break (the machine slept) counts as two beats at most.
 */
export class SilenceWatch {
  private readonly seen = new Map<string, Seen>();

  /** Looks once. @returns whether the file has stood still for long enough; undefined where there is none */
  isSilent(path: string): boolean | undefined {
    let mark;
    try {
      ({ mark } = disk().facts(path));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      this.seen.delete(path);
      return undefined;
    }
    const now = performance.now();
    const before = this.seen.get(path);
    const silent = before?.mark === mark ? before.silent + Math.min(now - before.at, 2 * disk().beatMs) : 0;
    this.seen.set(path, { mark, silent, at: now });
    return silent >= SILENT_BEATS * disk().beatMs;
  }
}

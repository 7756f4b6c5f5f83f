/**
 * A device is lent to a class: cell after cell is taken, trained and given back, until it is stopped or the class has ended.
 * Of the page and of the command line alike, which each bring what trains.
 */
import { type Cell, type Given, HandError, type HandsClient, type Idle } from './hands.ts';

export type LendingState =
  | { kind: 'idle'; why: Idle }
  | { kind: 'training'; cell: Cell; share: number }
  | { kind: 'given'; key: string; given: Given }
  /** somebody else goes on with the cell, as this hand was silent for too long */
  | { kind: 'lost'; cell: Cell }
  | { kind: 'offline' };

export interface CellWork {
  /** stops it: the cell is another's, or nothing more is lent */
  signal: AbortSignal;
  /** how far the cell is, 0 … 1 */
  share: (share: number) => void;
  /** one of its runs is done; resolves when the room has it */
  give: (key: string, result: unknown) => Promise<void>;
}

export interface LendingOptions {
  hands: HandsClient;
  /** trains what is not done of a cell; resolves when it is done or was stopped */
  train: (cell: Cell, work: CellWork) => Promise<void>;
  /** computes on a processor: is given small cells */
  slow: boolean;
  signal: AbortSignal;
  /** without a word for so long, others may have the cell, s */
  leaseSeconds: number;
  /** how often it says that it goes on, and asks for a cell where there was none, ms */
  everyMs: number;
  tell?: (state: LendingState) => void;
}

/** Between two tries where nobody answers, ms. */
const PAUSES_MS = [500, 1_000, 2_000, 5_000];

/** Resolves when it is stopped, or when the class is over. @throws HandError where it is not let in; what `train` throws */
export async function lend(options: LendingOptions): Promise<void> {
  const { hands, signal, slow, leaseSeconds, everyMs } = options;
  const tell = options.tell ?? ((): void => undefined);
  while (!signal.aborted) {
    const taken = await persist(() => hands.take(slow, leaseSeconds), signal, tell);
    if (!taken) return;
    if ('cell' in taken) await work(taken.cell, options, tell);
    else {
      tell({ kind: 'idle', why: taken.idle });
      if (taken.idle === 'over') return;
      await pause(everyMs, signal);
    }
  }
}

async function work(cell: Cell, options: LendingOptions, tell: (state: LendingState) => void): Promise<void> {
  const { hands, train, signal, leaseSeconds, everyMs } = options;
  const lost = new AbortController();
  const lose = (): void => lost.abort();
  let share = 0;
  const beat = setInterval(() => {
    hands.hold(cell.id, share, leaseSeconds).then(
      (held) => {
        if (!held) lose();
      },
      (error: unknown) => {
        // Without an answer it trains on: its result is worth as much later.
        if (error instanceof HandError && !error.isPassing) lose();
      },
    );
  }, everyMs);
  tell({ kind: 'training', cell, share });
  try {
    await train(cell, {
      signal: AbortSignal.any([signal, lost.signal]),
      share: (now) => tell({ kind: 'training', cell, share: (share = now) }),
      give: async (key, result) => {
        try {
          const given = await persist(() => hands.give(cell.experiment, key, result), signal, tell);
          if (given) tell({ kind: 'given', key, given });
        } catch (error) {
          // The class does something else by now, or another was faster and this one may not say it any more.
          if (!(error instanceof HandError) || !['not-now', 'not-yours', 'over'].includes(error.problem))
            throw error;
          lose();
        }
      },
    });
  } finally {
    clearInterval(beat);
    if (lost.signal.aborted) tell({ kind: 'lost', cell });
    else await hands.drop(cell.id).catch(() => undefined);
  }
}

/** Tries until there is an answer. @returns nothing when it was stopped before */
async function persist<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  tell: (state: LendingState) => void,
): Promise<T | undefined> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof HandError) || !error.isPassing) throw error;
      tell({ kind: 'offline' });
      await pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]!, signal);
    }
  }
  return undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

/** Gives activations their memory: two that never live at the same time share one buffer. */
import type { Device } from './device.ts';
import type { Dispatch } from './kernel.ts';
import { allocate, bytesOf, free, type Storage, type Tensor } from './tensor.ts';

/** A buffer to be made, and the storages that take turns in it. */
export interface SharedMemory {
  /** 4 bytes each */
  words: number;
  users: Storage[];
}

export interface Placement {
  bytes: number;
  free(): void;
}

/**
 * Walks the dispatches in order; a storage without a buffer takes free memory that is large enough (the smallest
 * such) from its first use to its last, or new memory. Storages of `keep` share with nothing.
 */
export function planMemory(dispatches: readonly Dispatch[], keep: readonly Tensor[]): SharedMemory[] {
  const kept = new Set(keep.map((tensor) => tensor.storage));
  const lives = new Map<Storage, { first: number; last: number }>();
  dispatches.forEach((dispatch, i) => {
    for (const { tensor } of dispatch.bindings) {
      if (!tensor || tensor.storage.buffer) continue;
      const life = lives.get(tensor.storage) ?? { first: i, last: i };
      life.last = i;
      lives.set(tensor.storage, life);
    }
  });

  const all: SharedMemory[] = [];
  const available: SharedMemory[] = [];
  const ending = new Map<number, SharedMemory[]>();
  for (const [storage, { first, last }] of [...lives].sort(([, a], [, b]) => a.first - b.first)) {
    // What ended before this dispatch is free; what ends in it is not: none may be read and written at once.
    for (const [end, memories] of ending) {
      if (end >= first) continue;
      available.push(...memories);
      ending.delete(end);
    }
    const memory = (kept.has(storage) ? undefined : take(available, storage)) ?? {
      words: wordsOf(storage),
      users: [],
    };
    if (memory.users.length === 0) all.push(memory);
    memory.users.push(storage);
    if (!kept.has(storage)) ending.set(last, [...(ending.get(last) ?? []), memory]);
  }
  return all;
}

/** Makes the planned buffers and gives them to their users. */
export function place(device: Device, plan: readonly SharedMemory[]): Placement {
  const owned = plan.map(({ words, users }) => {
    const storage = allocate(device, users.map(({ label }) => label).join(', '), words);
    for (const user of users) user.buffer = storage.buffer;
    return storage;
  });
  return {
    bytes: owned.reduce((sum, storage) => sum + storage.elements * 4, 0),
    free() {
      for (const { users } of plan) for (const user of users) delete user.buffer;
      for (const storage of owned) free(device, storage);
    },
  };
}

/** The smallest free memory that holds the storage and wastes at most half. */
function take(available: SharedMemory[], wanted: Storage): SharedMemory | undefined {
  let best = -1;
  const least = wordsOf(wanted);
  available.forEach(({ words }, i) => {
    const fits = words >= least && words <= 2 * least + 64;
    if (fits && (best < 0 || words < available[best]!.words)) best = i;
  });
  return best < 0 ? undefined : available.splice(best, 1)[0];
}

const wordsOf = (storage: Storage): number => Math.ceil(bytesOf(storage, storage.elements) / 4);

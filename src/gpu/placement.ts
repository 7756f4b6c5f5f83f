/** Gives activations their buffers: two that never live at the same time share one. */
import type { Device } from './device.ts';
import type { Dispatch } from './kernel.ts';
import { allocate, free, type Storage, type Tensor } from './tensor.ts';

export interface Placement {
  bytes: number;
  free(): void;
}

interface Lifetime {
  first: number;
  last: number;
}

/**
 * Walks the dispatches in order; a storage without a buffer takes a free one that is large enough (the smallest
 * such) from its first use to its last, or a new one. Storages of `keep` share with nothing.
 */
export function place(device: Device, dispatches: readonly Dispatch[], keep: readonly Tensor[]): Placement {
  const kept = new Set(keep.map((tensor) => tensor.storage));
  const lifetimes = new Map<Storage, Lifetime>();
  dispatches.forEach((dispatch, i) => {
    for (const { tensor } of dispatch.bindings) {
      if (!tensor || tensor.storage.buffer) continue;
      const life = lifetimes.get(tensor.storage) ?? { first: i, last: i };
      life.last = kept.has(tensor.storage) ? Infinity : i;
      lifetimes.set(tensor.storage, life);
    }
  });

  const owned: Storage[] = [];
  const available: Storage[] = [];
  const users = new Map<Storage, Storage>();
  const virtual = [...lifetimes.keys()];
  dispatches.forEach((_, i) => {
    for (const storage of virtual) {
      if (lifetimes.get(storage)!.first !== i) continue;
      const memory = take(available, storage) ?? allocate(device, storage.label, storage.elements);
      if (!owned.includes(memory)) owned.push(memory);
      users.set(storage, memory);
      storage.buffer = memory.buffer!;
    }
    // Only after this dispatch has all its buffers: none may be read and written at once.
    for (const storage of virtual)
      if (lifetimes.get(storage)!.last === i) available.push(users.get(storage)!);
  });

  return {
    bytes: owned.reduce((sum, storage) => sum + storage.elements * 4, 0),
    free() {
      for (const storage of virtual) delete storage.buffer;
      for (const storage of owned) free(device, storage);
    },
  };
}

/** The smallest free memory that holds the storage and wastes at most half. */
function take(available: Storage[], wanted: Storage): Storage | undefined {
  let best = -1;
  available.forEach((memory, i) => {
    const fits = memory.elements >= wanted.elements && memory.elements <= 2 * wanted.elements + 64;
    if (fits && (best < 0 || memory.elements < available[best]!.elements)) best = i;
  });
  return best < 0 ? undefined : available.splice(best, 1)[0];
}

/** Tunings of adapters in one file of the user's cache folder. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { TuningStore } from '../training/measuring/tuning.ts';
import { readText } from './files/read.ts';
import { makeFolder, writeWhole } from './files/write.ts';

const NAME = 'tunings.json';

/** `$XDG_CACHE_HOME/scaling-lab`, or `~/.cache/scaling-lab`. */
function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'scaling-lab');
}

export function tuningFile(folder = cacheFolder()): TuningStore {
  const path = join(folder, NAME);
  /** A file that is missing or broken is as good as empty. */
  const readAll = (): Record<string, unknown> => {
    try {
      const all: unknown = JSON.parse(readText(path) ?? '{}');
      return typeof all === 'object' && all !== null && !Array.isArray(all) ? { ...all } : {};
    } catch {
      return {};
    }
  };
  return {
    load: (key) => Promise.resolve(readAll()[key]),
    save: async (key, tuning) => {
      await Promise.resolve();
      try {
        makeFolder(folder);
        writeWhole(path, `${JSON.stringify({ ...readAll(), [key]: tuning }, null, 2)}\n`);
      } catch (error) {
        // Without it the next start measures again, and nothing else is lost.
        console.error((error as Error).message);
      }
    },
  };
}

/**
 * What killed processes left beside the files that they wrote. It is noted when this program first writes into a folder,
 * and cleared away once it was watched for long enough to be known as nobody's.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { disk, removeIfThere } from './disk.ts';
import { SILENT_BEATS, SilenceWatch } from './silence.ts';

/** What write.ts puts beside a file. */
const BESIDE = /^\.lab-[0-9a-f]{16}\.tmp$/;
/** In folders that hold nothing but the lab's own: leases, too, and what earlier versions put beside files. */
const IN_STORES = /^\.lab-[0-9a-f]{16}\.tmp$|\.(json|csv|safetensors)\.\d+\.part$|\.lease(\.[0-9a-f]{16})?$/;

const noted = new Set<string>();
const left = new Set<string>();
const watch = new SilenceWatch();

/**
 * Looks what lies in a folder, the first time that it is named.
 * @param isStore whether all in it is the lab's own
 */
export function noteLeftovers(folder: string, isStore = false): void {
  if (noted.has(folder)) return;
  noted.add(folder);
  let names: string[] = [];
  try {
    names = disk().list(folder);
  } catch {
    // A folder that is not there, or not for reading, has none to clear away.
  }
  for (const name of names) {
    if (!(isStore ? IN_STORES : BESIDE).test(name)) continue;
    left.add(join(folder, name));
    watch.isSilent(join(folder, name));
  }
}

/**
 * Clears away what has stood still since it was noted, and forgets what has not: that is another process's.
 * @param waits for those that were not watched for long enough yet, a few seconds
 */
export async function clearLeftovers({ waits }: { waits: boolean }): Promise<void> {
  // Noting them was the first look; one more a beat, and all are decided.
  for (let beats = waits ? SILENT_BEATS + 2 : 1; beats > 0 && left.size > 0; beats--) {
    for (const path of left) {
      const isSilent = silent(path);
      if (isSilent === false) continue;
      left.delete(path);
      if (isSilent) removeIfThere(path);
    }
    if (waits && left.size > 0) await sleep(disk().beatMs);
  }
  left.clear();
  noted.clear();
}

function silent(path: string): boolean | undefined {
  try {
    return watch.isSilent(path);
  } catch {
    return undefined;
  }
}

/** Damaged files are kept under another name, for whoever wants to look at them. */
import { dirname } from 'node:path';
import { disk } from './disk.ts';
import { explained, factsIfThere, syncFolder } from './write.ts';

/**
 * Renames a file to `NAME.broken`, or `NAME.broken.2` … where that is taken.
 * @returns what to tell people
 */
export function setAside(path: string, why: string): string {
  try {
    let aside = `${path}.broken`;
    for (let n = 2; factsIfThere(aside); n++) aside = `${path}.broken.${n}`;
    disk().rename(path, aside);
    syncFolder(dirname(path));
    return `"${path}" does not count, because ${why}. It is kept as "${aside}".`;
  } catch (error) {
    const { message } = explained('written', path, error) as Error;
    return `"${path}" does not count, because ${why}. It stays where it is: ${message}.`;
  }
}

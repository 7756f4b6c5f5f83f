/** Folders that are there with all that is in them, or not at all. */
import { dirname, join, resolve } from 'node:path';
import { disk } from './disk.ts';
import {
  type Content,
  explained,
  factsIfThere,
  makeFolder,
  putInPlace,
  syncFolder,
  writeNew,
} from './write.ts';

/**
 * Finds before long work that a folder could not be written after it.
 * @throws FileError where something lies at its place: a folder that holds nothing may
 */
export function checkNewFolder(path: string): void {
  const place = resolve(path);
  try {
    makeFolder(dirname(place));
    const there = factsIfThere(place);
    if (!there) return;
    if (there.kind !== 'folder') throw Object.assign(new Error('it is no folder'), { code: 'ENOTDIR' });
    if (disk().list(place).length > 0) throw Object.assign(new Error('not empty'), { code: 'ENOTEMPTY' });
  } catch (error) {
    throw explained('written', path, error);
  }
}

/**
 * Writes a folder with its files: after a kill or a loss of power, too, all are there or none is.
 * @param files content by name
 * @throws FileError; then nothing is there
 */
export function writeNewFolder(path: string, files: Readonly<Record<string, Content>>): void {
  const place = resolve(path);
  try {
    putInPlace(place, (beside) => {
      disk().makeFolder(beside);
      for (const [name, content] of Object.entries(files)) writeNew(join(beside, name), content);
      syncFolder(beside);
    });
  } catch (error) {
    throw explained('written', path, error);
  }
}

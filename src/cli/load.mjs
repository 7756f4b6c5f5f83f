/**
 * Loads a module of this folder through Vite's module runner, which loads the TypeScript and the shaders as they are, so
 * that the engine in Node is the engine of the page.
 */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/** @param file its name; the runner closes once it is loaded, and what it imports later is not found any more */
export async function load(file) {
  const home = fileURLToPath(new URL('../..', import.meta.url));
  const isPlain = !/[#?%]/.test(home);
  const root = isPlain ? home : linkTo(home);
  await runnerImport(join(root, 'src/cli', file), {
    root,
    resolve: { preserveSymlinks: !isPlain },
    logLevel: 'error',
  });
}

/** Vite takes `#` and `?` in a path for the end of a file's name: there the folder is reached by another name. */
function linkTo(folder) {
  const beside = mkdtempSync(join(tmpdir(), 'scaling-lab-'));
  process.once('exit', () => rmSync(beside, { recursive: true, force: true }));
  symlinkSync(folder, join(beside, 'lab'), 'junction');
  return join(beside, 'lab');
}

/**
 * The hashes of the script for other pages and of its parts, as `integrity.json` beside it: authors who will run nothing
 * but what they have seen put them into their page (docs/embed.md).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const HASHES = 'integrity.json';

export const hashOf = (content: Uint8Array): string =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`;

/** Of the files as they lie in the folder, whatever other plugins have done to them. */
export function integrity(): Plugin {
  return {
    name: 'integrity',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const scripts = Object.keys(bundle)
        .filter((name) => name.endsWith('.js'))
        .toSorted();
      const hashes = scripts.map((name) => [name, hashOf(readFileSync(join(dir!, name)))]);
      writeFileSync(join(dir!, HASHES), `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
    },
  };
}

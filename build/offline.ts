/**
 * The service worker, built after all else is in its folder: it carries the list of all files, each with the hash of
 * its content, so that no other answer is ever kept in its place.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrecacheEntry } from 'workbox-precaching';
import { PEERS, pathsIn } from './files.ts';

export const WORKER = 'sw.js';

/** What no visit without the network asks for, beside the benchmark's peers: what is for hosts, authors and messengers. */
const LEFT_OUT = /^(_headers|404\.html|cards\/.*|(.*\/)?\.[^/]*|.*\.(map|txt|json|xml))$/;

/** Files that a browser may ask for without the network, relative to the page. */
export function filesIn(folder: string): PrecacheEntry[] {
  return pathsIn(folder)
    .filter((url) => url !== WORKER && !PEERS.test(url) && !LEFT_OUT.test(url))
    .map((url): PrecacheEntry => {
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, url)))
        .digest('base64');
      // Where the name changes with the content, it is the version.
      const isHashed = /^(assets|embed)\/.*-[\w-]{8}\.\w+$/.test(url);
      return { url, revision: isHashed ? null : hash.slice(0, 16), integrity: `sha256-${hash}` };
    });
}

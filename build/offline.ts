/**
 * The service worker, built after all else is in its folder: it carries the list of all files, each with the hash of
 * its content, so that no other answer is ever kept in its place.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PrecacheEntry } from 'workbox-precaching';

export const WORKER = 'sw.js';

/** What no visit without the network asks for: libraries that the benchmark loads when it is told to, and what is for hosts, authors and messengers. */
const LEFT_OUT =
  /^(assets\/(jax|tfjs-browser)-[\w-]+\.js|_headers|404\.html|cards\/.*|(.*\/)?\.[^/]*|.*\.(map|txt|json|xml))$/;

/** Files that a browser may ask for without the network, relative to the page. */
export function filesIn(folder: string): PrecacheEntry[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, url: relative(folder, path).split(sep).join('/') }))
    .filter(({ url }) => url !== WORKER && !LEFT_OUT.test(url))
    .map(({ path, url }): PrecacheEntry => {
      const hash = createHash('sha256').update(readFileSync(path)).digest('base64');
      // Where the name changes with the content, it is the version.
      const isHashed = /^(assets|embed)\/.*-[\w-]{8}\.\w+$/.test(url);
      return { url, revision: isHashed ? null : hash.slice(0, 16), integrity: `sha256-${hash}` };
    });
}

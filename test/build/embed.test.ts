/** The embeddable figure as it is published: small, and all of a package. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEmbed } from '../support/embed.ts';

const outDir = mkdtempSync(join(tmpdir(), 'scaling-lab-size-'));

beforeAll(() => buildEmbed(outDir));
afterAll(() => rmSync(outDir, { recursive: true }));

const files = (): string[] => readdirSync(join(outDir, 'embed'));
const zipped = (path: string): number => gzipSync(readFileSync(join(outDir, path))).length;
const only = (pattern: RegExp): string => {
  const found = files().filter((name) => pattern.test(name));
  expect(found, String(pattern)).toHaveLength(1);
  return `embed/${found[0]!}`;
};

test('before anything is pressed a page loads at most 25 kB, gzipped: the script and one recording', () => {
  const recordings = files().filter((name) => name.startsWith('recording'));
  expect(recordings.length).toBeGreaterThan(10);
  const largest = Math.max(...recordings.map((name) => zipped(`embed/${name}`)));
  // What the script imports at once would come on top.
  const script = readFileSync(join(outDir, 'scaling-lab.js'), 'utf8');
  expect(script).not.toMatch(/^import[^(]*from/m);
  expect(zipped('scaling-lab.js') + largest).toBeLessThanOrEqual(25_000);
});

test('the whole element with engine and charts has at most 110 kB, gzipped', () => {
  const parts = ['scaling-lab.js', only(/^live-(?!figure).*\.js$/), only(/^embed[-.](start|worker).*\.js$/)];
  const all = parts.reduce((sum, path) => sum + zipped(path), 0);
  expect(all).toBeGreaterThan(60_000);
  expect(all).toBeLessThanOrEqual(110_000);
});

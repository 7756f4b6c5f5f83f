/** The built page: small enough for a phone, and it works under any path. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const outDir = mkdtempSync(join(tmpdir(), 'scaling-lab-'));

beforeAll(() => build({ logLevel: 'error', build: { outDir, emptyOutDir: true } }));
afterAll(() => rmSync(outDir, { recursive: true }));

test('all script of the page, the engine included, is under 120 kB gzipped', () => {
  const scripts = readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.js'));
  const bytes = scripts.map((name) => gzipSync(readFileSync(join(outDir, 'assets', name))).length);
  expect(scripts.length).toBeGreaterThanOrEqual(2);
  expect(bytes.reduce((sum, n) => sum + n, 0)).toBeLessThan(120_000);
});

test('the page refers to its files relative to itself', () => {
  const page = readFileSync(join(outDir, 'index.html'), 'utf8');
  const references = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url!);
  expect(references.length).toBeGreaterThan(1);
  for (const url of references) expect(url).toMatch(/^\.\//);
});

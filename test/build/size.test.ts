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

const zipped = (path: string): number => gzipSync(readFileSync(join(outDir, path))).length;
const read = (path: string): string => readFileSync(join(outDir, path), 'utf8');

/** A script with all that it imports before it runs. */
function withImports(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of read(path).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
    withImports(`assets/${name!}`, found);
  }
  return found;
}

const sum = (paths: Iterable<string>): number => [...paths].reduce((total, path) => total + zipped(path), 0);

test('the first page needs under 60 kB of script, gzipped, and no worker', () => {
  const [, entry] = /<script[^>]+src="\.\/([^"]+)"/.exec(read('index.html'))!;
  const scripts = withImports(entry!);
  expect(sum(scripts)).toBeLessThan(60_000);
  expect([...scripts].join()).not.toMatch(/worker/);
});

test('a lesson with its text, its experiment and the engine needs under 200 kB of script, gzipped', () => {
  const scripts = readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.js'));
  const texts = scripts.filter((name) => /^(en|zh)-/.test(name));
  const lessons = scripts.filter((name) => name.startsWith('lesson-'));
  expect(texts.length).toBeGreaterThan(20);
  const shared = scripts.filter((name) => !texts.includes(name) && !lessons.includes(name));
  const largest = (names: string[]): number => Math.max(...names.map((name) => zipped(`assets/${name}`)));
  const all = sum(shared.map((name) => `assets/${name}`)) + largest(texts) + largest(lessons);
  expect(all).toBeLessThan(200_000);
});

test('no parser travels with the page', () => {
  const scripts = readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.js'));
  for (const name of scripts)
    expect(read(`assets/${name}`), name).not.toMatch(/front matter|temml|markdown-it/i);
});

test('the page refers to its files relative to itself', () => {
  const page = readFileSync(join(outDir, 'index.html'), 'utf8');
  const references = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url!);
  expect(references.length).toBeGreaterThan(1);
  for (const url of references) expect(url).toMatch(/^\.\//);
});

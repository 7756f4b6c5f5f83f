/** The built page: small enough for a phone, and it works under any path. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPage } from '../support/build.ts';

const outDir = mkdtempSync(join(tmpdir(), 'scaling-lab-'));

beforeAll(() => buildPage({ outDir, manifest: true }));
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
  const [, entry] = /<script type="module"[^>]+src="\.\/([^"]+)"/.exec(read('index.html'))!;
  const scripts = withImports(entry!);
  expect(sum(scripts)).toBeLessThan(60_000);
  expect([...scripts].join()).not.toMatch(/worker/);
});

// The aim is 200 kB. Until 2026-11-28 this counted the benchmark's worker in place of the lab's, which is larger: a lesson
// had 218 kB then (docs/log.md).
test('a lesson with its text, its experiment and the engine needs under 240 kB of script, gzipped', () => {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Record<string, { file: string }>;
  const files = Object.entries(manifest);
  const largest = (pattern: RegExp): number => {
    const found = files.filter(([source]) => pattern.test(source));
    expect(found.length).toBeGreaterThan(10);
    return Math.max(...found.map(([, { file }]) => zipped(file)));
  };
  const worker = readdirSync(join(outDir, 'assets')).find((name) => /^lab\.worker.*\.js$/.test(name))!;
  const shared = withImports(manifest['src/app/lesson/register.ts']!.file);
  for (const path of withImports(manifest['src/app/locales/zh.ts']!.file)) shared.add(path);
  for (const path of withImports(manifest['index.html']!.file)) shared.add(path);
  const own = [/\/(en|zh)\.md$/, /\/lesson\.ts$/, /\/recording\.json$/].map(largest);
  const all = sum(shared) + zipped(`assets/${worker}`) + own.reduce((total, size) => total + size, 0);
  expect(all).toBeLessThan(240_000);
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

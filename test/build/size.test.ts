/** The built page: small enough for a phone, and it works under any path. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { built, BUILDING_MS } from '../support/built.ts';

let outDir: string;

beforeAll(async () => void (outDir = await built('lab')), BUILDING_MS);

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
  const manifest = JSON.parse(read('.vite/manifest.json')) as Record<string, { file: string }>;
  for (const part of ['home/home-page', 'lives/lives-card'])
    withImports(manifest[`src/app/${part}.ts`]!.file, scripts);
  expect(sum(scripts)).toBeLessThan(60_000);
  expect([...scripts].join()).not.toMatch(/worker/);
});

// The aim is 200 kB, and is missed (docs/log/page.md): questions before and after, predictions drawn by hand, codes of
// problems and snapshots came without anything going. What is held is that it does not grow further.
// Half a kilobyte of it, as of a class, is scripts cut into smaller ones, which the pages of a live class share.
test('a lesson with its text, its experiment and the engine needs under 255.8 kB of script, gzipped', () => {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Record<string, { file: string }>;
  const files = Object.entries(manifest);
  const largest = (pattern: RegExp): number => {
    const found = files.filter(([source]) => pattern.test(source));
    expect(found.length).toBeGreaterThan(10);
    return Math.max(...found.map(([, { file }]) => zipped(file)));
  };
  const worker = readdirSync(join(outDir, 'assets')).find((name) => /^lab\.worker.*\.js$/.test(name))!;
  const shared = withImports(manifest['src/app/lesson/register.ts']!.file);
  for (const path of withImports(manifest['src/locales/zh.ts']!.file)) shared.add(path);
  for (const path of withImports(manifest['index.html']!.file)) shared.add(path);
  const own = [/\/(en|zh)\.md$/, /\/lesson\.ts$/, /\/recording\.json$/].map(largest);
  const all =
    sum(shared) + sum(withImports(`assets/${worker}`)) + own.reduce((total, size) => total + size, 0);
  expect(all).toBeLessThan(255_800);
});

test('pictures of the inside add at most 15 kB of script to a lesson, gzipped, when there is something to see', () => {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Record<string, { file: string }>;
  const scripts = (source: string): Set<string> => withImports(manifest[source]!.file);
  const lesson = new Set([...scripts('index.html'), ...scripts('src/app/lesson/register.ts')]);
  const shown = scripts('src/running/inside-view.ts');
  const insides = Object.keys(manifest).filter((source) => source.endsWith('/inside.ts'));
  expect(insides.length).toBeGreaterThan(10);
  const sizes = insides.map((source) => {
    const own = scripts(source.replace('inside.ts', 'lesson.ts'));
    const added = new Set([...shown, ...scripts(source)]);
    return sum([...added].filter((path) => !lesson.has(path) && !own.has(path)));
  });
  expect(Math.max(...sizes)).toBeLessThanOrEqual(15_000);
});

test('a class, Yjs included, needs at most 45 kB of script beyond a lesson, gzipped; no other page loads any of it', () => {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Record<string, { file: string }>;
  const scripts = (source: string): Set<string> => withImports(manifest[source]!.file);
  const pages = Object.keys(manifest).filter((source) => /^src\/app\/.*\/register\.ts$/.test(source));
  const others = ['index.html', ...pages.filter((source) => !/\/(class|teacher)\//.test(source))];
  const elsewhere = new Set(others.flatMap((source) => [...scripts(source)]));
  const own = [...scripts('src/app/class/register.ts')].filter((path) => !elsewhere.has(path));
  const hasYjs = (path: string): boolean => read(path).includes('__ $YJS$ __');
  expect(own.some(hasYjs)).toBe(true);
  expect(sum(own)).toBeLessThanOrEqual(45_000);
  expect([...elsewhere].filter(hasYjs)).toEqual([]);
});

// Reading and writing tables was a lesson's, and weighs here since lessons load it when it is asked for.
test.each([
  ['its learners', 56_000, 'src/app/class/live/register.ts'],
  ['whoever leads it', 60_500, 'src/app/class/live/projector/register.ts'],
])('a live class needs of %s under %i bytes of script beyond a lesson, gzipped', (_, most, page) => {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Record<string, { file: string }>;
  const lesson = withImports(manifest['src/app/lesson/register.ts']!.file);
  for (const path of withImports(manifest['index.html']!.file)) lesson.add(path);
  const own = [...withImports(manifest[page]!.file)].filter((path) => !lesson.has(path));
  expect(own.length).toBeGreaterThan(0);
  expect(sum(own)).toBeLessThan(most);
});

test('a lesson loads its question of four options when it is asked for: under 4.5 kB, and nothing of a class page', () => {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Record<string, { file: string }>;
  const lesson = withImports(manifest['src/app/lesson/register.ts']!.file);
  for (const path of withImports(manifest['index.html']!.file)) lesson.add(path);
  const parts = [...withImports(manifest['src/app/class/lesson-parts.ts']!.file)].filter(
    (path) => !lesson.has(path),
  );
  expect(parts.length).toBeGreaterThan(0);
  expect(sum(parts)).toBeLessThan(5_000);
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

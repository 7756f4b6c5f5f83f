/** Rules of the house that no linter knows: what stands in one place only, and how large files and pages may become. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = new URL('..', import.meta.url);

const filesIn = (folder: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true }).map(
    (name) => `${folder}/${String(name).replaceAll('\\', '/')}`,
  );

const sources = new Map(
  ['src', 'build', 'shaders']
    .flatMap(filesIn)
    .filter((path) => /\.(ts|wgsl)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]),
);

test.each([
  ['what begins a run again', 'src/running/run-control.ts', /case 'restart':/],
  ['what sets a value by its path', 'src/path.ts', /function setPath\b/],
  ['what tells software from GPUs', 'src/gpu/adapter.ts', /llvmpipe\|/],
  ['the type of languages', 'src/languages.ts', /^export (type|interface) Language\b/m],
  ['the list of languages', 'src/languages.ts', /LANGUAGES = \[/],
  ['what reads WGSL', 'src/gpu/wgsl.ts', /@(binding|group|workgroup_size)\\\(/],
])('%s stands once', (_what, where, pattern) => {
  expect([...sources].filter(([, text]) => pattern.test(text)).map(([path]) => path)).toEqual([where]);
});

test('nobody asks whether Chinese is spoken: words stand beside each other', () => {
  expect([...sources].filter(([, text]) => text.includes("=== 'zh'")).map(([path]) => path)).toEqual([]);
});

/** One table of data, which nobody would look for in two places. */
const LONGER = ['src/scaling/references.ts'];

test('no source file is longer than 350 lines', () => {
  const lines = (text: string): number => text.split('\n').length - 1;
  const long = [...sources].filter(([, text]) => lines(text) > 350);
  expect(long.map(([path]) => path)).toEqual(LONGER);
});

test.each(['lesson', 'sandbox', 'experiment', 'home', 'bench', 'class', 'worksheet'])(
  'the page %s imports a dozen of our files at the most',
  (name) => {
    const [, page] = [...sources].find(([path]) => basename(path) === `${name}-page.ts`)!;
    expect(page.match(/ from '\.{1,2}\//g)!.length).toBeLessThanOrEqual(12);
  },
);

/** Rules of the house that no linter knows: what stands in one place only, and how large files and pages may become. */
import { readdirSync, readFileSync } from 'node:fs';
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

test('no source file is longer than 350 lines', () => {
  const lines = (text: string): number => text.split('\n').length - 1;
  const long = [...sources].filter(([, text]) => lines(text) > 350);
  expect(long.map(([path]) => path)).toEqual([]);
});

/** Tables of what there is, which import all of it. */
const TABLES = /(^|\/)(index|register[-a-z]*)\.ts$/;
test('pages, their parts and components import a dozen of our files at the most', () => {
  const seen = [...sources].filter(([path]) => /^src\/(app|components)\//.test(path) && !TABLES.test(path));
  const crowded = seen.filter(([, text]) => importsOf(text).length > 12).map(([path]) => path);
  expect(crowded).toEqual([]);
});

/** What a file imports of ours when it is loaded, types included. */
function importsOf(text: string): string[] {
  const found = text.matchAll(/^(?:import|export)\b[^;'"]*?(?:from )?'(\.{1,2}\/[^'?]+)(?:\?[a-z]+)?';/gm);
  return [...found].map(([, path]) => path!);
}

test('no files import one another in a circle, not even types', () => {
  const graph = new Map(
    [...sources]
      .filter(([path]) => path.endsWith('.ts'))
      .map(([path, text]) => [
        path,
        importsOf(text)
          .map((other) => new URL(other, `file:///${path}`).pathname.slice(1))
          .filter((other) => sources.has(other)),
      ]),
  );
  const done = new Set<string>();
  const under = new Set<string>();
  const circles: string[][] = [];
  const visit = (path: string): void => {
    if (under.has(path)) circles.push([...under].slice([...under].indexOf(path)));
    if (done.has(path) || under.has(path)) return;
    under.add(path);
    for (const other of graph.get(path) ?? []) visit(other);
    under.delete(path);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  expect(circles).toEqual([]);
});

test('no folder may import what it does not', async () => {
  const { mayImport, FOR_ALL } = (await import(new URL('eslint.config.js', ROOT).href)) as {
    mayImport: Record<string, string[]>;
    FOR_ALL: string[];
  };
  // Also what is loaded late, and style sheets.
  const late = /(?:import\(|glob[^(]*\(\s*\[?)\s*'(\.{1,2}\/[^'?]+)/g;
  const imported = [...sources]
    .filter(([path]) => path.startsWith('src/') && path.endsWith('.ts'))
    .flatMap(([path, text]) => {
      const paths = [...importsOf(text), ...[...text.matchAll(late)].map(([, other]) => other!)];
      const folder = path.split('/')[1]!;
      return paths.map((other) => ({
        folder,
        other: new URL(other, `file:///${path}`).pathname.slice('/src/'.length),
      }));
    })
    .filter(({ folder, other }) => other.split('/')[0] !== folder);
  const uses = (allowed: string, by?: string): boolean =>
    imported.some(
      ({ folder, other }) =>
        (by ?? folder) === folder && (other === allowed || other.startsWith(`${allowed}/`)),
    );
  const unused = Object.entries(mayImport).flatMap(([folder, allowed]) =>
    allowed.filter((path) => !uses(path, folder)).map((path) => `${folder}: ${path}`),
  );
  expect([...unused, ...FOR_ALL.filter((path) => !uses(path))]).toEqual([]);
});

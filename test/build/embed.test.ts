/** The embeddable figure as it is published: small, and all of a package. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { built, BUILDING_MS } from '../support/built.ts';

let outDir: string;

beforeAll(async () => void (outDir = await built('embed')), BUILDING_MS);

const files = (): string[] => readdirSync(join(outDir, 'embed'));
const zipped = (path: string): number => gzipSync(readFileSync(join(outDir, path))).length;
const only = (pattern: RegExp): string => {
  const found = files().filter((name) => pattern.test(name));
  expect(found, String(pattern)).toHaveLength(1);
  return `embed/${found[0]!}`;
};

/** A part with all that it imports before it runs, by their names. */
function reached(name: string, found: string[] = []): string[] {
  if (found.includes(name)) return found;
  found.push(name);
  const script = readFileSync(join(outDir, 'embed', name), 'utf8');
  for (const [, part] of script.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) reached(part!, found);
  return found;
}

test('before anything is pressed a page loads at most 25.5 kB, gzipped: the script and one recording', () => {
  const recordings = files().filter((name) => name.startsWith('recording'));
  expect(recordings.length).toBeGreaterThan(10);
  const largest = Math.max(...recordings.map((name) => zipped(`embed/${name}`)));
  // What the script imports at once would come on top.
  const script = readFileSync(join(outDir, 'scaling-lab.js'), 'utf8');
  expect(script).not.toMatch(/^import[^(]*from/m);
  // 25 kB is the aim, and was kept until attributes were refused in the figure's language (docs/log/page.md).
  expect(zipped('scaling-lab.js') + largest).toBeLessThanOrEqual(25_500);
  // While the answer waits: what asks, and what is given, which is the smaller half of the recordings.
  const given = recordings.map((name) => zipped(`embed/${name}`)).toSorted((a, b) => a - b)[
    recordings.length / 2 - 1
  ]!;
  const waiting = only(/^waiting-.*\.js$/);
  expect(readFileSync(join(outDir, waiting), 'utf8')).not.toMatch(/from\s*"\.\/(?!scaling)/);
  expect(zipped('scaling-lab.js') + zipped(waiting) + given).toBeLessThanOrEqual(25_500);
});

// 110 kB is the aim, and was kept until figures trained with squared error, over several cores and by one run control
// (docs/log/page.md says what could go).
test('the whole element with engine and charts has at most 114.4 kB, gzipped', () => {
  const parts = ['scaling-lab.js', only(/^live-(?!figure).*\.js$/), only(/^embed[-.](start|worker).*\.js$/)];
  const all = parts.reduce((sum, path) => sum + zipped(path), 0);
  expect(all).toBeGreaterThan(60_000);
  expect(all).toBeLessThanOrEqual(114_400);
});

test('pictures of the inside add at most 15 kB of script, gzipped, when they are asked for', () => {
  const known = files().filter((name) => /^(live|lesson)-/.test(name));
  const before = new Set(known.flatMap((name) => reached(name)));
  const added = (name: string, than = before): string[] => reached(name).filter((path) => !than.has(path));
  const [beside] = files().filter((name) => /^beside-.*\.js$/.test(name));
  const shown = new Set(added(beside!));
  const sum = (names: Iterable<string>): number =>
    [...names].reduce((total, name) => total + zipped(`embed/${name}`), 0);
  const insides = files().filter((name) => /^inside-.*\.js$/.test(name));
  expect(insides.length).toBeGreaterThan(10);
  const both = new Set([...before, ...shown]);
  const largest = Math.max(...insides.map((name) => sum(added(name, both))));
  expect(sum(shown)).toBeGreaterThan(5_000);
  expect(sum(shown) + largest).toBeLessThanOrEqual(15_000);
});

test('the hashes that are published are those of the files', () => {
  const published = JSON.parse(readFileSync(join(outDir, 'integrity.json'), 'utf8')) as Record<
    string,
    string
  >;
  const scripts = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  expect(Object.keys(published).toSorted()).toEqual(scripts.toSorted());
  for (const [path, hash] of Object.entries(published)) {
    const digest = createHash('sha384').update(readFileSync(join(outDir, path)));
    expect(hash, path).toBe(`sha384-${digest.digest('base64')}`);
  }
});

test('the licences of what is bundled stand beside the scripts, which say so', () => {
  const notices = readFileSync(join(outDir, 'THIRD-PARTY.txt'), 'utf8');
  // Comlink is in the worker, whose text is in a script.
  for (const [name, words] of [
    ['comlink', 'Apache License'],
    ['lit-html', 'Redistribution and use in source and binary forms'],
    ['uplot', 'Permission is hereby granted'],
    ['valibot', 'Permission is hereby granted'],
  ] as const) {
    const [notice] = notices.split(/^=+$/m).filter((part) => part.startsWith(`\n${name} `));
    expect(notice, name).toContain(words);
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {
      version: string;
    };
    expect(notice).toContain(`${name} ${version} (`);
  }
  expect(notices).not.toContain('Without a text');
  for (const path of [
    'scaling-lab.js',
    only(/^live-(?!figure).*\.js$/),
    only(/^embed[-.](start|worker).*\.js$/),
  ])
    expect(readFileSync(join(outDir, path), 'utf8'), path).toContain('THIRD-PARTY.txt');
});

/** What is finished can be looked at where nothing can be written any more. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { insertDisk } from '../../src/cli/files/disk.ts';
import { lesson } from '../../src/cli/lesson.ts';
import { run } from '../../src/cli/run.ts';
import { merge, sweep } from '../../src/cli/sweep.ts';
import { FaultyDisk } from '../support/faulty-disk.ts';
import { TINY_SPEC } from '../support/tiny-lesson.ts';

vi.mock('../../src/lessons/index.ts', async () => {
  const { tinyLesson } = await import('../support/tiny-lesson.ts');
  return { LESSONS: [tinyLesson], findLesson: () => tinyLesson };
});

let folder: string;
let printed: string;
let told: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-only-'));
  printed = told = '';
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (printed += `${line}\n`));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void (told += `${line}\n`));
  writeFileSync(at('spec.json'), JSON.stringify(TINY_SPEC));
  writeFileSync(at('sweep.json'), JSON.stringify({ spec: TINY_SPEC, axes: [{ seed: [1, 2] }] }));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const CPU = ['--device', 'cpu'];
const COMMANDS: Record<string, () => Promise<number>> = {
  sweep: () => sweep([at('sweep.json'), '--out', at('out'), ...CPU]),
  lesson: () => lesson(['tiny', '--json', '--out', at('out'), ...CPU]),
  run: () => run([at('spec.json'), '--out', at('out/run.json'), '--resume', ...CPU]),
};

/** @returns what was printed */
async function onReadOnly(command: () => Promise<number>): Promise<string> {
  printed = told = '';
  const remove = insertDisk((below) => new FaultyDisk(below, { at: 1, kind: 'EROFS' }));
  try {
    expect(await command()).toBe(0);
  } finally {
    remove();
  }
  return printed;
}

describe.each(Object.entries(COMMANDS))('%s', (_, command) => {
  it('prints again what is whole, and changes nothing', async () => {
    expect(await command()).toBe(0);
    const before = printed;
    // How long it took is no longer the same.
    const facts = (text: string): string => text.replace(/in [\d.]+ \w+|"seconds":[\d.e-]+/g, '');
    expect(facts(await onReadOnly(command))).toBe(facts(before));
  });

  it('names the file and the cause where something is left to be done', async () => {
    const remove = insertDisk((below) => new FaultyDisk(below, { at: 1, kind: 'EROFS' }));
    try {
      await expect(command()).rejects.toThrow(
        /^".*" could not be (made|written): the file system is read-only$/,
      );
    } finally {
      remove();
    }
  });
});

it('a sweep whose table is gone is printed in its place', async () => {
  expect(await COMMANDS.sweep!()).toBe(0);
  const table = readFileSync(at('out/table.csv'), 'utf8');
  rmSync(at('out/table.csv'));
  expect(await onReadOnly(COMMANDS.sweep!)).toBe(table);
  expect(told).toContain('read-only');
  expect(await onReadOnly(() => merge([at('out')]))).toBe(table);
});

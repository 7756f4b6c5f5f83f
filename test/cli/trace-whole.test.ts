/** A trace is there with all of its files or not at all, whatever the disk does while they are written. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as DeviceModule from '../../src/cli/device.ts';
import { insertDisk } from '../../src/cli/files/disk.ts';
import { main } from '../../src/cli/main.ts';
import type { Device } from '../../src/gpu/device.ts';
import { Random } from '../../src/random.ts';
import { useDevice } from '../support/device.ts';
import { type Fault, FaultyDisk } from '../support/faulty-disk.ts';
import { MemoryDisk, type Survivors } from '../support/memory-disk.ts';
import { TINY_SPEC } from '../support/tiny-lesson.ts';

const shared = vi.hoisted(() => ({ device: undefined as unknown as () => Device }));
vi.mock('../../src/cli/device.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof DeviceModule>()),
  acquireDevice: () => Promise.resolve(shared.device()),
}));
shared.device = useDevice({ kind: 'cpu' });

const FILES = ['README.md', 'replay.py', 'trace.json', 'trace.safetensors'].map((name) => `/w/trace/${name}`);

let inputs: string;
let told = '';
beforeAll(() => {
  inputs = mkdtempSync(join(tmpdir(), 'trace-whole-'));
  writeFileSync(join(inputs, 'spec.json'), JSON.stringify(TINY_SPEC));
});
afterAll(() => rmSync(inputs, { recursive: true }));
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation((line: string) => void (told += `${line}\n`));
});
afterEach(() => vi.restoreAllMocks());

async function trace(disk: MemoryDisk | FaultyDisk): Promise<number> {
  told = '';
  const takeOut = insertDisk(disk);
  try {
    return await main(['trace', join(inputs, 'spec.json'), '--steps', '2', '--out', '/w/trace']);
  } finally {
    takeOut();
  }
}

const emptyDisk = (): MemoryDisk => {
  const disk = new MemoryDisk();
  disk.makeFolder('/w');
  return disk.copy();
};
const names = (disk: MemoryDisk): string[] => [...disk.files().keys()].toSorted();
const inPlace = (disk: MemoryDisk): string[] => names(disk).filter((path) => path.startsWith('/w/trace/'));

describe('a trace', { timeout: 60_000 }, () => {
  let right: Map<string, Buffer>;
  let changes: number;
  beforeAll(async () => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const disk = emptyDisk();
    const faultless = new FaultyDisk(disk);
    expect(await trace(faultless)).toBe(0);
    ({ changes } = faultless);
    right = disk.files();
    expect(names(disk)).toEqual(FILES);
  });

  /** All is there as it should be, or nothing is; the same command, given again, comes to the same files. */
  async function expectWhole(disk: MemoryDisk, context: string): Promise<void> {
    if (inPlace(disk).length === 0) expect(await trace(disk), context + told).toBe(0);
    else {
      // What is there stays.
      expect(await trace(disk), context).toBe(1);
      expect(told, context).toContain('the folder is not empty');
    }
    for (const [path, content] of right) expect(disk.files().get(path)!.equals(content), context).toBe(true);
    expect(names(disk), context).toEqual(FILES);
  }

  it.each(['ENOSPC', 'EIO', 'full', 'EROFS', 'short'] as Fault[])('with %s at every change', async (kind) => {
    for (let at = 1; at <= changes; at++) {
      const disk = emptyDisk();
      const code = await trace(new FaultyDisk(disk, { at, kind }));
      const context = `change ${at} of ${changes}: ${told}`;
      if (kind === 'short') expect(code, context).toBe(0);
      if (code !== 0) expect(told).toMatch(/"[^"]+" could not be (written|made): [^\n]+\n/);
      expect([[], FILES], context).toContainEqual(inPlace(disk));
      await expectWhole(disk, context);
    }
  });

  it.each<[string, ((n: number) => Survivors) | undefined]>([
    ['the program ends', undefined],
    ['nothing that was not synced is left', () => 'nothing'],
    ['names are left without content', () => 'names without content'],
    ['a part of what was not synced is left', (n) => new Random(n)],
    ['another part of it is left', (n) => new Random(n, 1)],
  ])('where at every change %s', async (_, survivors) => {
    for (let at = 1; at <= changes; at++) {
      const disk = emptyDisk();
      await trace(new FaultyDisk(disk, { at, kind: 'crash' }));
      if (survivors) disk.losePower(survivors(at));
      expect([[], FILES], `change ${at} of ${changes}`).toContainEqual(inPlace(disk));
      await expectWhole(disk, `change ${at} of ${changes}: `);
    }
  });
});

it('refuses a folder that is not empty before it trains', async () => {
  const disk = emptyDisk();
  disk.makeFolder('/w/trace');
  disk.close(disk.open('/w/trace/mine.txt', 'wx'));
  expect(await trace(disk)).toBe(1);
  expect(told).toBe(
    '"/w/trace" could not be written: the folder is not empty, and what is in it stays; name another one\n',
  );
  expect(names(disk)).toEqual(['/w/trace/mine.txt']);
});

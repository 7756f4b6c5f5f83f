/** A lesson's folder in which something is missing or damaged: that is made again, and all comes out the same. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lesson } from '../../src/cli/lesson.ts';
import type { Device } from '../../src/gpu/device.ts';
import { useDevice } from '../support/device.ts';

const shared = vi.hoisted(() => ({ device: undefined as unknown as () => Device }));
vi.mock('../../src/cli/device.ts', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  acquireDevice: () => Promise.resolve(shared.device()),
}));
vi.mock('../../src/lessons/index.ts', async () => {
  const { tinyLesson } = await import('../support/tiny-lesson.ts');
  return { LESSONS: [tinyLesson], findLesson: () => tinyLesson };
});
shared.device = useDevice({ kind: 'cpu' });

let folder: string;
let printed: string;
let warned: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lesson-folder-'));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (printed = line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void (warned += `${line}\n`));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function tables(...more: string[]): Promise<unknown> {
  warned = '';
  expect(await lesson(['tiny', '--json', '--out', folder, ...more])).toBe(0);
  return (JSON.parse(printed) as { tables: unknown }).tables;
}

const cut = (name: string): void => {
  writeFileSync(at(name), readFileSync(at(name)).subarray(0, 100));
};

describe('a run that begins with the weights of another', { timeout: 60_000 }, () => {
  it.each<[string, () => void]>([
    ['gone', () => rmSync(at('parent.safetensors'))],
    ['cut off', () => cut('parent.safetensors')],
    [
      'gone, with its result',
      () => ['parent.safetensors', 'parent.json'].forEach((name) => rmSync(at(name))),
    ],
    [
      "another run's",
      () => {
        rmSync(at('parent.json'));
        writeFileSync(at('parent.json'), readFileSync(at('child.json.kept')));
      },
    ],
  ])('has them made again where they are %s', async (_, damage) => {
    const right = await tables();
    writeFileSync(at('child.json.kept'), readFileSync(at('child.json')));
    rmSync(at('child.json'));
    damage();
    expect(await tables()).toEqual(right);
    const after = readdirSync(folder).filter((name) => /\.lease|\.tmp|\.part/.test(name));
    expect(after).toEqual([]);
  });

  it('is trained again where its result is damaged, which is named', async () => {
    const right = await tables();
    cut('child.json');
    expect(await tables()).toEqual(right);
    expect(warned).toContain('child.json.broken');
  });
});

describe('the folder of another experiment', { timeout: 60_000 }, () => {
  it('is refused, and left as it is, with and without the file that names it', async () => {
    await tables();
    const before = readdirSync(folder);
    const refused = /of another seed, size or setting \(.*seed/;
    await expect(lesson(['tiny', '--out', folder, '--seed', '5'])).rejects.toThrow(refused);
    expect(readdirSync(folder)).toEqual(before);
    rmSync(at('experiment.json'));
    await expect(lesson(['tiny', '--out', folder, '--seed', '5'])).rejects.toThrow(refused);
    expect(readdirSync(folder)).toEqual(before.filter((name) => name !== 'experiment.json'));
    await tables();
  });
});

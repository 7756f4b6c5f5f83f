/** What a folder holds is believed only where it is whole and the run's own; all else is named, set aside and done again. */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileStore } from '../../src/cli/store.ts';
import { merge } from '../../src/cli/sweep.ts';
import { encodeCheckpoint } from '../../src/training/results/checkpoint.ts';
import { expandSweep, parseSweep } from '../../src/training/spec/sweep.ts';
import { plantedCheckpoint, plantedResult, tinyRun } from '../support/planted-run.ts';
import { TINY_SPEC } from '../support/tiny-lesson.ts';

let folder: string;
let warnings: string[];
let store: FileStore;
const run = tinyRun(1);
const other = tinyRun(2);
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'damage-'));
  warnings = [];
  store = new FileStore(folder, { warn: (message) => warnings.push(message) });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** An empty file that was not there. */
function openNew(path: string): string {
  writeFileSync(path, '');
  return path;
}

/** What may have become of a file. */
const DAMAGES: [string, (content: Buffer, foreign: Buffer) => string | Buffer][] = [
  ['empty', () => ''],
  ['cut off', (content) => content.subarray(0, content.length - 100)],
  ['cut in the middle', (content) => content.subarray(0, content.length / 2)],
  ['of zeros', (content) => Buffer.alloc(content.length)],
  ['{}', () => '{}'],
  ['[]', () => '[]'],
  ['5', () => '5'],
  ['null', () => 'null'],
  ["another run's", (_content, foreign) => foreign],
];

describe.each(['json', 'safetensors'])('a file %s', (ending) => {
  const name = `${run.id}.${ending}`;
  const load = (): Promise<unknown> => (ending === 'json' ? store.load(run) : store.loadCheckpoint(run));

  beforeEach(async () => {
    for (const each of [run, other]) {
      await store.save(each, plantedResult(each));
      await store.saveCheckpoint(each, plantedCheckpoint(each));
    }
  });

  it('that is whole is read as it was written', async () => {
    expect(await store.load(run)).toEqual(plantedResult(run));
    expect(await store.loadCheckpoint(run)).toEqual(plantedCheckpoint(run));
    expect(warnings).toEqual([]);
  });

  it.each(DAMAGES)('that is %s is named and set aside', async (_, damage) => {
    writeFileSync(at(name), damage(readFileSync(at(name)), readFileSync(at(`${other.id}.${ending}`))));
    const damaged = readFileSync(at(name));
    expect(await load()).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(`${name}.broken`)]);
    expect(readFileSync(at(`${name}.broken`))).toEqual(damaged);
    expect(readdirSync(folder)).not.toContain(name);
  });

  // A pipe waits for whoever writes into it, a device may have no end, a file may have a hole of any size.
  it.each<[string, (path: string) => void, string]>([
    ['a folder', (path) => mkdirSync(path), 'it is a folder'],
    ['a pipe', (path) => execFileSync('mkfifo', [path]), 'it is a pipe or a device'],
    ['a device', (path) => symlinkSync('/dev/zero', path), 'it is a pipe or a device'],
    ['larger than memory', (path) => truncateSync(openNew(path), 2 ** 43), 'it '],
  ])('that is %s is named and set aside', async (_, make, why) => {
    rmSync(at(name));
    make(at(name));
    expect(await load()).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(`because ${why}`)]);
    expect(warnings[0]).toContain(`${name}.broken`);
    expect(readdirSync(folder)).not.toContain(name);
    await (ending === 'json'
      ? store.save(run, plantedResult(run))
      : store.saveCheckpoint(run, plantedCheckpoint(run)));
    expect(await load()).toBeDefined();
  });

  it('with any one byte changed is named or, where nothing counts on it, the same', async () => {
    const whole = readFileSync(at(name));
    const right = await load();
    for (let i = 0; i < whole.length; i += 7) {
      const changed = Buffer.from(whole);
      changed[i]! ^= 1 << (i % 8);
      writeFileSync(at(name), changed);
      const before = warnings.length;
      const found = await load();
      if (found === undefined) expect(warnings.length, `byte ${i}`).toBe(before + 1);
      else expect(found, `byte ${i}`).toEqual(right);
    }
    expect(warnings.length).toBeGreaterThan(whole.length / 8);
  });

  it('keeps what was set aside before', async () => {
    for (const content of ['first', 'second', 'third']) {
      writeFileSync(at(name), content);
      await load();
    }
    const broken = readdirSync(folder).filter((file) => file.includes('.broken'));
    expect(broken.map((file) => readFileSync(at(file), 'utf8')).toSorted()).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  it('of before, which has no checksum, is read', async () => {
    const content =
      ending === 'json' ? JSON.stringify(plantedResult(run)) : encodeCheckpoint(plantedCheckpoint(run));
    writeFileSync(at(name), content);
    expect(await load()).toBeDefined();
    expect(warnings).toEqual([]);
  });
});

describe('what was kept of an interrupted run', () => {
  const part = { result: plantedResult(run, 4), checkpoint: plantedCheckpoint(run, 4) };
  const [curve, state] = [`${run.id}.part.json`, `${run.id}.part.4.safetensors`];

  it('is read as it was written, and is one curve and one state', async () => {
    await store.savePart(run, { result: plantedResult(run, 2), checkpoint: plantedCheckpoint(run, 2) });
    await store.savePart(run, part);
    expect(await store.loadPart(run)).toEqual(part);
    expect(readdirSync(folder).toSorted()).toEqual([state, curve]);
  });

  it.each([curve, state])('does not count when %s is damaged', async (name) => {
    await store.savePart(run, part);
    writeFileSync(at(name), readFileSync(at(name)).subarray(0, 50));
    expect(await store.loadPart(run)).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(`${name}.broken`)]);
  });

  it('does not count when its state is of another step', async () => {
    await store.savePart(run, part);
    await new FileStore(at('other')).savePart(run, {
      result: plantedResult(run, 2),
      checkpoint: plantedCheckpoint(run, 2),
    });
    writeFileSync(at(state), readFileSync(at(`other/${run.id}.part.2.safetensors`)));
    expect(await store.loadPart(run)).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('step 2')]);
  });
});

it('forgets a run, and none whose name only begins like it', async () => {
  const [short, long] = [
    { ...run, id: 'rate-0' },
    { ...run, id: 'rate-0.1' },
  ];
  for (const each of [short, long]) await store.save(each, plantedResult(each));
  await store.forget(short);
  expect(await store.load(short)).toBeUndefined();
  expect(await store.load(long)).toBeDefined();
});

describe('merge', () => {
  const sweep = parseSweep({ spec: TINY_SPEC, axes: [{ seed: [1, 2] }] });
  const runs = expandSweep(sweep);
  let errors: string;
  let printed: string;

  beforeEach(async () => {
    errors = printed = '';
    vi.spyOn(console, 'error').mockImplementation((line: string) => void (errors += `${line}\n`));
    vi.spyOn(console, 'log').mockImplementation((line: string) => void (printed += `${line}\n`));
    for (const name of ['a', 'b']) {
      mkdirSync(at(name));
      writeFileSync(at(`${name}/sweep.json`), JSON.stringify(sweep, undefined, 2));
      for (const each of runs) await new FileStore(at(`${name}/runs`)).save(each, plantedResult(each));
    }
  });

  const files = (): [string, Buffer][] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name))]);

  it.each(DAMAGES)(
    'counts a result that is %s as missing, names it, and changes nothing',
    async (_, damage) => {
      const path = at(`a/runs/${runs[0]!.id}.json`);
      writeFileSync(path, damage(readFileSync(path), readFileSync(at(`a/runs/${runs[1]!.id}.json`))));
      const before = files();
      await expect(merge([at('a')])).rejects.toThrow('1 of 2 runs are missing');
      expect(errors).toContain(`"${path}" does not count`);
      expect(await merge([at('a'), at('b')])).toBe(0);
      expect(printed.trim().split('\n')).toHaveLength(3);
      expect(files()).toEqual(before);
    },
  );

  it('says where two folders disagree', async () => {
    const [first] = runs;
    const result = { ...plantedResult(first!), device: 'another device' };
    result.losses.values[0]![3] = 7;
    await new FileStore(at('b/runs')).save(first!, result);
    expect(await merge([at('a'), at('b')])).toBe(0);
    expect(errors).toContain(`disagree on the run ${first!.id}`);
    expect(errors).toContain('another device');
  });

  it('names a sweep.json that is damaged, and goes by that of another folder', async () => {
    writeFileSync(at('a/sweep.json'), '{"spec":');
    expect(await merge([at('a'), at('b')])).toBe(0);
    expect(errors).toContain(`"${at('a/sweep.json')}" does not count`);
    await expect(merge([at('a')])).rejects.toThrow('no sweep.json that is whole');
  });
});

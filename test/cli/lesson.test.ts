/** Lessons from the command line: settings of one's own, and folders that hold another experiment. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike } from '../../src/cli/lesson.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { SIZES } from '../../src/lessons/lesson.ts';
import type { Trials } from '../../src/lessons/trials.ts';
import { LAB } from '../support/lab.ts';

const SHORT = ['lesson', 'learning', '--size', 'small', '--set', 'steps=40', '--device', 'cpu', '--json'];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'lesson-'))));
afterAll(() => rmSync(folder, { recursive: true }));

interface Report {
  changes?: Record<string, unknown>;
  gpuSeconds: number;
  tables: Record<string, Record<string, unknown>[]>;
}

async function lab(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [LAB, ...args]);
  return stdout;
}

describe('a lesson', { timeout: 120_000 }, () => {
  it('takes settings of one’s own, says so, and does not repeat what its folder holds', async () => {
    const first = JSON.parse(await lab(...SHORT, '--out', folder)) as Report;
    expect(first.changes).toEqual({ steps: 40 });
    const again = JSON.parse(await lab(...SHORT, '--out', folder)) as Report;
    expect(again.gpuSeconds).toBe(first.gpuSeconds);
    expect(again.tables).toEqual(first.tables);
  });

  it.each([
    ['another seed', ['--seed', '2']],
    ['another setting', ['--set', 'learningRate=0.02']],
  ])('refuses the folder of an experiment with %s', async (_, more) => {
    await lab(...SHORT, '--out', folder);
    await expect(lab(...SHORT, ...more, '--out', folder)).rejects.toThrow('of another seed, size or setting');
  });

  it('has the seed as an option, and refuses settings that are none', async () => {
    await expect(lab(...SHORT, '--set', 'seed=2')).rejects.toThrow('--seed');
    await expect(lab(...SHORT, '--set', 'task.digits=3')).rejects.toThrow('task.digits');
  });
});

describe('runs between which a setting leaves no difference', () => {
  it('are named', { timeout: 240_000 }, async () => {
    const specialists = ['lesson', 'specialists', '--size', 'small', '--device', 'cpu'];
    const settings = ['--set', 'labels=own', '--set', 'steps=2', '--set', 'batch=4', '--set', 'replicas=1'];
    const { stderr } = await promisify(execFile)(process.execPath, [LAB, ...specialists, ...settings]);
    expect(stderr).toContain('loop-own and loop-right and loop-new');
  });

  it.each(LESSONS)('are none in the plan of $name itself', (lesson) => {
    for (const size of SIZES) expect(alike(lesson.plan(size, 1))).toEqual([]);
  });
});

it(
  'what many seeds came to is written beside the lesson; other sizes stay',
  { timeout: 240_000 },
  async () => {
    const file = join(folder, 'kernels', 'trials.json');
    mkdirSync(join(folder, 'kernels'));
    const before = { device: 'x', date: 'y', seeds: [1], outcomes: ['holds'], numbers: {} };
    writeFileSync(file, JSON.stringify({ large: before }));
    await lab('verdicts', 'kernels', '--size', 'small', '--seeds', '2', '--to', folder);
    const { small, large } = JSON.parse(readFileSync(file, 'utf8')) as Trials;
    expect(large).toEqual(before);
    expect(small!.seeds).toEqual([1, 101]);
    expect(small!.outcomes).toHaveLength(2);
    expect(Object.values(small!.numbers).length).toBeGreaterThan(0);
    for (const values of Object.values(small!.numbers)) expect(values).toHaveLength(2);
  },
);

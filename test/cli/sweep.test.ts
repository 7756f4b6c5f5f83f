/** Sweeps from the command line, killed and resumed, split and merged. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/random.ts';
import { LAB } from '../support/lab.ts';

const CPU = ['--device', 'cpu'];
const KILLS = 20;

const sweep = {
  spec: {
    task: { name: 'factsworld', facts: 64, pool: 512, validation: 64 },
    model: { kind: 'mlp', hidden: [8], embedding: 4 },
    batch: 16,
    steps: 200,
    replicas: 2,
    evaluate: { every: 20 },
  },
  axes: [{ seed: [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23] }, { learningRate: [0.003, 0.01, 0.03] }],
};

let folder: string;
let file: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep-'));
  file = at('sweep.json');
  writeFileSync(file, JSON.stringify(sweep));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function lab(...args: string[]): Promise<string> {
  const more = args[0] === 'sweep' ? CPU : [];
  const { stdout } = await promisify(execFile)(process.execPath, [LAB, ...args, ...more]);
  return stdout;
}

/** Starts the sweep and kills it after `ms`, without a warning. */
function killed(out: string, ms: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [LAB, 'sweep', file, '--out', out, ...CPU], { stdio: 'ignore' });
  setTimeout(() => child.kill('SIGKILL'), ms);
  return new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
}

/** Results so far; a sweep that was killed at once has no folder yet. */
const finished = (out: string): string[] =>
  existsSync(join(out, 'runs'))
    ? readdirSync(join(out, 'runs')).filter((name) => /^[0-9a-f]+\.json$/.test(name))
    : [];

describe('a sweep', { timeout: 300_000 }, () => {
  it(`killed ${KILLS} times at random moments gives the same table as one left alone, bit for bit`, async () => {
    await lab('sweep', file, '--out', at('whole'));
    const random = new Random(Date.now());
    let interrupted = 0;
    let before = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const signal = await killed(at('killed'), 100 + 400 * random.uniform());
      interrupted += Number(signal === 'SIGKILL');
      const now = finished(at('killed')).length;
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(interrupted).toBeGreaterThan(0);
    await lab('sweep', file, '--out', at('killed'));
    expect(readFileSync(at('killed/table.csv'), 'utf8')).toBe(readFileSync(at('whole/table.csv'), 'utf8'));
  });

  it('split into shards and merged gives the same table', async () => {
    await lab('sweep', file, '--out', at('part 1'), '--shard', '1/2');
    await expect(lab('merge', at('part 1'), '--out', at('merged.csv'))).rejects.toThrow(
      '18 of 36 runs are missing',
    );
    await lab('sweep', file, '--out', at('part 2'), '--shard', '2/2');
    await lab('merge', at('part 1'), at('part 2'), '--out', at('merged.csv'));
    expect(readFileSync(at('merged.csv'), 'utf8')).toBe(readFileSync(at('whole/table.csv'), 'utf8'));
  });

  it('refuses a folder that holds another sweep, and a shard that is none', async () => {
    writeFileSync(at('other.json'), JSON.stringify({ ...sweep, axes: [] }));
    await expect(lab('sweep', at('other.json'), '--out', at('whole'))).rejects.toThrow('holds another sweep');
    await expect(lab('sweep', file, '--out', at('new'), '--shard', '3/2')).rejects.toThrow('must be i/n');
  });
});

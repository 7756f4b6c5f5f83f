/** Commands that are stopped, killed, or given twice at once: nothing is lost, nobody is in another's way. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAB } from '../support/lab.ts';

const SPEC = {
  task: { name: 'factsworld', facts: 64, pool: 256, validation: 64 },
  model: { kind: 'mlp', hidden: [2], embedding: 2 },
  batch: 8,
  steps: 1200,
  evaluate: { every: 20 },
};

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stops-'));
  writeFileSync(at('spec.json'), JSON.stringify(SPEC));
  writeFileSync(at('sweep.json'), JSON.stringify({ spec: SPEC, axes: [{ seed: [1, 2, 3, 4] }] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Command {
  child: ChildProcess;
  ended: Promise<{ code: number | null; out: string; err: string }>;
}

function lab(...args: string[]): Command {
  const env = { ...process.env, SCALING_LAB_SAVE_EVERY_MS: '50' };
  const child = spawn(process.execPath, [LAB, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  const text = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (text.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (text.err += data.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...text })),
  );
  return { child, ended };
}

const run = (name: string, ...more: string[]): Command =>
  lab(
    'run',
    at('spec.json'),
    '--out',
    at(`${name}.json`),
    '--checkpoint',
    at(`${name}.safetensors`),
    ...more,
  );

/** Resolves when a file is there: the command is in the middle of its work. */
async function until(isThere: () => boolean): Promise<void> {
  while (!isThere()) await sleep(10);
}

const bitsOf = (name: string): unknown => {
  const { losses, evaluations } = JSON.parse(readFileSync(at(`${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >;
  return { losses, evaluations, weights: readFileSync(at(`${name}.safetensors`), 'base64') };
};

describe('run', { timeout: 180_000 }, () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
    ['SIGKILL', null],
  ] as const)('goes on after %s from where it was, with the same bits', async (signal, code) => {
    if (!existsSync(at('whole.json'))) expect((await run('whole').ended).code).toBe(0);
    const stopped = run(signal);
    const part = at(`${signal}.json.part/run.part.json`);
    const step = (): number =>
      existsSync(part) ? (JSON.parse(readFileSync(part, 'utf8')) as { step: number }).step : 0;
    await until(() => step() > 0);
    stopped.child.kill(signal);
    expect(await stopped.ended).toMatchObject({ code });
    expect(step()).toBeGreaterThan(0);

    const other = await run(signal, '--resume', '--set', 'learningRate=0.5').ended;
    expect(other.err).toContain('learningRate is 0.');
    expect(other.code).toBe(2);

    expect(await run(signal, '--resume').ended).toMatchObject({ code: 0 });
    expect(bitsOf(signal)).toEqual(bitsOf('whole'));
    expect(readdirSync(folder).filter((name) => /\.part|\.lease|\.tmp/.test(name))).toEqual([]);
  });

  it('given twice at once writes one result, and tells the second', async () => {
    const first = lab('run', at('spec.json'), '--steps', '20000', '--out', at('twice.json'));
    await until(() => existsSync(at('twice.json.lease')));
    const second = await lab('run', at('spec.json'), '--out', at('twice.json')).ended;
    expect(second).toMatchObject({
      code: 1,
      err: expect.stringContaining('being written by another process') as string,
    });
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(143);
  });

  it('refuses one name for two files, folders, and places that take no file, before it trains', async () => {
    const same = await lab('run', at('spec.json'), '--out', at('x'), '--checkpoint', `${folder}/./x`).ended;
    expect(same).toMatchObject({ code: 2, err: expect.stringContaining('--out and --checkpoint') as string });
    const inFolder = await lab('run', at('spec.json'), '--out', folder).ended;
    expect(inFolder).toMatchObject({
      code: 1,
      err: `"${folder}" could not be written: that is a folder\n`,
    });
    const nowhere = await lab('run', at('spec.json'), '--out', '/proc/none/x.json').ended;
    expect(nowhere.err).toMatch(/^"\/proc\/none" could not be made: .*\n$/);
    expect(existsSync(at('x'))).toBe(false);
  });
});

describe('a lesson', { timeout: 180_000 }, () => {
  const stepOf = (part: string): number =>
    existsSync(part) ? (JSON.parse(readFileSync(part, 'utf8')) as { step: number }).step : 0;
  const lesson = ['learning', '--device', 'cpu'];

  it.each([
    ['lesson', () => ['--size', 'small', '--out'], ''],
    ['verdicts', () => ['--size', 'small', '--seeds', '2', '--out'], 'learning/small/1'],
    ['record', () => ['--to', at('recordings'), '--runs'], 'learning/standard/1'],
  ])('%s keeps at SIGTERM how far it came, and goes on from there', async (command, options, runs) => {
    const part = at(join(command, runs, 'rates.part.json'));
    let before = 0;
    for (let times = 0; times < 2; times++) {
      const under = lab(command, ...lesson, ...options(), at(command));
      await until(() => stepOf(part) > before);
      const seen = stepOf(part);
      under.child.kill('SIGTERM');
      const { code, err } = await under.ended;
      expect(code).toBe(143);
      expect(err).toContain('Stopped; the same command goes on from here.');
      before = stepOf(part);
      expect(before).toBeGreaterThanOrEqual(seen);
    }
    const names = readdirSync(at(join(command, runs)));
    expect(names.filter((name) => /\.lease|\.tmp/.test(name))).toEqual([]);
    expect(existsSync(at('recordings/learning/recording.json'))).toBe(false);
  });

  it('ends at once at a second signal, and what was kept before is whole', async () => {
    const part = at('second/rates.part.json');
    const command = ['lesson', ...lesson, '--size', 'small', '--out', at('second')];
    const under = lab(...command);
    await until(() => stepOf(part) > 0);
    under.child.kill('SIGTERM');
    under.child.kill('SIGINT');
    const { code, err } = await under.ended;
    // Which of the two is heard first is the system's choice.
    expect([130, 143]).toContain(code);
    expect(err).toContain('Once more ends it at once');
    expect(err).not.toContain('Stopped;');
    const before = stepOf(part);
    expect(before).toBeGreaterThan(0);
    const again = lab(...command);
    await until(() => stepOf(part) > before);
    again.child.kill('SIGTERM');
    const end = await again.ended;
    expect(end.code).toBe(143);
    expect(end.err).not.toContain('does not count');
  });
});

describe('sweep', { timeout: 180_000 }, () => {
  it('stops at SIGTERM and goes on; two at once share the work, and both have the table', async () => {
    expect((await lab('sweep', at('sweep.json'), '--out', at('alone')).ended).code).toBe(0);
    const stopped = lab('sweep', at('sweep.json'), '--out', at('both'));
    await until(
      () =>
        existsSync(at('both/runs')) && readdirSync(at('both/runs')).some((name) => name.endsWith('.json')),
    );
    stopped.child.kill('SIGTERM');
    expect((await stopped.ended).code).toBe(143);

    const both = [1, 2].map(() => lab('sweep', at('sweep.json'), '--out', at('both')));
    for (const { ended } of both) expect(await ended).toMatchObject({ code: 0 });
    expect(readFileSync(at('both/table.csv'), 'utf8')).toBe(readFileSync(at('alone/table.csv'), 'utf8'));
    expect(readdirSync(at('both/runs')).every((name) => /^[0-9a-f]+\.json$/.test(name))).toBe(true);
  });
});

/** Who trains a run: one process at a time, and the next one soon after the first is gone. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertDisk } from '../../src/cli/files/disk.ts';
import { Leases } from '../../src/cli/files/lease.ts';
import { clearLeftovers, noteLeftovers } from '../../src/cli/files/leftovers.ts';
import { SILENT_BEATS } from '../../src/cli/files/silence.ts';
import { FileStore } from '../../src/cli/store.ts';
import { LeaseLostError } from '../../src/training/plan/store.ts';
import { plantedResult, tinyRun } from '../support/planted-run.ts';

const HOLDER = join(import.meta.dirname, '../support/hold-lease.mjs');
/** Of processes that really beat. */
const BEAT_MS = 1000;

let folder: string;
let children: ChildProcess[];
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leases-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await clearLeftovers({ waits: false });
  rmSync(folder, { recursive: true });
});

/** Another process that holds a file; resolves when it does. */
async function holder(name: string): Promise<ChildProcess & { said: () => string }> {
  const child = spawn(process.execPath, [HOLDER, at(name)], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  while (!said.includes('held')) await sleep(20);
  return Object.assign(child, { said: () => said });
}

/** Asks once a beat, as commands do. */
async function takenWithin(beats: number, name: string, leases = new Leases()): Promise<boolean> {
  for (let beat = 0; beat <= beats; beat++) {
    const lease = leases.take(at(name));
    if (lease) {
      await lease.release();
      return true;
    }
    await sleep(BEAT_MS);
  }
  return false;
}

describe('a lease', { timeout: 60_000 }, () => {
  it('is given once, and again when it was let go', async () => {
    const run = tinyRun(1);
    const [one, other] = [new FileStore(folder), new FileStore(folder)];
    const lease = await one.lease(run);
    expect(lease).toBeDefined();
    expect(await other.lease(run)).toBeUndefined();
    expect(await other.lease(tinyRun(2))).toBeDefined();
    await lease!.release();
    expect(await other.lease(run)).toBeDefined();
  });

  it('of a process that lives stays its own, and is free soon after it was killed', async () => {
    const child = await holder('a.lease');
    expect(await takenWithin(SILENT_BEATS + 2, 'a.lease')).toBe(false);
    child.kill('SIGKILL');
    expect(await takenWithin(SILENT_BEATS + 2, 'a.lease')).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a process that was suspended is another’s, which it notices when it goes on', async () => {
    const child = await holder('a.lease');
    child.kill('SIGSTOP');
    const leases = new Leases();
    for (let beat = 0; beat < SILENT_BEATS + 2 && !leases.take(at('a.lease')); beat++) await sleep(BEAT_MS);
    const own = readFileSync(at('a.lease'), 'utf8');
    child.kill('SIGCONT');
    for (let beat = 0; beat < 4 && !child.said().includes('lost'); beat++) await sleep(BEAT_MS);
    expect(child.said()).toContain('lost');
    expect(readFileSync(at('a.lease'), 'utf8')).toBe(own);
  });

  it('does not go by clocks: that of the holder may jump or be years off', async () => {
    const takeOut = insertDisk((below) => ({ ...below, beatMs: 20 }));
    try {
      const watching = new Leases();
      writeFileSync(at('a.lease'), 'somebody');
      const years = [2000, 2040, 1999, 1970, 2026, 2001, 2038, 1980, 1990, 2010, 2011, 2012];
      for (const year of years) {
        utimesSync(at('a.lease'), new Date(year, 0), new Date(year, 0));
        expect(watching.take(at('a.lease'))).toBeUndefined();
        await sleep(20);
      }
      for (let i = 0; i < 20; i++) {
        const lease = watching.take(at('a.lease'));
        if (lease) {
          await lease.release();
          return;
        }
        await sleep(20);
      }
      expect.fail('It was never free.');
    } finally {
      takeOut();
    }
  });

  it('that was lost lets nothing be written', async () => {
    const run = tinyRun(1);
    const store = new FileStore(folder);
    const lease = await store.lease(run);
    writeFileSync(at(`${run.id}.lease`), 'another process');
    expect(() => store.save(run, plantedResult(run))).toThrow(LeaseLostError);
    expect(lease!.lost.aborted).toBe(true);
    await lease!.release();
    expect(readdirSync(folder)).toEqual([`${run.id}.lease`]);
  });
});

describe('what lies beside a file', { timeout: 60_000 }, () => {
  const temporary = '.lab-0123456789abcdef.tmp';

  it('stays while the process that writes it lives, and goes when it was killed', async () => {
    const child = await holder(temporary);
    noteLeftovers(folder);
    await clearLeftovers({ waits: true });
    expect(existsSync(at(temporary))).toBe(true);
    child.kill('SIGKILL');
    noteLeftovers(folder);
    await clearLeftovers({ waits: true });
    expect(existsSync(at(temporary))).toBe(false);
  });

  it('goes by its name alone where people keep files of their own', async () => {
    const takeOut = insertDisk((below) => ({ ...below, beatMs: 10 }));
    const names = ['film.7.part', 'data.json.12.part', 'notes.tmp', 'a.lease', temporary];
    for (const name of names) writeFileSync(at(name), '');
    noteLeftovers(folder);
    await clearLeftovers({ waits: true });
    expect(readdirSync(folder).toSorted()).toEqual(names.slice(0, -1).toSorted());
    noteLeftovers(folder, true);
    await clearLeftovers({ waits: true });
    expect(readdirSync(folder).toSorted()).toEqual(['film.7.part', 'notes.tmp']);
    takeOut();
  });
});

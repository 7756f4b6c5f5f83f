/** What the worker keeps of experiments in the browser's database: whole, checked, and in spite of the browser. */
import 'fake-indexeddb/auto';
import { lineOf } from '../../src/problems.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openDatabase, type BrowserDatabase, type LabTable } from '../../src/state/database.ts';
import { LeaseLostError, type Part } from '../../src/training/plan/store.ts';
import { planRun, type PlannedRun } from '../../src/training/spec/sweep.ts';
import { Device } from '../../src/gpu/device.ts';
import { KeptResults, measuredOnce } from '../../src/worker/kept.ts';
import type { KeptNotice } from '../../src/worker/protocol.ts';
import { plantedCheckpoint } from '../support/planted-run.ts';

const base = { task: { name: 'shapes' }, model: { kind: 'mlp', hidden: [2] }, steps: 40 };
const run = planRun(base, {});
const other = planRun({ ...base, seed: 2 }, {});

/** A run that was interrupted at a step; the day is that of its result. */
function partOf(run: PlannedRun, step: number, day = 1): Part {
  const { spec } = run;
  const checkpoint = plantedCheckpoint(run, step);
  checkpoint.parameters[0] = step;
  return {
    result: {
      spec,
      device: 'a device',
      date: new Date(Date.UTC(2026, 10, day)).toISOString(),
      outcome: 'paused',
      step,
      parameters: 12,
      flopsPerStep: 1,
      tokensPerStep: 1,
      seconds: 1,
      compileSeconds: 0,
      losses: { first: 0, values: [new Float32Array(step).fill(0.5)] },
      evaluations: [{ step: 0, sets: { validation: [{ loss: 0.5, accuracy: NaN }] } }],
    },
    checkpoint,
  };
}

function finished(of: PlannedRun): Part {
  const part = partOf(of, 40);
  return { ...part, result: { ...part.result, outcome: 'finished' } };
}

let count = 0;
/** A database of its own, and stores on it as of several visits. */
function world(): { database: BrowserDatabase; visit: () => KeptResults; heard: KeptNotice[] } {
  const name = `kept ${count++}`;
  const heard: KeptNotice[] = [];
  const database = openDatabase(name);
  return {
    database,
    heard,
    visit: () => {
      const kept = new KeptResults(openDatabase(name));
      kept.watch((notice) => heard.push(notice));
      return kept;
    },
  };
}

async function put(database: BrowserDatabase, table: LabTable, value: unknown): Promise<void> {
  await (await database.get())!.put(table, value, run.id);
}

afterEach(() => vi.restoreAllMocks());

test('what is kept comes back in another visit as it was', async () => {
  const { visit, heard } = world();
  const first = visit();
  const { result, checkpoint } = finished(run);
  await first.savePart(run, partOf(run, 7));
  expect(await visit().loadPart(run)).toEqual(partOf(run, 7));
  await first.saveCheckpoint(run, checkpoint);
  await first.save(run, result);
  const second = visit();
  expect(await second.load(run)).toEqual(result);
  expect(await second.loadCheckpoint(run)).toEqual(checkpoint);
  expect(await second.loadPart(run)).toBeUndefined();
  await second.forget(run);
  expect(await visit().load(run)).toBeUndefined();
  expect(heard).toEqual([]);
});

test('records of before there were versions, and under ids of before, are found', async () => {
  const { database, visit, heard } = world();
  const { result } = finished(run);
  const open = (await database.get())!;
  await open.put('results', result, run.formerIds![0]);
  expect(await visit().load(run)).toEqual(result);
  await open.put('parts', { result: partOf(run, 3).result, checkpoint: new Uint8Array() }, run.id);
  expect(await visit().loadPart(run)).toBeUndefined();
  expect(heard).toMatchObject([{ kind: 'set-aside', what: 'part' }]);
});

test('of more than eight interrupted runs the oldest goes, whatever it is called', async () => {
  const { database, visit } = world();
  const ids = ['k', 'b', 'i', 'a', 'h', 'c', 'g', 'd'];
  const before = visit();
  const named = (id: string): PlannedRun => ({ ...run, id, formerIds: [] });
  for (const [i, id] of ids.entries()) await before.savePart(named(id), partOf(run, 1, 1 + i));
  const kept = visit();
  // The oldest goes on, which makes it the newest.
  await kept.savePart(named('k'), partOf(run, 1, 20));
  await kept.savePart(named('e'), partOf(run, 1, 21));
  const left = async (): Promise<string[]> => (await (await database.get())!.getAllKeys('parts')).sort();
  expect(await left()).toEqual(['a', 'c', 'd', 'e', 'g', 'h', 'i', 'k']);
  await kept.savePart(named('f'), partOf(run, 1, 22));
  expect(await left()).toEqual(['a', 'c', 'd', 'e', 'f', 'g', 'h', 'k']);
  // The clock was wrong until now, and is set back.
  await kept.savePart(named('l'), partOf(run, 1, -400));
  await kept.savePart(named('m'), partOf(run, 1, -399));
  expect(await left()).toEqual(['c', 'd', 'e', 'f', 'g', 'k', 'l', 'm']);
});

describe('what cannot be believed is set aside, named, and as good as not there', () => {
  const { result } = finished(run);
  test.each<[string, unknown, string]>([
    ['an empty object', {}, 'spec: is missing'],
    ['a list', [], 'must be'],
    ['a number', 5, 'is no record'],
    ['a text', 'result', 'is no record'],
    ['a result without losses', { ...result, losses: undefined }, 'losses'],
    ['a result of another run', finished(other).result, 'seed is 2, not 1'],
    ['a record of a newer version', { version: 2, result }, 'newer version'],
    ['a record that was changed', { version: 1, sum: 'f00', date: '', result }, 'checksum'],
  ])('%s', async (_, record, why) => {
    const { database, visit, heard } = world();
    await put(database, 'results', record);
    const kept = visit();
    expect(await kept.load(run)).toBeUndefined();
    expect(heard).toMatchObject([{ kind: 'set-aside', what: 'result', id: run.id }]);
    const [notice] = heard;
    expect(notice?.kind === 'set-aside' && notice.why.map(lineOf).join('\n')).toContain(why);
    const [aside] = await (await database.get())!.getAll('broken');
    expect(aside).toMatchObject({ table: 'results', key: run.id });
    expect(aside!.value).toEqual(record);
    await kept.save(run, result);
    expect(await visit().load(run)).toEqual(result);
  });

  test('one changed byte of a checkpoint', async () => {
    const { database, visit, heard } = world();
    await visit().saveCheckpoint(run, finished(run).checkpoint);
    const record = (await (await database.get())!.get('checkpoints', run.id)) as { checkpoint: Uint8Array };
    record.checkpoint[record.checkpoint.length - 100]! ^= 1;
    await put(database, 'checkpoints', record);
    expect(await visit().loadCheckpoint(run)).toBeUndefined();
    expect(heard).toMatchObject([{ kind: 'set-aside', what: 'weights' }]);
  });
});

describe('a browser that has no room', () => {
  /** Calls of `put` that have been made; the n-th fails. */
  function failAt(n: number, how: 'throws' | 'aborts'): { calls: () => number } {
    let calls = 0;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- applied to the store that it is called of
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      if (++calls !== n) return put.apply(this, given);
      if (how === 'throws') throw new DOMException('no room', 'QuotaExceededError');
      const request = put.apply(this, given);
      this.transaction.abort();
      return request;
    });
    return { calls: () => calls };
  }

  /** A small experiment: a part, another one, weights and a result of one run; a part of another. */
  async function experiment(kept: KeptResults): Promise<void> {
    await kept.savePart(run, partOf(run, 5));
    await kept.savePart(run, partOf(run, 9));
    await kept.savePart(other, partOf(other, 4));
    await kept.saveCheckpoint(run, finished(run).checkpoint);
    await kept.save(run, finished(run).result);
  }

  test.each([1, 2, 3, 4, 5].flatMap((n) => [[n, 'throws'] as const, [n, 'aborts'] as const]))(
    'at write %i, which %s: the visit goes on from memory, and the database has the old or the new',
    async (n, how) => {
      const { visit, heard } = world();
      const kept = visit();
      const { calls } = failAt(n, how);
      await experiment(kept);
      expect(calls()).toBeGreaterThanOrEqual(5);
      expect(heard[0]).toMatchObject({ kind: 'not-kept', reason: how === 'throws' ? 'full' : 'failed' });
      // What failed is written with what comes after it, as soon as that is taken.
      if (n < 5) expect(heard.at(-1)).toMatchObject({ kind: 'kept-again' });
      vi.restoreAllMocks();
      expect(await kept.load(run)).toEqual(finished(run).result);
      expect(await kept.loadCheckpoint(run)).toEqual(finished(run).checkpoint);
      expect(await kept.loadPart(other)).toEqual(partOf(other, 4));
      const next = visit();
      const [result, part] = [await next.load(run), await next.loadPart(run)];
      if (n === 5) expect([result, part]).toEqual([undefined, partOf(run, 9)]);
      else expect([result, part]).toEqual([finished(run).result, undefined]);
    },
  );
});

describe('a database that does not open', () => {
  test('is gone on without, named, and takes what was trained when it opens', async () => {
    const name = `kept ${count++}`;
    const holder = indexedDB.open(name, 1);
    const older = await new Promise<IDBDatabase>((end) => (holder.onsuccess = () => end(holder.result)));
    const heard: KeptNotice[] = [];
    const kept = new KeptResults(openDatabase(name, { openingMs: 30 }));
    kept.watch((notice) => heard.push(notice));
    expect(await kept.load(run)).toBeUndefined();
    await kept.save(run, finished(run).result);
    expect(await kept.load(run)).toEqual(finished(run).result);
    expect(heard).toMatchObject([{ kind: 'not-kept', reason: 'blocked' }]);
    older.close();
    await expect.poll(() => heard.at(-1)).toEqual({ kind: 'kept-again' });
    expect(await new KeptResults(openDatabase(name)).load(run)).toEqual(finished(run).result);
  });

  test('since the browser never answers is gone on without', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => new IDBOpenDBRequest());
    const heard: KeptNotice[] = [];
    const kept = new KeptResults(openDatabase('never', { openingMs: 30 }));
    kept.watch((notice) => heard.push(notice));
    expect(await kept.load(run)).toBeUndefined();
    expect(heard).toMatchObject([{ kind: 'not-kept', reason: 'silent' }]);
  });

  test('since a newer page has been there says so', async () => {
    const name = `kept ${count++}`;
    const newer = indexedDB.open(name, 99);
    const open = await new Promise<IDBDatabase>((end) => (newer.onsuccess = () => end(newer.result)));
    open.close();
    const heard: KeptNotice[] = [];
    const kept = new KeptResults(openDatabase(name));
    kept.watch((notice) => heard.push(notice));
    await kept.savePart(run, partOf(run, 5));
    expect(await kept.loadPart(run)).toEqual(partOf(run, 5));
    expect(heard).toMatchObject([{ kind: 'not-kept', reason: 'newer' }]);
  });

  test('any more, as a newer page wants it, is let go and gone on without', async () => {
    const { database, visit, heard } = world();
    const kept = visit();
    await kept.savePart(run, partOf(run, 5));
    database.close();
    const newer = indexedDB.open(`kept ${count - 1}`, 99);
    const open = await new Promise<IDBDatabase>((end) => (newer.onsuccess = () => end(newer.result)));
    await kept.savePart(run, partOf(run, 6));
    expect(heard).toMatchObject([{ kind: 'not-kept', reason: 'newer' }]);
    expect(await kept.loadPart(run)).toEqual(partOf(run, 6));
    open.close();
  });
});

test('a store whose lease was lost writes nothing', async () => {
  const { database } = world();
  const lost = new AbortController();
  const kept = new KeptResults(database, {
    take: () => Promise.resolve({ lost: lost.signal, release: () => Promise.resolve() }),
  });
  await kept.lease(run);
  await kept.savePart(run, partOf(run, 5));
  lost.abort();
  await expect(kept.save(run, finished(run).result)).rejects.toBeInstanceOf(LeaseLostError);
  expect(await kept.load(run)).toBeUndefined();
});

test('a device is measured once in a browser: the next visit, and a busy machine, choose as the first did', async () => {
  const device = await Device.cpu();
  const speeds = [3, 1];
  const measure = vi.fn(() => Promise.resolve(speeds.shift()!));
  const visit = (name: string): Promise<number> => measuredOnce(openDatabase(name), measure)(device);
  expect(await visit('speeds')).toBe(3);
  expect(await visit('speeds')).toBe(3);
  expect(measure).toHaveBeenCalledTimes(1);
  expect(await visit('speeds of another browser')).toBe(1);
  device.destroy();
});

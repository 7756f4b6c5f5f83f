/** Kept runs: with a database and without one, out into a file and in again. */
import 'fake-indexeddb/auto';
import { lineOf } from '../../src/problems.ts';
import { describe, expect, it, vi } from 'vitest';
import type { KeptRun } from '../../src/findings/kept-run.ts';
import { MOST_BROKEN, openDatabase } from '../../src/state/database.ts';
import { Runs } from '../../src/state/runs.ts';

const text = { en: 'a', zh: '一' };
const run: KeptRun = {
  lesson: 'mirage',
  size: 'small',
  seed: 1,
  device: 'a device',
  date: '2026-11-23T12:00:00.000Z',
  seconds: 3.5,
  digest: '0badcafe',
  specs: { w8: { steps: 10 } },
  name: 'first',
  changes: { learningRate: 0.1 },
  prediction: { itemShare: 0.5 },
  findings: {
    tables: [{ name: 't', title: text, columns: [{ key: 'a', title: text }], rows: [[1], ['x'], [null]] }],
    figures: [
      {
        name: 'f',
        title: text,
        x: { label: text, scale: 'log' },
        y: { label: text, scale: 'linear' },
        series: [{ name: text, role: 'size', rank: [0, 2], mark: 'line', x: [1, 2], y: [3, null] }],
        marks: { half: { x: 2, series: 0 } },
      },
    ],
    fits: {},
    verdict: { outcome: 'holds', numbers: { itemShare: 0.5 }, sentence: text, refutedBy: text },
  },
};

let count = 0;
const stores = [
  { where: 'in the database', make: () => Promise.resolve(new Runs(openDatabase(`test ${count++}`))) },
  { where: 'where the browser keeps nothing', make: () => Promise.resolve(new Runs(undefined)) },
];

describe.each(stores)('kept runs, $where', ({ make }) => {
  it('are listed by lesson, renamed and removed', async () => {
    const runs = await make();
    const first = await runs.keep(run);
    const second = await runs.keep({ ...run, lesson: 'the-bill', name: 'second' });
    expect((await runs.list()).map(({ name }) => name)).toEqual(['first', 'second']);
    expect(await runs.list('mirage')).toEqual([{ ...run, id: first }]);
    await runs.rename(second, 'renamed');
    await runs.rename(999, 'nobody');
    await runs.remove(first);
    expect((await runs.list()).map(({ name }) => name)).toEqual(['renamed']);
  });

  it('keep figures in which a position could not be found', async () => {
    const runs = await make();
    const [figure] = run.findings.figures;
    const series = [
      { ...figure!.series[0]!, x: [null as unknown as number, 2], low: [1, null as unknown as number] },
    ];
    series[0]!.high = [2, 3];
    await runs.keep({ ...run, findings: { ...run.findings, figures: [{ ...figure!, series }] } });
    const again = await make();
    await again.import(await runs.export(), 'file');
    for (const place of [runs, again]) {
      const [kept] = await place.list();
      expect(place.broken).toEqual([]);
      expect(kept!.findings.figures[0]!.series[0]!.y).toEqual([3, null]);
    }
  });

  it('come back from a file as they were, beside those that are there', async () => {
    const from = await make();
    await from.keep(run);
    const to = await make();
    await to.keep({ ...run, name: 'mine' });
    expect(await to.import(await from.export(), 'file')).toMatchObject({ added: 1, known: 0 });
    const [mine, imported] = await to.list();
    expect(mine!.name).toBe('mine');
    expect(imported).toEqual({ ...run, id: imported!.id });
  });

  it('are there once, however often they are added, and the rest of their file is added', async () => {
    const runs = await make();
    await runs.keep(run);
    const alone = await runs.export();
    expect(await runs.import(alone, 'file')).toMatchObject({ added: 0, known: 1 });
    const other = { ...run, name: 'second', date: '2026-11-24T12:00:00.000Z' };
    const file = JSON.parse(alone) as { runs: unknown[] };
    file.runs.push(other, other);
    const both = JSON.stringify(file);
    expect(await runs.import(both, 'file')).toMatchObject({ added: 1, known: 2 });
    expect(await runs.import(both, 'file')).toMatchObject({ added: 0, known: 3 });
    expect((await runs.list()).map(({ name }) => name)).toEqual(['first', 'second']);
  });

  const damaged = (change: (file: { runs: Record<string, unknown>[] }) => void): string => {
    const file = JSON.parse(JSON.stringify({ format: 'scaling-lab runs 1', runs: [run] })) as never;
    change(file);
    return JSON.stringify(file);
  };
  it.each([
    ['no JSON', 'runs', 'not JSON'],
    ['another format', '{"format":"csv","runs":[]}', 'file.format: must be one of'],
    ['a run without a verdict', damaged(({ runs }) => delete runs[0]!.findings), 'runs.0.findings'],
    ['markup for a lesson', damaged(({ runs }) => (runs[0]!.lesson = '<b>')), 'must be the name of a lesson'],
    [
      'a series without its values',
      damaged(({ runs }) => ((runs[0]!.findings as KeptRun['findings']).figures[0]!.series[0]!.y = [1])),
      'must have as many y as x',
    ],
  ])('refuse %s, and keep what they have', async (_, file, message) => {
    const runs = await make();
    await runs.keep(run);
    await expect(runs.import(file, 'file')).rejects.toThrow(message);
    expect(await runs.list()).toHaveLength(1);
  });
});

describe('where the browser keeps no more', () => {
  it('runs last as long as the page, beside those that were kept', async () => {
    const runs = new Runs(openDatabase(`test ${count++}`));
    await runs.keep(run);
    expect(runs.fleeting).toBe(false);
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const second = await runs.keep({ ...run, name: 'second' });
    full.mockRestore();
    expect(runs.fleeting).toBe(true);
    const names = async (): Promise<string[]> => (await runs.list('mirage')).map(({ name }) => name);
    expect(await names()).toEqual(['first', 'second']);
    await runs.rename(second, 'renamed');
    expect(await names()).toEqual(['first', 'renamed']);
    await runs.remove(second);
    expect(await names()).toEqual(['first']);
    expect(runs.fleeting).toBe(false);
  });

  it('a closed database leaves the list as it was, and what is done to it here', async () => {
    const database = openDatabase(`test ${count++}`);
    const runs = new Runs(database);
    const first = await runs.keep(run);
    const second = await runs.keep({ ...run, name: 'second' });
    await runs.list();
    database.close();
    await runs.keep({ ...run, name: 'third' });
    await runs.rename(first, 'renamed');
    await runs.remove(second);
    expect((await runs.list()).map(({ name }) => name)).toEqual(['renamed', 'third']);
    expect(runs.fleeting).toBe(true);
  });
});

describe('a kept run that is none', () => {
  it.each([
    ['without findings', { ...run, findings: undefined }],
    ['of a later shape', { ...run, findings: { ...run.findings, figures: 'elsewhere' } }],
    ['that is a number', 5],
  ])('%s is set aside and named, and those beside it are listed', async (_, record) => {
    const database = openDatabase(`test ${count++}`);
    const runs = new Runs(database);
    const first = await runs.keep(run);
    await (await database.get())!.add('runs', (typeof record === 'object' ? record : { record }) as never);
    expect(await runs.list()).toEqual([{ ...run, id: first }]);
    expect(runs.broken).toHaveLength(1);
    const [aside] = await (await database.get())!.getAll('broken');
    expect(aside).toMatchObject({
      table: 'runs',
      why: expect.stringContaining(lineOf(runs.broken[0]!.why[0]!)) as string,
    });
    expect(await runs.list()).toHaveLength(1);
    expect(runs.broken).toHaveLength(1);
  });
});

describe('records that were set aside', () => {
  it('are kept up to a number, the latest of them', async () => {
    const database = openDatabase(`test ${count++}`);
    const open = (await database.get())!;
    for (let id = 1; id <= MOST_BROKEN; id++) {
      const record = { table: 'runs', key: -id, value: id, why: '', date: new Date(id).toISOString() };
      await open.put('broken', record, `runs -${id}`);
    }
    await open.add('runs', { name: 'none' } as never);
    await new Runs(database).list();
    const kept = await open.getAll('broken');
    expect(kept).toHaveLength(MOST_BROKEN);
    expect(kept.map(({ value }) => value)).not.toContain(1);
    expect(kept.map(({ value }) => value)).toContainEqual(expect.objectContaining({ name: 'none' }));
  });
});

describe('a database that comes late', () => {
  it('takes the runs of the time before', async () => {
    const name = `test ${count++}`;
    const holder = indexedDB.open(name, 1);
    const older = await new Promise<IDBDatabase>(
      (resolve) => (holder.onsuccess = () => resolve(holder.result)),
    );
    const runs = new Runs(openDatabase(name, { openingMs: 30 }));
    await runs.keep(run);
    expect(runs.fleeting).toBe(true);
    expect(runs.reason).toBe('blocked');
    older.close();
    await expect.poll(() => runs.fleeting).toBe(false);
    expect(await runs.list()).toMatchObject([{ name: 'first' }]);
  });
});

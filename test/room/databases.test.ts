/** What a room asks of its database, of a file and of a server alike. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/room/database.ts';
import type { Database } from '../../src/room/store.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';

describe.each(['a file', 'PostgreSQL'])('a room kept in %s', (kind) => {
  let where: string;
  let server: Postgres | undefined;
  let folder: string;
  let database: Database;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'room-'));
    if (kind === 'PostgreSQL') server = await startPostgres();
    where = server?.address ?? join(folder, 'class.sqlite');
    database = await openDatabase(where);
  });
  afterAll(async () => {
    await database.close();
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  const update = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
  const dataOf = async (document: string): Promise<number[][]> =>
    (await database.load(document)).map(({ data }) => Array.from(data));

  test('has one secret, the first that was proposed, for each server that opens it', async () => {
    expect(await database.secret('one')).toBe('one');
    const second = await openDatabase(where);
    expect(await second.secret('two')).toBe('one');
    await second.close();
  });

  test('knows its classes, the latest first, and what was told of them later', async () => {
    const older = { code: 'aaaa', begun: 1_700_000_000_000, used: 1_700_000_000_000, ended: false };
    const later = { ...older, code: 'bbbb', begun: older.begun + 1 };
    await database.put(older);
    await database.put(later);
    await database.put({ ...older, used: older.used + 5, ended: true });
    expect(await database.classes()).toEqual([later, { ...older, used: older.used + 5, ended: true }]);
  });

  test('has all updates in their order, whatever bytes they are, and those of other documents apart', async () => {
    const all = Array.from({ length: 256 }, (_, i) => i);
    await database.append(
      [
        { document: 'aaaa/board', update: update(...all) },
        { document: 'aaaa/member/x_y%z', update: update(1) },
        { document: 'aaaa/board', update: update(0, 0) },
      ],
      1_700_000_000_100,
    );
    await database.append([{ document: 'aaaa/board', update: update(2) }], 1_700_000_000_200);
    expect(await dataOf('aaaa/board')).toEqual([all, [0, 0], [2]]);
    expect(await dataOf('aaaa/member/x_y%z')).toEqual([[1]]);
    expect(await dataOf('aaaa/member/xXyZz')).toEqual([]);
    expect((await database.documents('aaaa')).sort()).toEqual(['aaaa/board', 'aaaa/member/x_y%z']);
    expect((await database.classes()).find(({ code }) => code === 'aaaa')!.used).toBe(1_700_000_000_200);
  });

  test('has one update in the place of those that it was made of, and those beside it', async () => {
    const [first, second] = await database.load('aaaa/board');
    await database.replace('aaaa/board', [first!.id, second!.id], update(9));
    expect((await dataOf('aaaa/board')).sort()).toEqual([[2], [9]]);
  });

  test('is there when it is opened again', async () => {
    const again = await openDatabase(where);
    expect((await again.load('aaaa/board')).length).toBe(2);
    await again.close();
  });

  test('gives a cell to one hand, and keeps the first result of a run whole', async () => {
    const { hands } = database;
    const lease = { code: 'aaaa', cell: 'one', holder: 'first', until: 2_000, share: 0.25 };
    expect(await hands.hold(lease, 1_000)).toBe(true);
    expect(await hands.hold({ ...lease, holder: 'second' }, 1_000)).toBe(false);
    expect(await hands.hold({ ...lease, share: 0.5 }, 1_000)).toBe(true);
    expect(await hands.leases('aaaa', 1_000)).toEqual([{ ...lease, share: 0.5 }]);
    await hands.shorten('aaaa', 'first', 1_500, 'another');
    expect(await hands.hold({ ...lease, holder: 'second' }, 1_600)).toBe(false);
    await hands.shorten('aaaa', 'first', 1_500);
    expect(await hands.leases('aaaa', 1_600)).toEqual([]);
    expect(await hands.hold({ ...lease, holder: 'second' }, 1_600)).toBe(true);

    const given = {
      code: 'aaaa',
      run: 'r',
      member: 'first',
      device: 'd',
      digest: '1',
      at: 1_700_000_000_000,
    };
    const second = { ...given, member: 'second', digest: '2', at: given.at + 1 };
    await hands.add(given, update(1, 2));
    await hands.add({ ...given, digest: 'x' }, update(9));
    await hands.add(second, update(3));
    expect(await hands.given('aaaa')).toEqual([
      { ...given, whole: true },
      { ...second, whole: false },
    ]);
    expect(Array.from((await hands.data('aaaa', 'r'))!)).toEqual([1, 2]);
    await hands.forgetMember('aaaa', 'first');
    expect(await hands.data('aaaa', 'r')).toBe(undefined);
    await hands.add(second, update(3));
    expect(Array.from((await hands.data('aaaa', 'r'))!)).toEqual([3]);
  });

  if (kind === 'PostgreSQL')
    test('gives a class to one server, and keeps nothing of one that has lost it', async () => {
      const second = await openDatabase(where);
      const [here, there] = ['http://10.0.0.1:8080/', 'http://10.0.0.2:8080/'];
      const says = { document: 'aaaa/plan', update: update(7) };
      expect(await database.claim('zzzz', here, 60_000)).toBe(undefined);
      expect(await database.claim('aaaa', here, 60_000)).toEqual({ isHere: true, address: here });
      expect(await second.claim('aaaa', there, 60_000)).toEqual({ isHere: false, address: here });
      await expect(second.append([says], 1_700_000_000_200)).rejects.toThrow(
        'another server holds the class',
      );
      // Its lease ends at once: the class is there to be taken, and it may write until that is done.
      expect(await database.renew(['aaaa', 'zzzz'], 0)).toEqual(['aaaa']);
      await database.append([says], 1_700_000_000_200);
      expect(await second.claim('aaaa', there, 60_000)).toEqual({ isHere: true, address: there });
      expect(await dataOf('aaaa/plan')).toEqual([[7]]);
      expect(await database.renew(['aaaa'], 60_000)).toEqual([]);
      await expect(database.append([says], 1_700_000_000_200)).rejects.toThrow(
        'another server holds the class',
      );
      expect(await dataOf('aaaa/plan')).toEqual([[7]]);
      await second.release();
      expect(await database.claim('aaaa', here, 60_000)).toEqual({ isHere: true, address: here });
      // Started again, it is found where it was.
      expect(await second.claim('aaaa', here, 60_000)).toEqual({ isHere: true, address: here });
      await second.close();
    });

  test('forgets classes that were not used for long, with all that is theirs', async () => {
    expect(await database.forget(1_700_000_000_050)).toBe(1);
    expect((await database.classes()).map(({ code }) => code)).toEqual(['aaaa']);
    expect(await database.forget(1_800_000_000_000)).toBe(1);
    expect(await database.classes()).toEqual([]);
    expect(await database.documents('aaaa')).toEqual([]);
    expect(await database.hands.given('aaaa')).toEqual([]);
    expect(await database.hands.leases('aaaa', 0)).toEqual([]);
  });
});

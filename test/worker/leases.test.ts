/** Who trains a run, of several tabs: locks of the browser, or records of the database. */
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/state/database.ts';
import { type Leases, LockLeases, RecordLeases } from '../../src/worker/leases.ts';

/** The locks of a browser, as far as they are needed. */
class FakeLocks {
  private readonly held = new Map<string, (reason: Error) => void>();

  request(name: string, { steal }: LockOptions, grant: (lock: object | null) => unknown): Promise<unknown> {
    if (this.held.has(name) && !steal) return Promise.resolve(grant(null));
    this.held.get(name)?.(new DOMException('stolen', 'AbortError'));
    return new Promise((resolve, reject) => {
      this.held.set(name, reject);
      void Promise.resolve(grant({})).then((value) => {
        if (this.held.get(name) === reject) this.held.delete(name);
        resolve(value);
      });
    });
  }
}

/** A channel between the tabs; a suspended one hears nothing. */
class FakeChannel {
  static readonly all: FakeChannel[] = [];
  isSuspended = false;
  onmessage: ((event: { data: unknown }) => void) | undefined;

  constructor(private readonly world: number) {
    FakeChannel.all.push(this);
  }
  postMessage(data: unknown): void {
    for (const other of FakeChannel.all)
      if (other !== this && other.world === this.world && !other.isSuspended) other.onmessage?.({ data });
  }
}

const PATIENCE = 5;
interface Tab {
  leases: Leases;
  suspend: () => void;
}
let count = 0;

function lockTabs(): () => Tab {
  const locks = new FakeLocks();
  const world = count++;
  return () => {
    const channel = new FakeChannel(world);
    return {
      leases: new LockLeases(locks as never, channel as never, PATIENCE),
      suspend: () => (channel.isSuspended = true),
    };
  };
}

function recordTabs(): () => Tab {
  const name = `leases ${count++}`;
  return () => {
    const database = openDatabase(name);
    return { leases: new RecordLeases(database, PATIENCE, 5), suspend: () => database.close() };
  };
}

const asks = async (leases: Leases, times: number): Promise<boolean[]> => {
  const got: boolean[] = [];
  for (let i = 0; i < times; i++) {
    got.push((await leases.take('run')) !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  return got;
};

describe.each([
  ['locks', lockTabs],
  ['records', recordTabs],
])('leases by %s', (_, tabs) => {
  test('are held by one tab at a time, and are free when it lets go', async () => {
    const open = tabs();
    const [a, b] = [open(), open()];
    const lease = (await a.leases.take('run'))!;
    expect(await b.leases.take('run')).toBeUndefined();
    expect(await a.leases.take('run')).toBeUndefined();
    const other = await b.leases.take('another');
    await lease.release();
    const second = (await b.leases.take('run'))!;
    expect(second).toBeDefined();
    expect(lease.lost.aborted).toBe(false);
    await second.release();
    await other!.release();
  });

  test('stay with a tab that lives, however often another one asks', async () => {
    const open = tabs();
    const [a, b] = [open(), open()];
    const lease = (await a.leases.take('run'))!;
    expect(await asks(b.leases, 3 * PATIENCE)).not.toContain(true);
    expect(lease.lost.aborted).toBe(false);
    await lease.release();
  });

  test('are taken from a tab that is suspended, which hears of it when it wakes', async () => {
    const open = tabs();
    const [a, b] = [open(), open()];
    await a.leases.take('run');
    a.suspend();
    const got = await asks(b.leases, PATIENCE + 1);
    expect(got).toEqual([...Array<boolean>(PATIENCE).fill(false), true]);
  });
});

test('a lock that was stolen is lost', async () => {
  const open = lockTabs();
  const [a, b] = [open(), open()];
  const lease = (await a.leases.take('run'))!;
  a.suspend();
  await asks(b.leases, PATIENCE + 1);
  expect(lease.lost.aborted).toBe(true);
});

test('a record that another tab has taken is lost', async () => {
  const name = `leases ${count++}`;
  const database = openDatabase(name);
  const lease = (await new RecordLeases(database, PATIENCE, 5).take('run'))!;
  await (await database.get())!.put('leases', { owner: 'another', beat: 0 }, 'run');
  await expect.poll(() => lease.lost.aborted).toBe(true);
});

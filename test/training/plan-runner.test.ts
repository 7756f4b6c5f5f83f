/** The plan runner: what it begins with, what it does beside other workers, and when it gives a lost device up. */
import { afterAll, describe, expect, it } from 'vitest';
import { Device } from '../../src/gpu/device.ts';
import { runPlan } from '../../src/training/plan/plan.ts';
import type { PlanEvent } from '../../src/training/plan/plan-events.ts';
import { PlanRunner } from '../../src/training/plan/plan-runner.ts';
import { GPULostError } from '../../src/training/plan/recovery.ts';
import { type Lease, MemoryStore, type Part, type RunKey } from '../../src/training/plan/store.ts';
import { planRun, type PlannedRun } from '../../src/training/spec/sweep.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice({ kind: 'cpu' });

const base = {
  task: { name: 'factsworld', facts: 64, pool: 512, validation: 64 },
  model: { kind: 'mlp', hidden: [8], embedding: 4 },
  batch: 16,
  steps: 12,
  evaluate: { every: 6 },
};
const parent: PlannedRun = { ...planRun(base, {}), id: 'parent' };
const child: PlannedRun = { ...planRun({ ...base, steps: 6, seed: 2 }, {}), id: 'child', from: 'parent' };
const other = planRun({ ...base, seed: 3 }, {});

/** What was told of a plan: `begins parent`, `result parent`, … */
function listen(): { told: string[]; listener: (event: PlanEvent) => void } {
  const told: string[] = [];
  return {
    told,
    listener: (event) => {
      if (event.kind === 'status') told.push(event.status);
      else if (event.kind === 'result') told.push(`${event.found ? 'found' : 'done'} ${event.key}`);
      else if (event.kind !== 'training' && event.kind !== 'building')
        told.push(`${event.kind} ${event.key}`);
    },
  };
}

async function whole(): Promise<MemoryStore> {
  const store = new MemoryStore();
  await runPlan(device(), [parent, child], { store });
  return store;
}

describe('a run that begins with another one', () => {
  it.each([
    ['are gone', (store: Damaged) => store.dropWeights()],
    [
      'are of another run',
      async (store: Damaged, from: MemoryStore) =>
        store.saveCheckpoint(parent, { ...(await from.loadCheckpoint(parent))!, spec: other.spec }),
    ],
  ])('has it trained again where its weights %s', async (_, damage) => {
    const expected = await whole();
    const store = new Damaged();
    await runPlan(device(), [parent], { store });
    await damage(store, expected);
    const begun: string[] = [];
    await runPlan(device(), [parent, child], {
      store,
      onRun: ({ id }, state) => begun.push(`${state} ${id}`),
    });
    expect(begun).toEqual(['begins parent', 'begins child']);
    expect((await store.load(child))!.losses).toEqual((await expected.load(child))!.losses);
  });

  it('is refused by name where they cannot be kept', async () => {
    const store = new MemoryStore();
    store.saveCheckpoint = () => Promise.resolve();
    await expect(runPlan(device(), [parent, child], { store })).rejects.toThrow(
      'child begins with the weights of parent, which could not be kept',
    );
    expect(await store.load(child)).toBeUndefined();
  });

  it('needs no weights once it is done itself', async () => {
    const store = new Damaged();
    await runPlan(device(), [parent, child], { store });
    await store.dropWeights();
    const { told, listener } = listen();
    const runner = new PlanRunner(plan(parent, child), { connect, store, listener });
    expect(await runner.find()).toBe('finished');
    expect(told).toEqual(['found parent', 'found child']);
  });
});

describe('a part', () => {
  it('of another run is not gone on with', async () => {
    const store = new MemoryStore();
    const controller = new AbortController();
    await runPlan(device(), [other], { store, signal: controller.signal, onEvent: () => controller.abort() });
    const part = (await store.loadPart(other))!;
    await store.savePart(parent, part);
    await runPlan(device(), [parent], { store });
    expect((await store.load(parent))!.losses).toEqual((await (await whole()).load(parent))!.losses);
  });

  it('that another worker has brought further is gone on with', async () => {
    const store = new MemoryStore();
    const { told, listener } = listen();
    const runner = new PlanRunner(plan(parent), { connect, store, listener });
    await runner.run(3);
    const elsewhere = new PlanRunner(plan(parent), { connect, store, listener: () => undefined });
    await elsewhere.run(6);
    await elsewhere.close();
    await runner.run();
    await runner.close();
    expect(told).toEqual([
      ...['running', 'begins parent', 'kept parent', 'paused'],
      ...['running', 'begins parent', 'done parent', 'finished'],
    ]);
    const { losses } = (await store.load(parent))!;
    expect(losses).toEqual((await (await whole()).load(parent))!.losses);
  });
});

describe('several workers on one store', () => {
  it('share the runs, each of which is trained once', async () => {
    const store = new LeasedStore();
    const runs = [1, 2, 3, 4].map((seed) => planRun({ ...base, seed }, {}));
    const begun: string[] = [];
    const work = (): Promise<unknown> =>
      runPlan(device(), runs, { store, onRun: ({ id }, state) => state === 'begins' && begun.push(id) });
    await Promise.all([work(), work()]);
    expect(begun.toSorted()).toEqual(runs.map(({ id }) => id).toSorted());
    expect(store.held.size).toBe(0);
  });

  it('leave what another one trains for later, and wait for nothing else', async () => {
    const store = new LeasedStore();
    const elsewhere = (await store.lease(parent))!;
    const { told, listener } = listen();
    const runner = new PlanRunner(plan(parent, child, other), { connect, store, listener });
    const running = runner.run();
    await expect.poll(() => told, { timeout: 60_000 }).toContain('waiting parent');
    expect(told).toEqual(['running', `begins ${other.id}`, `done ${other.id}`, 'waiting parent']);
    await elsewhere.release();
    await running;
    expect(told.slice(4)).toEqual(['begins parent', 'done parent', 'begins child', 'done child', 'finished']);
    await runner.close();
  });

  it('are paused while they wait', async () => {
    const store = new LeasedStore();
    await store.lease(parent);
    const { told, listener } = listen();
    const runner = new PlanRunner(plan(parent), { connect, store, listener });
    const running = runner.run();
    await expect.poll(() => told).toContain('waiting parent');
    await runner.pause();
    await running;
    expect(told.at(-1)).toBe('paused');
  });

  it('write nothing of a run that was taken from them', async () => {
    const store = new LeasedStore();
    const { told, listener } = listen();
    const runner = new PlanRunner(plan(parent), {
      connect,
      store,
      listener: (event) => {
        listener(event);
        if (event.kind === 'training' && event.event.kind === 'losses') store.rob(parent);
      },
    });
    const running = runner.run();
    await expect.poll(() => told).toContain('waiting parent');
    await runner.pause();
    await running;
    expect(await store.loadPart(parent)).toBeUndefined();
    expect(await store.load(parent)).toBeUndefined();
    await runner.close();
  });
});

describe('a device that is lost', () => {
  const devices: Device[] = [];
  afterAll(() => devices.forEach((each) => each.destroy()));
  const acquire = async (): Promise<Device> => {
    const fresh = await Device.cpu();
    devices.push(fresh);
    return fresh;
  };

  it('three times without progress ends the run, which is kept, and can be tried again', async () => {
    const store = new MemoryStore();
    const { told, listener } = listen();
    let isFragile = true;
    const runner = new PlanRunner(plan(parent), {
      connect: acquire,
      store,
      listener: (event) => {
        listener(event);
        if (isFragile && event.kind === 'training') devices.at(-1)!.handle.destroy();
      },
    });
    await expect(runner.run()).rejects.toBeInstanceOf(GPULostError);
    expect(told).toEqual([
      'running',
      ...[
        'begins parent',
        'recovered parent',
        'begins parent',
        'recovered parent',
        'begins parent',
        'failed',
      ],
    ]);
    expect(devices).toHaveLength(3);
    isFragile = false;
    await runner.run();
    await runner.close();
    expect((await store.load(parent))!.losses).toEqual((await (await whole()).load(parent))!.losses);
  });

  it('as often as it likes does not, as long as the run gets further', async () => {
    const store = new MemoryStore();
    let [losses, lostAt] = [0, 0];
    const long = planRun({ ...base, steps: 60, evaluate: { every: 6 } }, {});
    const runner = new PlanRunner(plan(long), {
      connect: acquire,
      store,
      saveEveryMs: 0,
      listener: (event) => {
        if (event.kind !== 'kept' || event.step <= lostAt || losses === 4) return;
        lostAt = event.step;
        losses++;
        devices.at(-1)!.handle.destroy();
      },
    });
    await runner.run();
    await runner.close();
    expect(losses).toBe(4);
    const sound = new MemoryStore();
    await runPlan(device(), [long], { store: sound });
    expect((await store.load(long))!.losses).toEqual((await sound.load(long))!.losses);
  });

  it('and none in its place ends the run with the right words', async () => {
    let count = 0;
    const runner = new PlanRunner(plan(parent), {
      connect: () =>
        count++ ? Device.acquire({ requestAdapter: () => Promise.resolve(null) } as never) : acquire(),
      store: new MemoryStore(),
      listener: (event) => {
        if (event.kind === 'training') devices.at(-1)!.handle.destroy();
      },
      pausesMs: [1, 1],
    });
    await expect(runner.run()).rejects.toMatchObject({
      name: 'GPULostError',
      message: expect.stringContaining('gives no other one') as string,
    });
    expect(count).toBe(4);
  });
});

const connect = (): Promise<Device> => Promise.resolve(device());
const plan = (...runs: PlannedRun[]): { key: string; run: PlannedRun }[] =>
  runs.map((run) => ({ key: run.id, run }));

/** A store that has lost the weights. */
class Damaged extends MemoryStore {
  private areGone = false;
  dropWeights(): Promise<void> {
    this.areGone = true;
    return Promise.resolve();
  }
  override saveCheckpoint(...kept: Parameters<MemoryStore['saveCheckpoint']>): Promise<void> {
    this.areGone = false;
    return super.saveCheckpoint(...kept);
  }
  override loadCheckpoint(run: RunKey): ReturnType<MemoryStore['loadCheckpoint']> {
    return this.areGone ? Promise.resolve(undefined) : super.loadCheckpoint(run);
  }
}

/** A store that many workers know. */
class LeasedStore extends MemoryStore {
  readonly held = new Map<string, AbortController>();
  override lease({ id }: RunKey): Promise<Lease | undefined> {
    if (this.held.has(id)) return Promise.resolve(undefined);
    const controller = new AbortController();
    this.held.set(id, controller);
    const release = (): Promise<void> => {
      if (this.held.get(id) === controller) this.held.delete(id);
      return Promise.resolve();
    };
    return Promise.resolve({ lost: controller.signal, release });
  }
  /** Another worker takes the run, and keeps it. */
  rob({ id }: RunKey): void {
    this.held.get(id)?.abort();
    this.held.set(id, new AbortController());
  }
}

it('a run is kept between evaluations that are far apart, and comes to the same', async () => {
  const run = planRun({ ...base, steps: 20_000, evaluate: { every: 20_000 } }, {});
  const kept: number[] = [];
  class Watched extends MemoryStore {
    override savePart(key: RunKey, part: Part): Promise<void> {
      kept.push(part.result.step);
      return super.savePart(key, part);
    }
  }
  const [often] = (await runPlan(device(), [run], { store: new Watched(), saveEveryMs: 0 })).values();
  expect(kept.filter((step) => step > 0 && step < 20_000).length).toBeGreaterThan(0);
  const [once] = (await runPlan(device(), [run], { store: new MemoryStore(), saveEveryMs: 1e9 })).values();
  expect(often!.losses).toEqual(once!.losses);
  expect(often!.evaluations).toEqual(once!.evaluations);
});

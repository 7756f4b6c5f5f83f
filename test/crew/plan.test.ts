/** A plan over several workers: the results of one, paused and gone on with, and what becomes of workers that die. */
import { describe, expect, it } from 'vitest';
import type { PlanEvent } from '../../src/training/plan/plan-events.ts';
import { PlanRunner } from '../../src/training/plan/plan-runner.ts';
import { runPlan } from '../../src/training/plan/plan.ts';
import type { RunResult } from '../../src/training/results/result.ts';
import { secondsOn } from '../../src/training/spec/estimate.ts';
import { MemoryStore } from '../../src/training/plan/store.ts';
import { planRun, type PlannedRun } from '../../src/training/spec/sweep.ts';
import { useDevice } from '../support/device.ts';
import { testCrew, type TestCrew } from '../support/crew.ts';

const device = useDevice({ kind: 'cpu' });

const base = {
  task: { name: 'factsworld', facts: 64, pool: 512, validation: 64 },
  model: { kind: 'mlp', hidden: [8], embedding: 4 },
  batch: 16,
  steps: 60,
  evaluate: { every: 10 },
};
const named = (id: string, change: object, from?: string): PlannedRun => ({
  ...planRun({ ...base, ...change }, {}),
  id,
  ...(from !== undefined && { from }),
});
const runs = [
  named('parent', { replicas: 3 }),
  named('child', { replicas: 3, seed: 2, steps: 20 }, 'parent'),
  named('one', { seed: 3, steps: 200 }),
  named('two', { seed: 4, replicas: 2 }),
];
const items = runs.map((run) => ({ key: run.id, run }));

/** What two trainings of one run have in common, bit for bit. */
const bits = ({ outcome, step, losses, evaluations }: RunResult): unknown => ({
  outcome,
  step,
  losses: losses.values.map((curve) => Array.from(curve)),
  evaluations,
});

async function expected(): Promise<Map<string, unknown>> {
  const results = await runPlan(device(), runs, { store: new MemoryStore() });
  return new Map([...results].map(([id, result]) => [id, bits(result)]));
}

interface Trial {
  runner: PlanRunner;
  store: MemoryStore;
  events: PlanEvent[];
  crew: TestCrew;
  close: () => Promise<void>;
  results: () => Promise<Map<string, unknown>>;
}

function trial(crew: TestCrew, hear: (event: PlanEvent, all: PlanEvent[]) => void = () => undefined): Trial {
  const store = new MemoryStore();
  const events: PlanEvent[] = [];
  const runner = new PlanRunner(items, {
    connect: () => Promise.resolve(device()),
    crew: (device) => crew.source.on(device),
    store,
    saveEveryMs: 0,
    listener: (event) => {
      events.push(event);
      hear(event, events);
    },
  });
  return {
    runner,
    store,
    events,
    crew,
    close: async () => {
      await runner.close();
      await crew.source.end();
      expect(crew.hired.every(({ isEnded }) => isEnded)).toBe(true);
      for (const { device, isDead } of crew.hired) if (!isDead) expect(device.counters.bytesAlive).toBe(0);
    },
    results: async () => {
      const all = await Promise.all(runs.map((run) => store.load(run)));
      return new Map(all.flatMap((result, i) => (result ? [[runs[i]!.id, bits(result)] as const] : [])));
    },
  };
}

describe.each([2, 3, 4])('over %i workers', (size) => {
  it('a plan has the results of one device, and its events come in order', async () => {
    const { runner, events, results, close } = trial(testCrew(size));
    await runner.run();
    expect(await results()).toEqual(await expected());
    for (const { key } of items) {
      const own = events.filter((event) => 'key' in event && event.key === key);
      const kinds = own.map(({ kind }) => kind).filter((kind) => kind !== 'kept' && kind !== 'building');
      expect(kinds[0]).toBe('begins');
      expect(kinds.slice(1, -1).every((kind) => kind === 'training')).toBe(true);
      expect(kinds.at(-1)).toBe('result');
    }
    const at = (kind: string, key: string): number =>
      events.findIndex((event) => event.kind === kind && 'key' in event && event.key === key);
    expect(at('begins', 'child')).toBeGreaterThan(at('result', 'parent'));
    // Others go on meanwhile.
    expect(at('begins', 'one')).toBeLessThan(at('result', 'parent'));
    expect(events.at(-1)).toEqual({ kind: 'status', status: 'finished' });
    await close();
  });
});

it('is paused at a step, goes on there, and is sent back to the beginning', async () => {
  const { runner, events, store, results, close } = trial(testCrew(2), (event, all) => {
    if (event.kind === 'training' && all.filter(({ kind }) => kind === 'training').length % 20 === 0)
      void runner.pause();
  });
  let stretches = 0;
  do {
    await runner.run();
    const heard = events.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events.length, 'nothing is told of what is paused').toBe(heard);
    stretches++;
  } while (runner.left.length > 0);
  expect(stretches).toBeGreaterThan(2);
  const all = await expected();
  expect(await results()).toEqual(all);

  await runner.reset();
  expect(events.at(-1)).toEqual({ kind: 'status', status: 'ready' });
  expect(await Promise.all(runs.map((run) => store.load(run)))).toEqual(runs.map(() => undefined));
  while (runner.left.length > 0) await runner.run();
  expect(await results()).toEqual(all);
  await close();
});

it('goes on after its end with what was kept, also on one device', async () => {
  const { runner, store, results, close } = trial(testCrew(3), (event) => {
    if (event.kind === 'kept' && event.step >= 20) void runner.pause();
  });
  await runner.run();
  await close();
  await runPlan(device(), runs, { store });
  expect(await results()).toEqual(await expected());
});

it('leaves out the first of the runs under way, with those that begin with it', async () => {
  let isAsked = false;
  const { runner, events, results, close } = trial(testCrew(2), (event) => {
    if (isAsked || event.kind !== 'training' || event.key !== 'parent') return;
    isAsked = true;
    void runner.skip();
  });
  await runner.run();
  await expect.poll(() => events.at(-1), { timeout: 60_000 }).toMatchObject({ status: 'finished' });
  expect([...(await results()).keys()]).toEqual(['one', 'two']);
  expect(events.flatMap((event) => (event.kind === 'skipped' ? [event.key] : []))).toEqual([
    'parent',
    'child',
  ]);
  await close();
});

it('single steps are those of one run', async () => {
  const { runner, events, close } = trial(testCrew(2));
  await runner.run(5);
  const begun = events.flatMap((event) => (event.kind === 'begins' ? [event.key] : []));
  expect(begun).toEqual(['parent']);
  expect(events.findLast(({ kind }) => kind === 'kept')).toMatchObject({ key: 'parent', step: 5 });
  await close();
});

describe('a worker that dies', () => {
  it('is told, and its runs go on in another one with the same bits', async () => {
    let deaths = 0;
    const crew = testCrew(2);
    const { runner, events, results, close } = trial(crew, (event) => {
      if (event.kind !== 'kept' || event.step < 20 || deaths > 0) return;
      deaths++;
      crew.hired[1]!.die();
    });
    await runner.run();
    expect(events.filter(({ kind }) => kind === 'recovered').length).toBeGreaterThan(0);
    for (const event of events) if (event.kind === 'recovered') expect(event.lost).toBe('worker');
    expect(crew.hired).toHaveLength(3);
    expect(await results()).toEqual(await expected());
    await close();
  });

  it('again and again without progress ends the plan with a clear error, and what was done is kept', async () => {
    const crew = testCrew(2);
    const { runner, events, close } = trial(crew, (event) => {
      if (event.kind === 'begins' && event.key === 'parent') crew.hired.at(-1)!.die();
    });
    await expect(runner.run()).rejects.toMatchObject({
      name: 'WorkerLostError',
      message: expect.stringMatching(/stopped unexpectedly \(killed\)\. What .* is kept/) as string,
    });
    expect(events.at(-1)).toMatchObject({ status: 'failed' });
    await close();
  });

  it('at its start is done without, and where none starts the device itself trains', async () => {
    for (const starts of [(nth: number) => nth > 0, () => false]) {
      const { runner, results, close } = trial(testCrew(2, { starts }));
      await runner.run();
      expect(await results()).toEqual(await expected());
      await close();
    }
  });
});

it('runs that have no room beside each other are trained one after the other', async () => {
  // Enough for the largest alone.
  const crew = testCrew(3, { mostBytes: 450_000 });
  const { runner, events, results, close } = trial(crew);
  await runner.run();
  expect(await results()).toEqual(await expected());
  expect(events.filter(({ kind }) => kind === 'begins')).toHaveLength(runs.length);
  await close();
});

describe('the estimate', () => {
  const times = new Map(runs.map((run) => [run, 6]));

  it('on one core is the sum', () => {
    expect(secondsOn(1, times)).toBe(24);
  });

  it('on several is bounded by the cores, and by the longest line of runs', () => {
    expect(secondsOn(2, times)).toBe(12);
    // Parent and child have two of three replicas on one of two cores, and one on each of three.
    expect(secondsOn(2, new Map(runs.slice(0, 2).map((run) => [run, 6])))).toBe(8);
    expect(secondsOn(4, new Map(runs.slice(0, 2).map((run) => [run, 6])))).toBe(4);
    expect(secondsOn(4, new Map([[runs[2]!, 6]]))).toBe(6);
  });
});

/** Plans: runs one after the other, kept one by one. */
import { describe, expect, it } from 'vitest';
import { estimatePlan } from '../../src/training/spec/estimate.ts';
import { runPlan } from '../../src/training/plan/plan.ts';
import { MemoryStore } from '../../src/training/plan/store.ts';
import { sweepTable } from '../../src/training/spec/sweep-table.ts';
import { expandSweep, parseSweep, planRun, type PlannedRun } from '../../src/training/spec/sweep.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice({ kind: 'cpu' });

const base = {
  task: { name: 'factsworld', facts: 64, pool: 512, validation: 64 },
  model: { kind: 'mlp', hidden: [8], embedding: 4 },
  batch: 16,
  steps: 12,
  replicas: 2,
  evaluate: { every: 6 },
};

const seeds = expandSweep(parseSweep({ spec: base, axes: [{ seed: [1, 2, 3] }] }));

describe('a plan', () => {
  it('goes on where it was stopped, and gives the same table', async () => {
    const whole = await runPlan(device(), seeds, { store: new MemoryStore() });
    const store = new MemoryStore();
    const begun: string[] = [];
    for (let start = 0; start < 6; start++) {
      const controller = new AbortController();
      const results = await runPlan(device(), seeds, {
        store,
        signal: controller.signal,
        onRun: ({ id }, state) => {
          if (state === 'begins') begun.push(id);
        },
        onResult: () => controller.abort(),
      });
      if (results.size === 3) break;
    }
    const resumed = await runPlan(device(), seeds, { store });
    expect(begun).toEqual(seeds.map(({ id }) => id));
    expect(sweepTable(seeds, resumed)).toEqual(sweepTable(seeds, whole));
  });

  it('goes on in the middle of a run, with the same bits', async () => {
    const [run] = seeds;
    const whole = await runPlan(device(), [run!], { store: new MemoryStore() });
    const store = new MemoryStore();
    const controller = new AbortController();
    const begun = await runPlan(device(), [run!], {
      store,
      signal: controller.signal,
      onEvent: (_, event) => {
        if (event.kind === 'losses') controller.abort();
      },
    });
    expect(begun.size).toBe(0);
    const { step } = (await store.loadPart(run!))!.result;
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(12);
    const [result] = (await runPlan(device(), [run!], { store })).values();
    const { losses, evaluations } = [...whole.values()][0]!;
    expect(result).toMatchObject({ losses, evaluations, outcome: 'finished' });
    expect(await store.loadPart(run!)).toBeUndefined();
  });

  it('trains replicas with shares of the examples of their own', async () => {
    const run = planRun({ ...base, trainingFractions: [1, 0.5] }, {});
    const [result] = (await runPlan(device(), [run], { store: new MemoryStore() })).values();
    expect(result!.outcome).toBe('finished');
  });

  it('trains a parent first, though it is listed last, and begins with its weights', async () => {
    const parent: PlannedRun = { ...planRun(base, {}), id: 'parent' };
    const child: PlannedRun = {
      ...planRun({ ...base, steps: 1, learningRate: 1e-8 }, {}),
      id: 'child',
      from: 'parent',
    };
    const order: string[] = [];
    const results = await runPlan(device(), [child, parent], {
      store: new MemoryStore(),
      onRun: ({ id }) => order.push(id),
    });
    expect(order).toEqual(['parent', 'child']);
    const last = results.get('parent')!.evaluations.at(-1)!;
    const first = results.get('child')!.evaluations[0]!;
    expect(first.sets).toEqual(last.sets);
    expect(results.get('child')!.from).toMatchObject({ step: 12 });
  });

  it.each([
    ['is not in the plan', [{ ...planRun(base, {}), from: 'nobody' }]],
    [
      'begins with it',
      [
        { ...planRun(base, {}), id: 'a', from: 'b' },
        { ...planRun(base, {}), id: 'b', from: 'a' },
      ],
    ],
  ])('refuses a run that begins with one that %s', async (message, plan) => {
    await expect(runPlan(device(), plan, { store: new MemoryStore() })).rejects.toThrow(message);
  });

  it('is estimated from its cheapest and its dearest run', async () => {
    const plan = expandSweep(parseSweep({ spec: base, axes: [{ steps: [4, 40] }] }));
    const estimate = await estimatePlan(device(), plan);
    const one = await estimatePlan(device(), plan.slice(0, 1));
    expect(estimate).toMatchObject({ runs: 2, flops: 11 * one.flops });
    expect(estimate.seconds).toBeGreaterThan(one.seconds);
    expect(await estimatePlan(device(), [])).toEqual({ runs: 0, flops: 0, seconds: 0, gpuBytes: 0 });
  });
});

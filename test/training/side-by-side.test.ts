/** Runs that train side by side: together from evaluation to evaluation, and bit for bit as one after the other. */
import { describe, expect, it } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/training/results/checkpoint.ts';
import type { PlanEvent } from '../../src/training/plan/plan-events.ts';
import { PlanRunner } from '../../src/training/plan/plan-runner.ts';
import { MemoryStore } from '../../src/training/plan/store.ts';
import type { RunResult } from '../../src/training/results/result.ts';
import { planRun, type PlannedRun } from '../../src/training/spec/sweep.ts';
import { testCrew } from '../support/crew.ts';
import { DEVICES, useDevice } from '../support/device.ts';

const base = {
  task: { name: 'addition', digits: 2, pool: 256, validation: 12 },
  model: { kind: 'transformer', layers: 1, width: 4, heads: 2, embeddingScale: 0.5 },
  batch: 8,
  steps: 12,
  evaluate: { every: 3 },
  replicas: 3,
};

const plan = (beside: boolean, widths = [4, 8, 12]): PlannedRun[] =>
  widths.map((width) => ({
    ...planRun(base, { 'model.width': width }),
    watch: { answers: 4 },
    ...(beside && { beside }),
  }));

/** Of the same sizes, so that a software GPU compiles them once. */
const alike = (beside: boolean): PlannedRun[] =>
  [1, 2, 3].map((seed) => ({
    ...planRun(
      {
        task: { name: 'modular-addition', prime: 7, fraction: 0.5 },
        model: { kind: 'mlp', combine: 'sum', embedding: 8, hidden: [], activation: 'square', bias: false },
        batch: 8,
        steps: 12,
        evaluate: { every: 3 },
        replicas: 2,
      },
      { seed },
    ),
    ...(beside && { beside }),
  }));

type Options = ConstructorParameters<typeof PlanRunner>[1];

async function results(
  runs: readonly PlannedRun[],
  options: Pick<Options, 'connect' | 'crew'>,
  listener: Options['listener'] = () => undefined,
  store = new MemoryStore(),
): Promise<(RunResult | undefined)[]> {
  const items = runs.map((run) => ({ key: Object.values(run.values).join(), run }));
  const runner = new PlanRunner(items, { ...options, store, listener });
  await runner.run();
  await runner.close();
  return Promise.all(runs.map((run) => store.load(run)));
}

/** What does not depend on the clock. */
const bits = (all: readonly (RunResult | undefined)[]) =>
  all.map((result) => {
    const { losses, evaluations, snapshots, outcome, step } = result!;
    return { losses, evaluations, snapshots, outcome, step };
  });

/** The last step that each run was told of, at each evaluation. */
function follow(): { spread: number[]; listener: (event: PlanEvent) => void } {
  const steps = new Map<string, number>();
  const spread: number[] = [];
  return {
    spread,
    listener: (event) => {
      if (event.kind === 'begins') steps.set(event.key, 0);
      if (event.kind === 'result') steps.delete(event.key);
      if (event.kind !== 'training' || event.event.kind !== 'evaluation') return;
      steps.set(event.key, event.event.step);
      spread.push(Math.max(...steps.values()) - Math.min(...steps.values()));
    },
  };
}

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });
  const connect = () => Promise.resolve(device());

  it('gives the bits of one after the other, and goes from evaluation to evaluation together', async () => {
    const { spread, listener } = follow();
    const together = await results(alike(true), { connect }, listener);
    expect(bits(together)).toEqual(bits(await results(alike(false), { connect })));
    expect(spread).toHaveLength(15);
    expect(Math.max(...spread)).toBe(3);
  });
});

describe('on the processor', () => {
  const device = useDevice({ kind: 'cpu' });
  const connect = () => Promise.resolve(device());

  it('is the same over several workers, answers of all seeds included', async () => {
    const { source } = testCrew(2);
    const over = await results(plan(true), { connect, crew: (on) => source.on(on) });
    expect(bits(over)).toEqual(bits(await results(plan(false), { connect })));
    expect(over[0]!.snapshots!.map(({ step }) => step)).toEqual([0, 3, 6, 9, 12]);
    expect(over[0]!.snapshots![0]!.answers).toHaveLength(3);
    expect(over[0]!.snapshots![0]!.answers![0]).toHaveLength(4);
    expect(over[0]!.snapshots![0]!.answers![0]![0]).toHaveLength(3);
    await source.end();
  });

  it('is stopped in the middle, leaves nothing behind, and goes on with the same bits', async () => {
    const store = new MemoryStore();
    const told: string[] = [];
    const runs = plan(true);
    const before = device().counters.bytesAlive;
    const runner = new PlanRunner(
      runs.map((run) => ({ key: run.id, run })),
      {
        connect,
        store,
        listener: (event) => {
          told.push(event.kind);
          if (event.kind === 'training' && event.event.kind === 'evaluation' && event.event.step === 6)
            void runner.pause();
        },
      },
    );
    await runner.run();
    expect(told.at(-1)).toBe('status');
    await runner.close();
    expect(device().counters.bytesAlive).toBe(before);
    const parts = await Promise.all(runs.map((run) => store.loadPart(run)));
    for (const part of parts) {
      expect(part!.checkpoint.step).toBeLessThan(12);
      expect(decodeCheckpoint(encodeCheckpoint(part!.checkpoint)).step).toBe(part!.checkpoint.step);
    }
    const whole = await results(runs, { connect }, undefined, store);
    expect(bits(whole)).toEqual(bits(await results(plan(false), { connect })));
  });

  it('begins no other run before all of them are done', async () => {
    const other = planRun(base, { 'model.width': 6 });
    const begun: string[] = [];
    let done = 0;
    await results([...plan(true), other], { connect }, (event) => {
      if (event.kind === 'result') done++;
      if (event.kind === 'begins') begun.push(`${event.key} ${done}`);
    });
    expect(begun).toEqual(['4 0', '8 0', '12 0', '6 3']);
  });

  it('is kept where another one fails', async () => {
    const [first, ...rest] = plan(true);
    const wide = { ...first!, spec: { ...first!.spec, model: { ...first!.spec.model, width: 2 ** 20 } } };
    const store = new MemoryStore();
    const failing = results([...rest, wide], { connect }, undefined, store);
    await expect(failing).rejects.toThrow();
    for (const run of rest) expect((await store.loadPart(run)) ?? (await store.load(run))).toBeDefined();
  });
});

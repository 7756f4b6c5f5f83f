/** Experiments behind the protocol: what outlasts the tab. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGPU } from '../../src/cli/driver.ts';
import { Device } from '../../src/gpu/device.ts';
import { usualChoice, useKernels } from '../../src/kernels/choice.ts';
import { openDatabase } from '../../src/state/database.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { LabService } from '../../src/worker/lab.ts';
import type { ExperimentEvent, ExperimentItem } from '../../src/worker/protocol.ts';

const spec = {
  task: { name: 'factsworld', facts: 64, pool: 2048, validation: 64 },
  model: { kind: 'mlp', hidden: [8], embedding: 4 },
  batch: 16,
  steps: 60,
  replicas: 2,
  evaluate: { every: 10 },
};
const items: ExperimentItem[] = [
  { key: 'parent', spec },
  { key: 'child', spec: { ...spec, steps: 20 }, from: 'parent' },
];

let devices: Device[];
let database: string;
let count = 0;

beforeEach(() => {
  devices = [];
  database = `experiment ${count++}`;
});
afterEach(() => devices.forEach((device) => device.destroy()));

/** A visit: a lab of its own on the same database. */
function visit(): LabService {
  return new LabService(async () => {
    const device = await Device.cpu();
    devices.push(device);
    return device;
  }, openDatabase(database));
}

type Result = Extract<ExperimentEvent, { kind: 'result' }>;

/** Runs the experiment to its end; `onEvent` may close the tab. */
async function experiment(
  lab: LabService,
  onEvent: (event: ExperimentEvent, id: () => number) => void = () => undefined,
) {
  const events: ExperimentEvent[] = [];
  let id = 0;
  id = await lab.openExperiment(items, (event) => {
    events.push(event);
    onEvent(event, () => id);
  });
  const status = events.findLast((event) => event.kind === 'status');
  await lab.run(id);
  await lab.close(id);
  const results = new Map(
    events.flatMap((event): [string, Result['result']][] =>
      event.kind === 'result' ? [[event.key, event.result]] : [],
    ),
  );
  return { events, results, status };
}

describe('an experiment', () => {
  it('goes on where the last visit ended, in the middle of a run, with the same bits', async () => {
    const whole = await experiment(new LabService(() => Device.cpu()));
    expect([...whole.results.keys()]).toEqual(['parent', 'child']);

    const first = visit();
    const begun = await experiment(first, (event, id) => {
      if (event.kind === 'evaluation' && event.step === 20) void first.pause(id());
    });
    expect(begun.results.size).toBe(0);

    const second = await experiment(visit());
    expect(second.status).toMatchObject({ status: 'paused' });
    // The page hears of the curve so far before anything is asked of the lab.
    expect(second.events.slice(0, 3)).toMatchObject([
      { kind: 'begins', key: 'parent' },
      { kind: 'losses', key: 'parent', first: 0 },
      { kind: 'evaluation', key: 'parent', step: 0 },
    ]);
    for (const [key, { losses, evaluations }] of whole.results) {
      expect(second.results.get(key)).toMatchObject({ losses, evaluations });
    }

    const third = await experiment(visit());
    expect(third.status).toMatchObject({ status: 'finished' });
    expect(third.events.filter((event) => event.kind === 'result' && event.found)).toHaveLength(2);
  });

  it('pauses before the run that is to wait, and goes on when it is asked again', async () => {
    const lab = visit();
    const events: ExperimentEvent[] = [];
    const id = await lab.openExperiment(items, (event) => events.push(event));
    const done = (): string[] => events.flatMap((event) => (event.kind === 'result' ? [event.key] : []));
    await lab.run(id, undefined, 'child');
    expect(done()).toEqual(['parent']);
    expect(events.at(-1)).toEqual({ kind: 'status', status: 'paused' });
    await lab.run(id, undefined, 'child');
    expect(done()).toEqual(['parent']);
    await lab.run(id);
    expect(done()).toEqual(['parent', 'child']);
    await lab.close(id);
  });

  it('leaves a run out without a pause, at which others would take their turn', async () => {
    const lab = visit();
    const events: ExperimentEvent[] = [];
    const plan = [
      { key: 'long', spec: { ...spec, steps: 1_000_000 } },
      { key: 'short', spec: { ...spec, seed: 2 } },
    ];
    const id = await lab.openExperiment(plan, (event) => {
      const isFirst = event.kind === 'losses' && !events.some(({ kind }) => kind === 'losses');
      events.push(event);
      if (isFirst) void lab.skip(id);
    });
    void lab.run(id);
    await vi.waitFor(() => expect(events.at(-1)).toEqual({ kind: 'status', status: 'finished' }), {
      timeout: 60_000,
    });
    expect(events).toContainEqual({ kind: 'skipped', key: 'long' });
    const statuses = events.flatMap((event) => (event.kind === 'status' ? [event.status] : []));
    expect(statuses).toEqual(['ready', 'running', 'running', 'finished']);
    await lab.close(id);
  });

  it('forgets all when it is reset', async () => {
    const lab = visit();
    await experiment(lab);
    const id = await lab.openExperiment(items, () => undefined);
    await lab.reset(id);
    await lab.close(id);
    expect((await experiment(visit())).status).toMatchObject({ status: 'ready' });
  });

  it('never begins with other weights than it says: where they are gone the run is trained again for them', async () => {
    const lab = visit();
    const id = await lab.openExperiment(items, () => undefined);
    await lab.run(id, undefined, 'child');
    await lab.close(id);

    const events: ExperimentEvent[] = [];
    const here = visit();
    const stale = await here.openExperiment(items, (event) => events.push(event));
    expect(events).toMatchObject([{ kind: 'result', key: 'parent', found: true }, { status: 'paused' }]);
    const elsewhere = visit();
    await elsewhere.reset(await elsewhere.openExperiment(items, () => undefined));
    await here.run(stale);
    await here.close(stale);
    const results = events.flatMap((event) => (event.kind === 'result' ? [event] : []));
    expect(results.map(({ key, found }) => [key, found])).toEqual([
      ['parent', true],
      ['parent', false],
      ['child', false],
    ]);
    const [first, again, child] = results.map(({ result }) => result);
    expect(again!.losses).toEqual(first!.losses);
    expect(child!.from).toMatchObject({ step: 60 });
    const last = again!.evaluations.at(-1)!;
    expect(child!.evaluations[0]!.sets).toEqual(last.sets);
  });

  it('refuses to compare kernels on the processor, which runs none', async () => {
    const benchmark = { products: [16], variants: ['naive' as const], attention: [] };
    const opened = visit().openExperiment([{ key: 'device', benchmark }, ...items], () => undefined);
    await expect(opened).rejects.toMatchObject({ name: 'NoKernelsError' });
  });

  it('compiles the kernels of every run while the learner reads', async () => {
    const device = await Device.acquire(createGPU());
    devices.push(device);
    useKernels(device, usualChoice(device)); // A CPU would take minutes to compile those of a GPU.
    Object.defineProperty(device, 'isSoftware', { value: false });
    const compile = vi.spyOn(device.handle, 'createComputePipelineAsync');
    const create = vi.spyOn(Trainer, 'create');
    const lab = new LabService(() => Promise.resolve(device));
    const plan = [8, 12, 16].map((width) => ({
      key: `w${width}`,
      spec: { ...spec, steps: 10, model: { ...spec.model, hidden: [width] } },
    }));
    const id = await lab.openExperiment(plan, () => undefined);
    // The cheapest and the dearest are built for the estimate, and then all three.
    await vi.waitFor(() => expect(create).toHaveBeenCalledTimes(5), { timeout: 60_000 });
    await Promise.all(create.mock.results.map(({ value }) => value as Promise<unknown>));
    const compiled = compile.mock.calls.length;
    expect(compiled).toBeGreaterThan(0);
    await lab.run(id);
    expect(compile.mock.calls.length).toBe(compiled);
    await lab.close(id);
  });
});

/** Runs whose examples have the labels that their own first weights give them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { download } from '../../src/gpu/tensor.ts';
import { answer, argmax } from '../../src/inside/answer.ts';
import { runPlan } from '../../src/training/plan/plan.ts';
import { MemoryStore } from '../../src/training/plan/store.ts';
import { rowsOf, type Weights } from '../../src/training/results/weights.ts';
import { parseSpec, type RunSpec } from '../../src/training/spec/spec.ts';
import type { PlannedRun } from '../../src/training/spec/sweep.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { testCrew } from '../support/crew.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { train, withTrainer } from '../support/train.ts';

const parentSpec = {
  task: { name: 'domains', facts: 64, domains: 2, pool: 96, validation: 16 },
  model: { kind: 'mlp', embedding: 4, hidden: [8] },
  batch: 8,
  steps: 40,
  evaluate: { every: 40 },
  replicas: 2,
};
const own = (more: object = {}): RunSpec => parseSpec({ ...parentSpec, seed: 5, labels: 'own', ...more });

/** What a replica answers to every row, in double precision. */
function answersOf({ data, spec }: Trainer, { parameters }: Weights, replica: number): number[] {
  const { slots, length } = rowsOf(spec);
  const matrices = new Map(
    slots.map(({ name, shape, offset }) => {
      const first = replica * length + offset;
      const size = shape.reduce((product, n) => product * n, 1);
      return [name, { shape: [...shape], values: parameters.slice(first, first + size) }];
    }),
  );
  const { inputs, inputWidth, rows } = data.train;
  return Array.from({ length: rows }, (_, row) =>
    argmax(
      answer(spec.model, matrices, [...inputs.subarray(row * inputWidth, (row + 1) * inputWidth)])
        .outputs[0]!,
    ),
  );
}

const targetsOf = async ({ device, memory }: Trainer): Promise<Int32Array> =>
  new Int32Array(await download(device, memory.pool.targets.storage));

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });
  let parent: Weights;
  beforeAll(async () => {
    parent = await withTrainer(device(), parseSpec(parentSpec), async (trainer) => {
      await train(trainer);
      return trainer.checkpoint();
    });
  });

  it('has the answers of each replica’s own weights, or of these the right ones', async () => {
    const trainer = await Trainer.create(device(), own(), { from: parent });
    const checked = await Trainer.create(device(), own({ labels: 'own-right' }), { from: parent });
    const [all, right] = [await targetsOf(trainer), await targetsOf(checked)];
    const given = trainer.data.train.targets as Int32Array;
    let [differ, kept] = [0, 0];
    for (const r of [0, 1]) {
      const answers = answersOf(trainer, parent, r);
      expect([...all.subarray(r * given.length, (r + 1) * given.length)]).toEqual(answers);
      const wanted = answers.map((label, i) => (label === given[i] ? label : -1));
      expect([...right.subarray(r * given.length, (r + 1) * given.length)]).toEqual(wanted);
      differ += answers.filter((label, i) => label !== given[i]).length;
      kept += wanted.filter((label) => label >= 0).length;
    }
    // Some are wrong, some right, and the replicas do not agree: else nothing was tried.
    expect(Math.min(differ, kept)).toBeGreaterThan(0);
    expect([...all.subarray(0, given.length)]).not.toEqual([...all.subarray(given.length)]);
    for (const each of [trainer, checked]) {
      const { outcome, losses } = await train(each);
      expect(outcome).toBe('finished');
      expect(losses.every(Number.isFinite)).toBe(true);
      each.destroy();
    }
  });

  it('is measured without weights to begin with, but not trained', async () => {
    await withTrainer(device(), own(), async (trainer) => {
      expect(await trainer.estimate()).toBeGreaterThan(0);
      await expect(train(trainer)).rejects.toThrow('labels: is own, and this run begins with random weights');
    });
  });
});

it('is for classes', () => {
  expect(() => parseSpec({ task: { name: 'sine' }, labels: 'own' })).toThrow(
    'labels: is own, which is for classes',
  );
});

describe('in a plan', () => {
  const device = useDevice({ kind: 'cpu' });
  const plan: PlannedRun[] = [
    { id: 'parent', spec: parseSpec(parentSpec), values: {}, level: 0 },
    { id: 'child', spec: own({ evaluate: { every: 10 } }), values: {}, level: 1, from: 'parent' },
  ];

  it('has the same bits when it was stopped and goes on, and over several workers', async () => {
    const whole = (await runPlan(device(), plan, { store: new MemoryStore() })).get('child')!;
    const store = new MemoryStore();
    const stop = new AbortController();
    await runPlan(device(), plan, {
      store,
      signal: stop.signal,
      onEvent: ({ id }, event) => {
        if (id === 'child' && event.kind === 'evaluation' && event.step === 20) stop.abort();
      },
    });
    expect(await store.load(plan[1]!)).toBeUndefined();
    const continued = (await runPlan(device(), plan, { store })).get('child')!;
    expect(continued.losses).toEqual(whole.losses);
    expect(continued.evaluations).toEqual(whole.evaluations);
    const { source } = testCrew(2);
    const shared = await runPlan(device(), plan, {
      store: new MemoryStore(),
      crew: (device) => source.on(device),
    });
    expect(shared.get('child')!.losses).toEqual(whole.losses);
  });
});

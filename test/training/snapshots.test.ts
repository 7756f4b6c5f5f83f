/** Snapshots of the inside: the very weights, at steps that a curve over their logarithm needs, kept with the run. */
import { describe, expect, it } from 'vitest';
import { decodeFloats } from '../../src/floats.ts';
import { runPlan } from '../../src/training/plan/plan.ts';
import { MemoryStore } from '../../src/training/plan/store.ts';
import { TeamTrainer } from '../../src/training/trainer/team-trainer.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { isWatched, type Snapshot } from '../../src/training/results/snapshot.ts';
import { parseResult } from '../../src/training/results/parse-result.ts';
import { rowsOf } from '../../src/training/results/weights.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import type { PlannedRun } from '../../src/training/spec/sweep.ts';
import { testCrew } from '../support/crew.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { train } from '../support/train.ts';

const spec = parseSpec({
  task: { name: 'modular-addition', prime: 7, fraction: 0.5 },
  model: { kind: 'mlp', combine: 'sum', embedding: 8, hidden: [], activation: 'square', bias: false },
  batch: 8,
  steps: 30,
  evaluate: { every: 1 },
  replicas: 3,
});

const planned = (watch?: PlannedRun['watch']): PlannedRun => ({
  id: 'run',
  spec,
  values: {},
  level: 0,
  ...(watch && { watch }),
});

const values = (snapshot: Snapshot, name: string) => decodeFloats(snapshot.weights[name]!.values);

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });

  it('is what replica 0 is made of, whole or by name', async () => {
    const trainer = await Trainer.create(device(), spec);
    await train(trainer, 12);
    const { parameters } = await trainer.checkpoint();
    const { slots } = rowsOf(spec);
    const all = await trainer.snapshot('all');
    expect(all.step).toBe(12);
    expect(Object.keys(all.weights)).toEqual(slots.map(({ name }) => name));
    for (const { name, shape, offset } of slots) {
      const own = parameters.slice(offset, offset + shape.reduce((product, n) => product * n, 1));
      expect(values(all, name)).toEqual(own);
      expect(all.weights[name]!.shape).toEqual(shape);
    }
    const some = await trainer.snapshot(['wte.weight', 'no.such']);
    expect(some.weights).toEqual({ 'wte.weight': all.weights['wte.weight'] });
    trainer.destroy();
  });
});

describe('of a plan', () => {
  const device = useDevice({ kind: 'cpu' });

  it('stands at the first and the last step, and a tenth further each time; the run is the same without', async () => {
    const [looked, plain] = await Promise.all(
      [planned('all'), planned()].map(async (run) =>
        (await runPlan(device(), [run], { store: new MemoryStore() })).get('run')!,
      ),
    );
    const steps = looked!.snapshots!.map(({ step }) => step);
    expect(steps).toEqual([...Array.from({ length: 12 }, (_, i) => i), 13, 15, 17, 19, 21, 24, 27, 30]);
    expect(plain!.snapshots).toBeUndefined();
    expect(looked!.losses).toEqual(plain!.losses);
    expect(looked!.evaluations).toEqual(plain!.evaluations);
    // As text, too.
    const kept = parseResult(JSON.parse(JSON.stringify(looked)), planned());
    expect(kept.snapshots).toEqual(looked!.snapshots);
  });

  it('goes on where it was stopped, with each step once', async () => {
    const store = new MemoryStore();
    const stop = new AbortController();
    await runPlan(device(), [planned('all')], {
      store,
      signal: stop.signal,
      onEvent: (_, event) => {
        if (event.kind === 'evaluation' && event.step === 9) stop.abort();
      },
    });
    const whole = (await runPlan(device(), [planned('all')], { store })).get('run')!;
    const alone = (await runPlan(device(), [planned('all')], { store: new MemoryStore() })).get('run')!;
    expect(whole.snapshots).toEqual(alone.snapshots);
  });

  it('is that of the first worker, where several train', async () => {
    const { source } = testCrew(3);
    const crew = (await source.on(device()))!;
    const team = await TeamTrainer.create(crew, device(), spec, {});
    const alone = await Trainer.create(device(), spec);
    await train(team, 5);
    await train(alone, 5);
    expect(await team.snapshot('all')).toEqual(await alone.snapshot('all'));
    team.destroy();
    alone.destroy();
    await source.end();
  });

  it.each([
    ['no list', {}],
    ['of a step behind the end', [{ step: 31, weights: {} }]],
    [
      'twice of a step',
      [
        { step: 1, weights: {} },
        { step: 1, weights: {} },
      ],
    ],
    ['of another shape', [{ step: 1, weights: { 'wte.weight': { shape: [1, 1], values: 'AAAAAA==' } } }]],
    ['cut short', [{ step: 1, weights: { 'wte.weight': { shape: [14, 8], values: 'AAAAAA==' } } }]],
    ['no base64', [{ step: 1, weights: { 'wte.weight': { shape: [14, 8], values: '%' } } }]],
    ['of a parameter that is not there', [{ step: 1, weights: { __proto__x: { shape: [1], values: '' } } }]],
  ])('is refused where it is %s', async (_, snapshots) => {
    const result = (await runPlan(device(), [planned()], { store: new MemoryStore() })).get('run')!;
    const bad = { ...(JSON.parse(JSON.stringify(result)) as object), snapshots };
    expect(() => parseResult(bad, planned())).toThrow(/^snapshots/);
  });
});

it('is taken rarely in a long run', () => {
  let [last, count] = [undefined as number | undefined, 0];
  for (let step = 0; step <= 100_000; step += 10) {
    if (!isWatched(step, last, 100_000)) continue;
    last = step;
    count++;
  }
  expect(count).toBeLessThan(110);
});

/** FLOPs and sizes counted from a spec are those of the programs that devices run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../src/gpu/device.ts';
import { Random } from '../../src/random.ts';
import { factsExampleFlops, factsSpec, factsWithoutTables } from '../../src/lessons/shared/facts.ts';
import { ISOFLOP, isoflopPlan } from '../../src/lessons/shared/isoflop.ts';
import { flopsOf, flopsPerStep, parametersOf, sixND, withoutTables } from '../../src/training/spec/flops.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { expandSweep, parseSweep } from '../../src/training/spec/sweep.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { randomSpec } from '../support/random-spec.ts';

describe('the FLOPs of a step', () => {
  let device: Device;
  beforeAll(async () => (device = await Device.cpu()));
  afterAll(() => device.destroy());

  it('are those of the program, of one of its replicas', async () => {
    const tasks = ['factsworld', 'addition', 'shapes', 'sine', 'domains', 'modular-addition', 'induction'];
    for (const [i, name] of tasks.entries()) {
      const small = name === 'sine' ? {} : name === 'modular-addition' ? { prime: 7 } : { validation: 16 };
      const facts = ['factsworld', 'domains'].includes(name) ? { facts: 64, pool: 64 } : {};
      const loss = i % 2 && name !== 'sine' ? 'squared-error' : 'cross-entropy';
      const optimizer = { name: ['adamw', 'sgd'][i % 2] };
      const spec = parseSpec({ task: { name, ...small, ...facts }, batch: 5, replicas: 3, loss, optimizer });
      const trainer = await Trainer.create(device, spec);
      expect(3 * flopsPerStep(spec), name).toBe(trainer.info.flopsPerStep);
      trainer.destroy();
    }
  });

  it('are counted for any spec, about six a parameter that multiplies and example in large batches', () => {
    for (let i = 0; i < 100; i++) {
      const spec = parseSpec(randomSpec(new Random(i)));
      expect(flopsOf(spec), JSON.stringify(spec)).toBeGreaterThan(0);
      expect(withoutTables(spec)).toBeLessThanOrEqual(parametersOf(spec));
    }
  });
});

describe('FactsWorld’s MLPs', () => {
  it.each([4, 8, 12, 32, 128])('of width %d have the size and the FLOPs that their formulas say', (width) => {
    const spec = parseSpec(factsSpec({ width, steps: 10, seed: 1 }));
    expect(withoutTables(spec)).toBe(factsWithoutTables(width));
    expect(flopsPerStep(spec) / (spec.batch * factsExampleFlops(width))).toBeCloseTo(1, 1.9);
    // Tables do no arithmetic, so that the rule counts too much.
    expect(sixND(spec) / flopsOf(spec)).toBeGreaterThan(1.15);
  });

  it.each(['small', 'standard'] as const)(
    'spend each budget to within three in a hundred at %s size',
    (size) => {
      const design = ISOFLOP[size];
      const plan = isoflopPlan(design, 1).map((item) => parseSpec('spec' in item ? item.spec : {}));
      const budgets = design.budgets.flatMap(({ C, widths }) => widths.map(() => C));
      plan.forEach((spec, i) => expect(Math.abs(flopsOf(spec) / budgets[i]! - 1)).toBeLessThan(0.03));
    },
  );

  it('spend the budgets of a sweep as closely', () => {
    const sweep = parseSweep({
      spec: { ...factsSpec({ width: 8, steps: 1, seed: 1 }), steps: 1 },
      axes: [{ 'model.embedding': [2, 8, 32], 'model.hidden': [[8], [32], [128]] }],
      compute: [1e9, 1e10],
    });
    for (const { spec, values } of expandSweep(sweep)) {
      expect(Math.abs(flopsOf(spec) / (values.compute as number) - 1)).toBeLessThan(0.03);
    }
  });
});

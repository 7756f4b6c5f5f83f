/** What the page asks before it trains: forms, checks, sweeps, tables and fits, through the lab. No GPU. */
import { expect, test } from 'vitest';
import { LabService } from '../../src/worker/lab.ts';
import type { RunResult, SweepRun } from '../../src/worker/protocol.ts';
import { flopsOf } from '../../src/training/spec/flops.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';

const lab = new LabService(() => Promise.reject(new Error('no GPU is needed here')));

const sweep = {
  spec: {
    task: { name: 'factsworld', facts: 64, pool: 4096, validation: 64 },
    model: { kind: 'mlp', hidden: [8] },
    batch: 16,
  },
  axes: [{ 'model.embedding': [2, 4, 8] }, { seed: [1, 2] }],
  compute: [1e8],
};

async function plan(input: Record<string, unknown>): Promise<SweepRun[]> {
  const planned = await lab.plan(input);
  if ('problems' in planned) throw new Error(JSON.stringify(planned.problems));
  return planned.runs;
}

test('the form lists every task with fields whose defaults the engine takes', async () => {
  const form = await lab.describe();
  expect(form.tasks.length).toBeGreaterThan(9);
  for (const { name, fields, model } of form.tasks) {
    const task = { name, ...Object.fromEntries(fields.map((field) => [field.key, field.default])) };
    expect(await lab.check({ task, model: { kind: model } }), name).toHaveProperty('spec');
  }
  expect(form.run.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['learningRate', 'batch', 'steps', 'seed', 'replicas']),
  );
  expect(form.evaluate.map(({ key }) => key)).toEqual(['spacing', 'every', 'movement']);
});

test('a check names each wrong key by its path', async () => {
  const checked = await lab.check({
    task: { name: 'shapes' },
    model: { kind: 'transformer', layers: 99 },
    steps: 0.5,
  });
  expect(checked).toMatchObject({ problems: [{ path: 'model.layers' }, { path: 'steps' }] });
  expect(await lab.check({ task: { name: 'shapes' }, model: { kind: 'transformer' } })).toMatchObject({
    problems: [{ path: 'model.kind' }],
  });
  expect(await lab.check({ task: { name: 'nothing' } })).toMatchObject({ problems: [{ path: 'task.name' }] });
});

test('a check counts parameters and FLOPs', async () => {
  const input = {
    task: { name: 'shapes' },
    model: { kind: 'mlp', hidden: [10] },
    batch: 8,
    steps: 5,
    replicas: 3,
  };
  const checked = await lab.check(input);
  // 2 inputs, 10 hidden units, 2 classes
  const N = 2 * 10 + 10 + 10 * 2 + 2;
  const flops = 3 * flopsOf(parseSpec(input));
  expect(checked).toMatchObject({ parameters: N, flops });
  // Products alone: forward, back to the weights, and back to the hidden units.
  expect(flops).toBeGreaterThan(3 * 5 * 8 * 2 * (40 + 40 + 20));
});

test('a sweep gives its runs, each with a key of its own and steps that its budget pays for', async () => {
  const runs = await plan(sweep);
  expect(runs).toHaveLength(6);
  expect(new Set(runs.map(({ key }) => key)).size).toBe(6);
  expect(runs[0]!.key).toBe('embedding 2, seed 1, compute 100000000');
  expect(runs.map(({ order }) => order).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  for (const { C } of runs) expect(C / 1e8).toBeCloseTo(1, 1);
});

test('a wrong sweep is refused with the path or the run that is at fault', async () => {
  expect(await lab.plan({ ...sweep, axes: [{ 'model.embedding': [0] }] })).toMatchObject({
    problems: [
      {
        path: 'model.embedding',
        message: expect.stringContaining('in the run with model.embedding = 0') as string,
      },
    ],
  });
  expect(
    await lab.plan({ ...sweep, axes: [{ seed: Array.from({ length: 500 }, (_, i) => i) }] }),
  ).toMatchObject({
    problems: [{ path: 'axes' }],
  });
});

test('the table of a sweep has a row per replica that is done', async () => {
  const runs = await plan(sweep);
  const done = runs.slice(0, 2).map(({ key, spec, N }): [string, RunResult] => [
    key,
    {
      spec,
      device: 'd',
      date: '',
      outcome: 'finished',
      step: spec.steps,
      parameters: N,
      flopsPerStep: 1,
      tokensPerStep: 1,
      seconds: 1,
      compileSeconds: 1,
      losses: { first: 0, values: [] },
      evaluations: [{ step: spec.steps, sets: { validation: [{ loss: 1.5 }] } }],
    },
  ]);
  const table = await lab.table(sweep, Object.fromEntries(done));
  const lines = table.trim().split('\n');
  expect(lines[0]).toMatch(
    /^model\.embedding,planned C,replica,seed,N,N without tables,D,C,6 N D,outcome,loss/,
  );
  expect(lines).toHaveLength(3);
});

test('laws are fitted with bands, and refused in a sentence', async () => {
  const sizes = [100, 300, 1000, 3000, 10_000, 30_000];
  const noise = [1.001, 0.999, 1.0005, 0.9995, 1.001, 0.999];
  const rows = sizes.map((N, i) => ({ N, D: 1e5, C: 6e5 * N, loss: (0.5 + 20 * N ** -0.5) * noise[i]! }));
  const power = await lab.fit({ rows, law: 'power', x: 'N' });
  expect(power.refusal).toBeUndefined();
  const { alpha } = power.parameters;
  expect(alpha!.low).toBeLessThan(0.5);
  expect(alpha!.high).toBeGreaterThan(0.5);
  const [curve] = power.curves;
  curve!.y.forEach((y, i) => {
    expect(curve!.low![i]!).toBeLessThanOrEqual(y);
    expect(curve!.high![i]!).toBeGreaterThanOrEqual(y);
  });
  expect((await lab.fit({ rows: rows.slice(0, 2), law: 'power', x: 'N' })).refusal).toMatch(/at least 5/);
  expect((await lab.fit({ rows, law: 'parametric', x: 'N' })).refusal).toBeTruthy();
  expect((await lab.fit({ rows, law: 'isoflop', x: 'N' })).refusal).toBeTruthy();
  expect((await lab.fit({ rows: [], law: 'power', x: 'N' })).refusal).toBeTruthy();
});

test('a valley per budget, and its lowest points', async () => {
  const rows = [1e9, 1e10, 1e11].flatMap((C) =>
    [0.25, 0.5, 1, 2, 4].map((factor, i) => {
      const N = factor * 10 * (C / 1e9) ** 0.5 * 100;
      return { N, C, D: C / (6 * N), loss: 1 + 0.1 * Math.log(factor) ** 2 + [3, -4, 2, -1, 2][i]! * 1e-4 };
    }),
  );
  const fit = await lab.fit({ rows, law: 'isoflop', x: 'N' });
  expect(fit.refusal).toBeUndefined();
  expect(fit.parameters.a!.estimate).toBeCloseTo(0.5, 1);
  expect(fit.optima).toHaveLength(3);
});

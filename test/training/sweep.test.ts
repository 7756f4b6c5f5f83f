/** Sweeps as data: which runs they give, in what order, and what is refused. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRefusal, parseTable } from '../../src/scaling/index.ts';
import type { RunResult } from '../../src/training/results/result.ts';
import { sweepTable, toCSV } from '../../src/training/spec/sweep-table.ts';
import { dataPerStep, flopsOf, flopsPerStep, parametersOf } from '../../src/training/spec/flops.ts';
import { expandSweep, parseSweep, shapeFirst, shard } from '../../src/training/spec/sweep.ts';

const facts = { name: 'factsworld', facts: 256, pool: 4096 };
const base = {
  spec: { task: facts, model: { kind: 'mlp', activation: 'gelu' }, batch: 32, steps: 20 },
  axes: [
    { 'model.embedding': [4, 8, 16], 'model.hidden': [[16], [32], [64]] },
    { learningRate: [0.01, 0.02] },
  ],
};

const expand = (change: object = {}) => expandSweep(parseSweep({ ...base, ...change }));

describe('a sweep', () => {
  it('gives every combination of its axes, paths of one axis together, the last axis fastest', () => {
    const runs = expand();
    expect(
      runs.map(({ spec }) => [spec.model.kind === 'mlp' && spec.model.hidden, spec.learningRate]),
    ).toEqual([
      [[16], 0.01],
      [[16], 0.02],
      [[32], 0.01],
      [[32], 0.02],
      [[64], 0.01],
      [[64], 0.02],
    ]);
    expect(runs[3]!.values).toEqual({ 'model.embedding': 8, 'model.hidden': [32], learningRate: 0.02 });
  });

  it('refuses a budget that pays for more steps than a run may have', () => {
    expect(() => expand({ compute: [1e18] })).toThrow(
      /compute: 1000000000000000000 pays for \d+ steps; at most 10000000/,
    );
  });

  it('derives the steps that a budget pays for', () => {
    const runs = expand({ axes: base.axes.slice(0, 1), compute: [1e8, 1e9] });
    expect(runs).toHaveLength(6);
    for (const { spec, values } of runs) {
      expect(Math.abs(flopsOf(spec) - (values.compute as number))).toBeLessThan(flopsPerStep(spec) / 2 + 1);
    }
  });

  it('gives a run the same id in every sweep that has it, and another for any other spec', () => {
    const longer = expand({ axes: [...base.axes, { seed: [1, 2] }] });
    const ids = new Set(longer.map(({ id }) => id));
    expect(ids.size).toBe(12);
    expect(expand().every(({ id }) => ids.has(id))).toBe(true);
  });

  it('begins with the ends of its axes, cheap runs first', () => {
    const order = shapeFirst(expand()).map(({ values }) => [values['model.embedding'], values.learningRate]);
    expect(order.slice(0, 4).map(([width]) => width)).toEqual([4, 4, 16, 16]);
    expect(order.slice(4).map(([width]) => width)).toEqual([8, 8]);
    const levels = expand({ axes: [{ seed: [1, 2, 3, 4, 5, 6, 7, 8, 9] }] }).map(({ level }) => level);
    expect(levels).toEqual([0, 3, 2, 3, 1, 3, 2, 3, 0]);
  });

  it('is split into shards that share nothing and miss nothing', () => {
    const runs = expand();
    const parts = [1, 2, 3, 4].map((i) => shard(runs, i, 4));
    expect(parts.map(({ length }) => length)).toEqual([2, 2, 1, 1]);
    expect(new Set(parts.flat()).size).toBe(6);
  });

  it.each([
    [
      'axes of unequal length',
      { axes: [{ seed: [1, 2], batch: [3] }] },
      'axes.0: the paths of one axis go together',
    ],
    ['an empty axis', { axes: [{ seed: [] }] }, 'axes.0: has no values'],
    ['too many runs', { axes: Array(5).fill({ seed: [1, 2, 3, 4, 5, 6, 7] }) }, 'at most 10000'],
    [
      'a value that no spec allows',
      { axes: [{ batch: [32, 0] }] },
      'in the run with batch = 0: batch: must be',
    ],
    [
      'an unknown path',
      { axes: [{ 'model.size': [1] }] },
      'in the run with model.size = 1: model.size: unknown option',
    ],
    ['a path through a number', { axes: [{ 'batch.size': [1] }] }, 'batch.size: batch is 32, not an object'],
    ['a path into the prototype', { axes: [{ '__proto__.x': [1] }] }, 'is no path of a spec'],
    ['the same run twice', { axes: [{ seed: [1, 1] }] }, 'axes: two runs are the same, seed = 1'],
    ['a budget that pays for nothing', { compute: [10] }, 'pays for no step'],
    ['an unknown key', { axis: [] }, 'axis: unknown option; known are name, spec, axes, compute'],
    ['no spec', { spec: undefined }, 'spec'],
  ])('refuses %s', (_, change, message) => {
    expect(() => expand(change)).toThrow(message);
  });
});

describe('the table of a sweep', () => {
  const runs = expand();
  const result = (index: number): RunResult => {
    const { spec } = runs[index]!;
    return {
      spec: { ...spec, replicas: 2 },
      device: 'test',
      date: '2026-01-01',
      outcome: 'finished',
      step: 20,
      parameters: parametersOf(spec),
      flopsPerStep: 1,
      tokensPerStep: 64,
      seconds: Math.random(),
      compileSeconds: 1,
      losses: { first: 0, values: [[], []] },
      evaluations: [{ step: 20, sets: { validation: [{ loss: 1.5 + index }, { loss: NaN }] } }],
    };
  };

  it('has a row per replica of the runs that are there, and can be fitted', () => {
    const table = sweepTable(runs, new Map([0, 2, 4].map((i) => [runs[i]!.id, result(i)])));
    expect(table.rows).toHaveLength(6);
    const [first] = table.rows;
    expect(Object.fromEntries(table.columns.map((name, i) => [name, first![i]]))).toMatchObject({
      'model.embedding': 4,
      'model.hidden': '[16]',
      replica: 0,
      // Two tables of 16 × 4 multiply nothing.
      N: 8 * 16 + 16 + 16 * 64 + 64 + 2 * 16 * 4,
      'N without tables': 8 * 16 + 16 + 16 * 64 + 64,
      D: 640,
      loss: 1.5,
      outcome: 'finished',
    });
    const csv = toCSV(table);
    expect(csv.split('\n')[2]).toContain(',,'); // the loss that is not a number
    const finite = csv
      .split('\n')
      .filter((line) => !line.includes(',,'))
      .join('\n');
    const read = parseTable(finite, { N: 'N', loss: 'loss' });
    if (isRefusal(read)) throw new Error(read.sentence);
    expect(read.rows.map(({ loss }) => loss)).toEqual([1.5, 3.5, 5.5]);
  });

  it('says of a run that diverged that it did, and no loss that a fit could take for its own', () => {
    const diverged: RunResult = { ...result(0), outcome: 'diverged', divergedAt: 3, step: 4 };
    const results = new Map([
      [runs[0]!.id, diverged],
      [runs[2]!.id, result(2)],
    ] as const);
    const { columns, rows } = sweepTable(runs, results);
    const cells = rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
    expect(cells[0]).toMatchObject({ outcome: 'diverged', D: 128, loss: NaN, 'validation.loss': NaN });
    expect(cells[2]).toMatchObject({ outcome: 'finished', loss: 3.5 });
  });

  it('of budgets goes straight into a fit: what was spent is C', () => {
    const [run] = expand({ axes: [{ 'model.embedding': [4] }], compute: [1e9] });
    const read = parseTable(
      toCSV(sweepTable([run!], new Map([[run!.id, result(0)]]))).replace(/^.*,,.*\n/gm, ''),
    );
    if (isRefusal(read)) throw new Error(read.sentence);
    expect(read.columns).toEqual(expect.arrayContaining(['N', 'D', 'C', 'loss']));
    expect(read.rows[0]!.C).toBeCloseTo(20 * flopsPerStep(result(0).spec), 0);
  });

  it('has each column once, also where the seed is an axis', () => {
    const runs = expand({ axes: [{ seed: [4, 8] }] });
    const { columns } = sweepTable(runs, new Map());
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('quotes cells with commas and quotation marks', () => {
    expect(
      toCSV({
        columns: ['a', 'b'],
        rows: [
          ['[1,2]', 'say "so"'],
          [NaN, 2],
        ],
      }),
    ).toBe('a,b\n"[1,2]","say ""so"""\n,2\n');
  });
});

describe('the sweeps among the examples', () => {
  const runsOf = (name: string) => {
    const file = new URL(`../../examples/sweeps/${name}.json`, import.meta.url);
    return expandSweep(parseSweep(JSON.parse(readFileSync(file, 'utf8'))));
  };

  it('transformer-sizes: four sizes, 640,000 facts each, none met twice', () => {
    const runs = runsOf('transformer-sizes');
    expect([...new Set(runs.map(({ spec }) => parametersOf(spec)))]).toEqual([3136, 7808, 21760, 68096]);
    for (const { spec } of runs) {
      expect(10 * spec.batch * spec.steps).toBe(640_000);
      expect(spec.task.pool).toBeGreaterThanOrEqual(spec.batch * spec.steps);
    }
  });

  it('transformer-isoflop: three budgets, six sizes each, no row met twice', () => {
    const runs = runsOf('transformer-isoflop');
    for (const budget of [1.5e10, 4.5e10, 1.5e11]) {
      const here = runs.filter(({ values }) => values.compute === budget);
      expect(new Set(here.map(({ spec }) => parametersOf(spec))).size).toBe(6);
      for (const { spec } of here) {
        expect(Math.abs(flopsOf(spec) / budget - 1)).toBeLessThan(0.02);
        expect(spec.task.pool).toBeGreaterThanOrEqual(spec.batch * spec.steps);
        expect(dataPerStep(spec)).toBe(29 * spec.batch);
      }
    }
  });

  it('grokking-transformer: the network and the pairs of Nanda et al., all at once', () => {
    const runs = runsOf('grokking-transformer');
    expect(runs.map(({ spec }) => spec.optimizer.weightDecay)).toEqual([1, 0]);
    for (const { spec } of runs) {
      // 2 V d + T d + 12 d² + 9 d + 2 d with V = 114, T = 3
      expect(parametersOf(spec)).toBe(2 * 114 * 128 + 3 * 128 + 12 * 128 ** 2 + 11 * 128);
      expect(spec.batch).toBe(Math.round(0.3 * 113 ** 2));
    }
  });
});

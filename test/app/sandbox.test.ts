/** The sandbox without a page: values of axes, settings and specs, sweep files, words. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIRST, set, toDraft, toSpec } from '../../src/app/sandbox/draft.ts';
import {
  AxisError,
  COMPUTE,
  pathsOf,
  readSweepFile,
  suggestion,
  toSweep,
  unpackSweep,
} from '../../src/app/sandbox/sweep-draft.ts';
import { readValues, ValuesError, writeValues } from '../../src/app/sandbox/values.ts';
import { chinese } from '../../src/app/sandbox/words-zh.ts';
import { describeForm } from '../../src/training/spec/form.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { expandSweep, parseSweep } from '../../src/training/spec/sweep.ts';
import { planSweep } from '../../src/worker/planning.ts';
import { speak } from '../fuzz/words.ts';

const form = describeForm();
const FIRST_SPEC = toSpec(FIRST);

test.each([
  ['16, 32,64', 'number', [16, 32, 64]],
  ['1 .. 5', 'number', [1, 2, 3, 4, 5]],
  ['8..128 x2', 'number', [8, 16, 32, 64, 128]],
  ['0 .. 0.3 +0.1', 'number', [0, 0.1, 0.2, 0.3]],
  ['1e-4 … 1e-2 ×10', 'number', [1e-4, 1e-3, 1e-2]],
  ['1e9, 3e9', 'number', [1e9, 3e9]],
  ['16; 32, 32; –', 'numbers', [[16], [32, 32], []]],
  ['relu, gelu', 'words', ['relu', 'gelu']],
  ['true, false', 'flag', [true, false]],
] as const)('%s is read as values', (text, kind, values) => {
  expect(readValues(text, kind)).toEqual(values);
});

test.each([
  ['', 'empty'],
  ['a', 'number'],
  ['5 .. 1', 'range'],
  ['1 .. 5 x1', 'range'],
  ['0 .. 4 x2', 'range'],
  ['1 .. 100000', 'many'],
] as const)('"%s" is refused: %s', (text, reason) => {
  expect(() => readValues(text, 'number')).toThrow(ValuesError);
  expect(() => readValues(text, 'number')).toThrow(reason);
});

test('values are written as they are read', () => {
  for (const [values, kind] of [
    [[1, 2.5, 1e-4], 'number'],
    [[[16], [32, 32], []], 'numbers'],
    [['relu', 'tanh'], 'words'],
  ] as const)
    expect(readValues(writeValues(values), kind)).toEqual(values);
});

test('every task can be chosen with the model that suits it, and the engine takes it', () => {
  for (const { name } of form.tasks) {
    const draft = set(FIRST, 'task.name', name, form);
    expect(() => parseSpec(toSpec(draft)), name).not.toThrow();
  }
});

test('another task forgets the options of the one before; another model, those of the model', () => {
  const noisy = set(FIRST, 'task.noise', 0.3, form);
  expect(set(noisy, 'task.name', 'sine', form)).not.toHaveProperty(['task.noise']);
  const language = set(noisy, 'task.name', 'backoff-language', form);
  expect(language).toEqual({ 'task.name': 'backoff-language', 'model.kind': 'transformer' });
  expect(set(noisy, 'task.noise', undefined, form)).toEqual(FIRST);
});

test('a spec becomes a draft and a spec again', () => {
  const spec = toSpec({ ...FIRST, learningRate: 0.01, 'schedule.name': 'constant', 'evaluate.every': 7 });
  expect(toSpec(toDraft(spec))).toEqual(spec);
});

test('a sweep over whole objects has a name for each run', () => {
  const sweep = { spec: FIRST_SPEC, axes: [{ task: [{ name: 'shapes' }, { name: 'sine' }] }] };
  const planned = planSweep(sweep);
  const keys = 'runs' in planned ? planned.runs.map(({ key }) => key) : [];
  expect(keys).toEqual(['task {"name":"shapes"}', 'task {"name":"sine"}']);
});

test.each([
  { name: [{ toString: 1 }] },
  { name: { toString: 1, valueOf: 1 } },
  { name: 'shapes', noise: [{ toString: 1 }] },
])('a sweep file of the task %j is opened, and its settings are said', (task) => {
  const { base, sweep } = readSweepFile(
    JSON.stringify({ spec: { task, steps: [[{ toString: null }]] }, axes: [] }),
  );
  expect(() => speak(base, sweep)).not.toThrow();
  expect(planSweep(toSweep(base, sweep, form))).toHaveProperty('problems');
});

test('a path into a prototype is left out', () => {
  toSpec({ ...FIRST, '__proto__.polluted': 1, 'task.constructor.x': 1 });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('what an axis begins with can be run', () => {
  for (const { path } of [...pathsOf(FIRST, form), { path: COMPUTE }]) {
    const text = suggestion(path, FIRST, form);
    if (!text) continue;
    const sweep = toSweep(FIRST, { axes: [[{ path, text }]] }, form);
    expect(planSweep(sweep), `${path}: ${text}`).toHaveProperty('runs');
  }
});

test('a sweep file of the command line comes and goes', () => {
  const file = {
    spec: { task: { name: 'factsworld' }, model: { kind: 'mlp', activation: 'gelu' }, batch: 512 },
    axes: [{ 'model.embedding': [4, 8, 16], 'model.hidden': [[16], [32], [64]] }, { seed: [1, 2, 3] }],
    compute: [3e9, 1e10],
  };
  const { base, sweep } = readSweepFile(JSON.stringify(file));
  const again = toSweep(base, sweep, form);
  expect(again.axes).toEqual(file.axes);
  expect(again.compute).toEqual(file.compute);
  expect(again.spec).toMatchObject(file.spec);
  expect(planSweep(again)).toMatchObject({ runs: { length: 18 } });
  for (const text of ['{', '[]', '{"spec": 1}', '{"spec": {}, "axes": [{"a": 1}]}'])
    expect(() => readSweepFile(text)).toThrow(Error);
});

test('an axis that is wrong is named by its place', () => {
  const sweep = { axes: [[{ path: 'seed', text: '1, 2' }], [{ path: 'batch', text: 'many' }]] };
  expect(() => toSweep(FIRST, sweep, form)).toThrow(AxisError);
  expect(() => unpackSweep({ axes: [{ path: 'seed' }] })).toThrow('axes');
});

test('every task and field has a name in Chinese', () => {
  expect(Object.keys(chinese.tasks).toSorted()).toEqual(form.tasks.map(({ name }) => name).toSorted());
  const paths = [
    ...form.tasks.flatMap((task) =>
      task.fields.filter(({ key }) => key !== 'text').map(({ key }) => `task.${key}`),
    ),
    ...Object.values(form.models).flatMap((own) => own.map(({ key }) => `model.${key}`)),
    ...Object.values(form.optimizers).flatMap((own) => own.map(({ key }) => `optimizer.${key}`)),
    ...(['schedule', 'evaluate', 'widthRule'] as const).flatMap((part) =>
      form[part].map(({ key }) => `${part}.${key}`),
    ),
    ...form.run.map(({ key }) => key),
  ];
  expect([...new Set(paths)].filter((path) => !(path in chinese.fields))).toEqual([]);
});

const EXAMPLES = new URL('../../examples/sweeps/', import.meta.url);

test.each(readdirSync(EXAMPLES).filter((name) => name.endsWith('.json')))(
  'the sweep %s among the examples gives the same runs as on the command line',
  (name) => {
    const text = readFileSync(new URL(name, EXAMPLES), 'utf8');
    const idsOf = (sweep: unknown): string[] => expandSweep(parseSweep(sweep)).map(({ id }) => id);
    const { base, sweep } = readSweepFile(text);
    expect(idsOf(toSweep(base, sweep, form))).toEqual(idsOf(JSON.parse(text)));
  },
);

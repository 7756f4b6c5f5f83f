import { expect, test } from 'vitest';
import { backoffLanguage } from '../src/tasks/backoff-language.ts';
import { fields } from '../src/option-schema.ts';
import { parse } from '../src/schema.ts';
import { findTask, tasks } from '../src/tasks/index.ts';
import type { Task } from '../src/tasks/task.ts';
import { shapes } from '../src/tasks/shapes.ts';
import { parseSpec } from '../src/training/spec/spec.ts';
import { parseSweep } from '../src/training/spec/sweep.ts';

test('defaults are filled in', () => {
  expect(parse(shapes.schema, { classes: 3 })).toEqual({
    kind: 'spirals',
    classes: 3,
    noise: 0.1,
    points: 256,
    validation: 1024,
  });
});

test.each<[unknown, string]>([
  [{ kind: 'blob' }, 'kind: must be one of spirals, rings, checkerboard, clusters, not "blob"'],
  [{ noise: -1 }, 'noise: must be a number from 0 to 1, not -1'],
  [{ noise: NaN }, 'noise: must be a number from 0 to 1, not NaN'],
  [{ points: 20.5 }, 'points: must be an integer from 16 to 65536, not 20.5'],
  [{ points: '20' }, 'points: must be an integer from 16 to 65536, not "20"'],
  [{ colour: 1 }, 'colour: unknown option; known are kind, classes, noise, points, validation'],
  [null, 'must be an object of options'],
  ['spirals', 'must be an object of options'],
])('%j is refused with a reason', (input, message) => {
  expect(() => parse(shapes.schema, input)).toThrow(
    expect.objectContaining({ name: 'SchemaError', message }),
  );
});

test('each wrong key is named', () => {
  expect(() => parse(shapes.schema, { noise: 2, classes: 1 })).toThrow(/^classes: .*\nnoise: /);
});

test('a pool too big for the device is refused', () => {
  expect(() => parse(backoffLanguage.schema, { length: 256, pool: 300_000 })).toThrow(
    'pool: must be at most 131072 rows of this length, not 300000',
  );
});

const all: Task[] = Object.values(tasks);

test.each(all.map((task) => [task.name, task] as const))('%s declares itself', (name, task) => {
  expect(findTask(name)).toBe(task);
  expect(task.description).toMatch(/^[A-Z].*\.$/);
  const defaults = parse(task.schema, {}) as Record<string, unknown>;
  const form = fields(task.schema);
  expect(form.map((field) => field.key)).toEqual(Object.keys(defaults));
  for (const field of form) {
    expect(field.description).toMatch(/^[A-Z].*\.$/);
    expect(field.default).toBe(defaults[field.key]);
    if (field.kind === 'integer' || field.kind === 'real') expect(field.min).toBeLessThan(field.max);
  }
});

test('an unknown task is refused with the list', () => {
  expect(() => findTask('chess')).toThrow(/^task: must be one of shapes, .*, not "chess"$/);
  expect(() => findTask('toString')).toThrow(/must be one of/);
});

test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused, not left out', (key) => {
  const task = JSON.parse(`{"name":"shapes","${key}":{"kind":"rings"}}`) as unknown;
  expect(() => parseSpec({ task })).toThrow(`task.${key}: unknown option`);
  const axis = JSON.parse(`{"seed":[1],"${key}":[1]}`) as unknown;
  const spec = { task: { name: 'shapes' } };
  expect(() => parseSweep({ spec, axes: [axis] })).toThrow(`must have no key ${key}`);
});

test('a key that must be there and is not is missing', () => {
  expect(() => parseSpec({})).toThrow('task: is missing');
  expect(() => parseSpec({ task: {} })).toThrow('task.name: is missing');
});

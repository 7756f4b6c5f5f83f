import { expect, test } from 'vitest';
import { getPath, setPath } from '../src/path.ts';
import { SchemaError } from '../src/schema.ts';

test('a value is put at its path, and what was given stays as it was', () => {
  const given = { model: { kind: 'mlp', hidden: [4, 8] }, steps: 5 };
  const before = structuredClone(given);
  expect(setPath(given, 'model.kind', 'transformer')).toEqual({
    model: { kind: 'transformer', hidden: [4, 8] },
    steps: 5,
  });
  expect(setPath(given, 'task.name', 'sine')).toEqual({ ...given, task: { name: 'sine' } });
  expect(setPath(given, 'model.hidden.1', 16).model.hidden).toEqual([4, 16]);
  expect(given).toEqual(before);
});

test.each(['length', '2', '-1', '01', '1.5', 'push', '4294967295', ''])(
  'no path leads into a list but to a place that is there: %j',
  (key) => {
    const spec = { hidden: [1, 2] };
    expect(() => setPath(spec, `hidden.${key}`, 4294967295)).toThrow(SchemaError);
    expect(spec.hidden).toEqual([1, 2]);
    expect(getPath(spec, `hidden.${key}`)).toBeUndefined();
  },
);

test.each([
  '__proto__.x',
  'constructor.prototype.x',
  'a.__proto__.x',
  'prototype',
  '',
  'a..b',
  'a.'.repeat(200),
])('no path leads to a prototype or to nowhere: %j', (path) => {
  expect(() => setPath({}, path, 1)).toThrow(SchemaError);
  expect(() => setPath({}, path, 1)).toThrow(/^.{1,200}$/);
});

test.each([
  'hasOwnProperty.call',
  'toString.call',
  'valueOf.call',
  'toLocaleString.call',
  'isPrototypeOf.call',
])('what an object inherits is not its own: %s', (path) => {
  const [method = ''] = path.split('.');
  const call = (Object.prototype as unknown as Record<string, object>)[method];
  expect(setPath({}, path, 1)).toEqual({ [method]: { call: 1 } });
  expect(Object.hasOwn(call!, 'call')).toBe(false);
  expect(getPath({}, path)).toBeUndefined();
});

test('a path through a value says which value is in the way', () => {
  expect(() => setPath({ steps: 5 }, 'steps.x', 1)).toThrow('steps.x: steps is 5, not an object');
  expect(() => setPath({ a: null }, 'a.x', 1)).toThrow('a is null');
  expect(() => setPath({ a: 'x'.repeat(1e6) }, 'a.length', 1)).toThrow(/^.{1,200}$/);
});

import { expect, test } from 'vitest';
import { isWithin, readJSON } from '../src/json.ts';
import { attributeProblem } from '../src/attribute-words.ts';
import { SchemaError } from '../src/schema.ts';

const bounds = { characters: 1e6 };

test('JSON is read with or without a byte order mark', () => {
  expect(readJSON('\uFEFF{"a":"[[["}', 'file', bounds)).toEqual({ a: '[[[' });
  expect(readJSON('"\\"[["', 'file', { ...bounds, depth: 0 })).toBe('"[[');
});

test('length and depth are asked before anything is read', () => {
  expect(() => readJSON('['.repeat(9000), 'spec', bounds)).toThrow('spec: is nested deeper than 32 levels');
  expect(() => readJSON('[]'.repeat(1e6), 'spec', bounds)).toThrow('spec: has 2000000 characters');
  expect(() => readJSON('{', 'spec', bounds)).toThrow(
    new SchemaError([attributeProblem('spec', 'not-json', [])]),
  );
});

test('a value is measured without meeting its items', () => {
  const endless: unknown[] = [];
  endless.push(endless);
  const sparse: unknown[] = [];
  sparse.length = 2 ** 32 - 1;
  const limits = { depth: 32, entries: 1000 };
  const started = performance.now();
  expect(isWithin({ a: [1, { b: [] }] }, limits)).toBe(true);
  expect(isWithin({ a: sparse }, limits)).toBe(false);
  expect(isWithin(endless, limits)).toBe(false);
  expect(isWithin(new Float32Array(1e6), limits)).toBe(true);
  expect(isWithin('x'.repeat(1e6), limits)).toBe(true);
  expect(performance.now() - started).toBeLessThan(300);
});

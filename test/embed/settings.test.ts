/** Attributes and properties of an element, which a page's scripts may set to anything. */
import { expect, test } from 'vitest';
import { readSettings } from '../../src/embed/settings.ts';
import { SchemaError } from '../../src/problems.ts';

const read = (raw: object) => readSettings({ lesson: 'mirage', ...raw }, 'https://example.org/page');
const throwing = (): never => {
  throw new TypeError('boom');
};

test.each([
  [
    'a getter that throws',
    { changes: Object.defineProperty({}, 'steps', { get: throwing, enumerable: true }) },
  ],
  ['a proxy that throws', { spec: new Proxy({}, { ownKeys: throwing }), lesson: undefined }],
  ['a toJSON that throws', { prediction: { toJSON: throwing } }],
  ['a number that JSON does not know', { changes: { steps: 5n } }],
  ['a function', { changes: throwing }],
  ['a circle', { changes: Object.assign([], { 0: [] }) }],
  ['a symbol', { lesson: Symbol('mirage') }],
  ['an iterator of its own', { controls: Object.assign([1], { [Symbol.iterator]: 5 }) }],
  ['a list of nothing', { controls: new Array(4294967295) }],
])('%s is refused in words', (_, raw) => {
  const told = (): unknown => read(raw);
  expect(told).toThrow(SchemaError);
  expect(told).toThrow(/^[a-z]+: .{5,120}$/s);
});

test.each(['-1', '1e3', 'x'])('a seed that is none is quoted as it was given: %s', (seed) => {
  expect(() => read({ seed })).toThrow(`not "${seed}"`);
});

test('lists are read by their places, whatever else they call their own', () => {
  const controls = Object.assign(['run', 'seed'], {
    every: 1,
    constructor: 0,
    map: null,
    [Symbol.iterator]: 5,
  });
  expect(read({ controls }).controls).toEqual(['run', 'seed']);
});

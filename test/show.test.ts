import { expect, test } from 'vitest';
import { cut, show, showKey } from '../src/show.ts';

test.each<[unknown, string]>([
  ['text', '"text"'],
  [NaN, 'NaN'],
  [undefined, 'undefined'],
  [null, 'null'],
  [10n, '10'],
  [() => 1, 'a function'],
  [Symbol('x'), 'a symbol'],
  [[1, [2]], '[1,[2]]'],
  [{ a: { b: 1 } }, '{"a":{"b":1}}'],
])('%s is shown as %s', (value, text) => {
  expect(show(value)).toBe(text);
});

test('whatever it is, it is short and in one line', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 1e5; i++) deep = [deep];
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key\n${i}`, i]));
  for (const value of [deep, wide, 'x\n'.repeat(1e6), Array(1e6).fill(7), Object.create(null)]) {
    expect(show(value)).toMatch(/^.{1,60}$/);
  }
});

test.each(['constructor', 'slice', 'map', 'filter', 'join', 'toString', 'toJSON'])(
  'a list with a %s of its own is shown as any other',
  (name) => {
    for (const own of [0, 'x', {}, null]) {
      expect(show(Object.assign([1, [2]], { [name]: own }))).toBe('[1,[2]]');
      expect(show({ a: Object.assign([1], { [name]: own }) })).toBe('{"a":[1]}');
    }
  },
);

test('keys are words in any script, or quoted', () => {
  expect(['ключ', 'model.width', '', 'a b', 'x'.repeat(100)].map(showKey)).toEqual([
    'ключ',
    'model.width',
    '""',
    '"a b"',
    `"${'x'.repeat(58)}…`,
  ]);
});

test.each(['😀', '👨‍👩‍👧', 'é', '🇩🇪'])('%s is never cut in half', (sign) => {
  for (let before = 0; before < 5; before++) {
    for (let most = 1; most < 12 + before; most++) {
      const text = cut('x'.repeat(before) + sign.repeat(6), most);
      expect(text.length).toBeLessThanOrEqual(most);
      if (most >= before + sign.length) expect((text.length - before) % sign.length).toBe(0);
      expect(() => encodeURIComponent(text)).not.toThrow(); // no half of a pair
    }
  }
});

import { expect, test } from 'vitest';
import { holds, parseCondition } from '../../src/components/condition.ts';

test.each([
  ['r >= 3', { r: 3 }, true],
  ['r > 3', { r: 3 }, false],
  ['r >= 3 and r < 5', { r: 4.9 }, true],
  ['r >= 3 and r < 5', { r: 5 }, false],
  ['low <= high', { low: -1, high: 1e9 }, true],
  ['r < -0.5', { r: -1 }, true],
  ['r > 1', {}, undefined],
  ['r > 1', { r: NaN }, undefined],
  ['r > 1 and s > 1', { r: 0 }, undefined],
] as const)('%s with %o is %s', (text, numbers, expected) => {
  expect(holds(parseCondition(text), numbers)).toBe(expected);
});

test.each(['', 'r', 'r = 3', 'r > 3 or r < 1', 'r > (3)', 'alert(1) > 0'])('no condition: %j', (text) => {
  expect(() => parseCondition(text)).toThrow('is no comparison');
});

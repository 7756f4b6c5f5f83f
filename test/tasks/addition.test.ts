import { describe, expect, test } from 'vitest';
import { addition, isHeldOut } from '../../src/tasks/addition.ts';
import { parse } from '../../src/schema.ts';
import type { Examples } from '../../src/tasks/task.ts';
import { scoresOf, shareRows } from './support.ts';

/** The operands and the answer that the targets spell, units first. */
function read(set: Examples, row: number, k: number) {
  const T = set.inputWidth;
  const line = Array.from(set.inputs.subarray(row * T, (row + 1) * T));
  const number = (digits: number[]) => Number(digits.join(''));
  const targets = Array.from(set.targets.subarray(row * T, (row + 1) * T));
  return {
    a: number(line.slice(0, k)),
    b: number(line.slice(k + 1, 2 * k + 1)),
    sum: number(targets.slice(2 * k + 1).reverse()),
    unscored: targets.slice(0, 2 * k + 1),
  };
}

describe.each([2, 3, 4])('addition of %i digits', (digits) => {
  const options = parse(addition.schema, { digits, pool: 3000 });
  const { train, evaluation } = addition.generate(options, 1);

  test('sums are right and only they are scored', () => {
    for (const set of [train, evaluation.validation]) {
      for (let row = 0; row < set.rows; row++) {
        const { a, b, sum, unscored } = read(set, row, digits);
        expect(sum).toBe(a + b);
        expect(unscored.every((target) => target === -1)).toBe(true);
      }
    }
  });

  test('no held-out pair is trained on, in either order', () => {
    for (let row = 0; row < train.rows; row++) {
      const { a, b } = read(train, row, digits);
      expect(isHeldOut(options, a, b) || isHeldOut(options, b, a)).toBe(false);
    }
    const { validation } = evaluation;
    for (let row = 0; row < validation.rows; row++) {
      const { a, b } = read(validation, row, digits);
      expect(isHeldOut(options, a, b)).toBe(true);
    }
    expect(shareRows(train, validation)).toBe(false);
  });

  test('held-out pairs are distinct', () => {
    const { validation } = evaluation;
    const pairs = Array.from({ length: validation.rows }, (_, row) => {
      const { a, b } = read(validation, row, digits);
      return `${a}+${b}`;
    });
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThan(400);
  });
});

test('about 5% of the pairs are held out, all of them available for two digits', () => {
  const options = parse(addition.schema, { pool: 1, validation: 65536 });
  let count = 0;
  for (let a = 0; a < 100; a++) for (let b = 0; b < 100; b++) count += Number(isHeldOut(options, a, b));
  expect(Math.abs(count - 500)).toBeLessThan(130);
  expect(addition.generate(options, 1).evaluation.validation.rows).toBe(count);
});

test('operands are spread evenly', () => {
  const { train } = addition.generate(parse(addition.schema, { pool: 20_000 }), 1);
  const { rows } = train;
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += read(train, row, 2).sum;
  expect(Math.abs(sum / rows - 99)).toBeLessThan(1.5);
});

test('shown as text; context length 3k + 2; 592 parameters need T = 8 and 12 symbols', () => {
  const options = parse(addition.schema, {});
  expect(addition.show(options, [3, 4, 10, 5, 7, 11, 1, 9, 0])).toBe('34+57=190');
  expect(addition.shape(options).inputs).toEqual({ kind: 'tokens', vocabulary: 12, length: 8 });
});

test('metrics tell the digits apart', () => {
  const options = parse(addition.schema, { pool: 1, validation: 50 });
  const { validation } = addition.generate(options, 1).evaluation;
  // Right everywhere but at the hundreds, where it always says 1.
  const scores = scoresOf(validation, (i) => {
    const said = i % 8 === 7 ? 1 : Math.max(0, validation.targets[i]!);
    return Array.from({ length: 12 }, (_, y) => (y === said ? 0.89 : 0.01));
  });
  const { digit1, digit2, digit3, accuracy, exactMatch, editDistance } = addition.metrics!(
    options,
    validation,
    scores,
  );
  expect([digit1, digit2]).toEqual([1, 1]);
  expect(digit3).toBeGreaterThan(0.2);
  expect(digit3).toBeLessThan(0.8);
  expect(exactMatch).toBe(digit3);
  expect(accuracy).toBeCloseTo((2 + digit3!) / 3, 12);
  expect(editDistance).toBeCloseTo((1 - digit3!) / 3, 12);
});

test('deterministic by seed; seeds share what is held out', () => {
  const options = parse(addition.schema, { pool: 500 });
  expect(addition.generate(options, 1)).toEqual(addition.generate(options, 1));
  expect(addition.generate(options, 1).train).not.toEqual(addition.generate(options, 2).train);
  expect(
    shareRows(addition.generate(options, 1).train, addition.generate(options, 2).evaluation.validation),
  ).toBe(false);
});

test('the loss can be taken on all tokens in training; the same sums, and held-out ones are scored as before', () => {
  const [answer, all] = (['answer', 'all'] as const).map((trainOn) =>
    addition.generate(parse(addition.schema, { trainOn, pool: 50 }), 1),
  );
  expect(all!.train.inputs).toEqual(answer!.train.inputs);
  expect(all!.evaluation).toEqual(answer!.evaluation);
  const { inputs, targets, inputWidth: T, rows } = all!.train;
  for (let row = 0; row < rows; row++) {
    const tokens = inputs.subarray(row * T, (row + 1) * T);
    expect(targets.subarray(row * T, (row + 1) * T - 1)).toEqual(tokens.subarray(1));
  }
  expect(targets.every((target) => target >= 0)).toBe(true);
});

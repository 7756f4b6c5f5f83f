import { describe, expect, test } from 'vitest';
import { modularAddition } from '../../src/tasks/modular-addition.ts';
import { parse } from '../../src/schema.ts';
import { shareRows } from './support.ts';

test.each([0.05, 0.95])('both sets have a row, however few there are: fraction %d of nine', (fraction) => {
  const { train, evaluation } = modularAddition.generate(
    parse(modularAddition.schema, { prime: 3, fraction }),
    1,
  );
  expect([train.rows, evaluation.validation.rows].toSorted()).toEqual([1, 8]);
});

describe.each(['pair', 'sequence'] as const)('modular addition as a %s', (form) => {
  const options = parse(modularAddition.schema, { form });
  const { train, evaluation } = modularAddition.generate(options, 1);

  test('training and validation share nothing and make up the whole table', () => {
    expect(train.rows).toBe(Math.round(0.4 * 59 ** 2));
    expect(train.rows + evaluation.validation.rows).toBe(59 ** 2);
    expect(shareRows(train, evaluation.validation)).toBe(false);
    expect(evaluation.train).toBe(train);
  });

  test('the class is the sum modulo the prime', () => {
    for (const set of [train, evaluation.validation]) {
      for (let row = 0; row < set.rows; row++) {
        const [a, b] = set.inputs.subarray(row * set.inputWidth);
        const targets = Array.from(set.targets.subarray(row * set.targetWidth, (row + 1) * set.targetWidth));
        expect(targets.pop()).toBe((a! + b!) % 59);
        expect(targets.every((target) => target === -1)).toBe(true);
      }
    }
  });

  test('the split is by seed', () => {
    expect(modularAddition.generate(options, 1)).toEqual({ train, evaluation, floor: 0 });
    expect(modularAddition.generate(options, 2).train).not.toEqual(train);
  });
});

test('sums modulo the prime are spread over the classes', () => {
  const { train } = modularAddition.generate(parse(modularAddition.schema, { fraction: 0.95 }), 1);
  const counts = new Array<number>(59).fill(0);
  for (const target of train.targets) counts[target]!++;
  expect(Math.min(...counts)).toBeGreaterThan(45);
});

test('a modulus that is no prime is refused', () => {
  expect(() => parse(modularAddition.schema, { prime: 57 })).toThrow('prime: must be a prime, not 57');
  expect(() => parse(modularAddition.schema, { fraction: 1 })).toThrow(
    'fraction: must be a number from 0.05 to 0.95, not 1',
  );
});

test('shown as a sum', () => {
  const options = parse(modularAddition.schema, {});
  expect(modularAddition.show(options, [12, 50])).toBe('12 + 50 (mod 59)');
  expect(modularAddition.show({ ...options, form: 'sequence' }, [12, 50, 59])).toBe('12 + 50 = (mod 59)');
});

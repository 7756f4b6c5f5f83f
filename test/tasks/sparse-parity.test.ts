import { describe, expect, test } from 'vitest';
import { parse } from '../../src/schema.ts';
import { relevantBits, sparseParity } from '../../src/tasks/sparse-parity.ts';
import { chiSquareZ, shareRows } from './support.ts';

describe.each(['classes', 'values'] as const)('sparse parity with %s', (targets) => {
  const options = parse(sparseParity.schema, { targets, pool: 4000, validation: 500 });
  const { train, evaluation } = sparseParity.generate(options, 1);
  const hidden = relevantBits(options);

  test('the target is the product of the hidden signs', () => {
    expect(hidden).toHaveLength(3);
    expect(new Set(hidden).size).toBe(3);
    for (const set of [train, evaluation.validation]) {
      for (let row = 0; row < set.rows; row++) {
        const product = hidden.reduce((sign, i) => sign * set.inputs[row * 40 + i]!, 1);
        expect(set.targets[row]).toBe(targets === 'values' ? product : (product + 1) / 2);
      }
    }
  });

  test('signs are fair and tell nothing alone', () => {
    const positive = new Array<number>(40).fill(0);
    const agrees = new Array<number>(40).fill(0);
    for (let row = 0; row < train.rows; row++) {
      for (let i = 0; i < 40; i++) {
        const sign = train.inputs[row * 40 + i]!;
        positive[i]! += Number(sign > 0);
        agrees[i]! += Number(sign > 0 === train.targets[row]! > 0);
      }
    }
    expect(train.inputs.every((sign) => Math.abs(sign) === 1)).toBe(true);
    for (const count of [...positive, ...agrees]) {
      expect(Math.abs(chiSquareZ([count, train.rows - count], [0.5, 0.5]))).toBeLessThan(10);
    }
  });

  test('validation has rows of its own; seeds share the hidden signs', () => {
    expect(shareRows(train, evaluation.validation)).toBe(false);
    expect(sparseParity.generate(options, 1)).toEqual({ train, evaluation, floor: 0 });
    expect(sparseParity.generate(options, 2).train).not.toEqual(train);
    expect(relevantBits({ ...options, world: 2 })).not.toEqual(hidden);
  });
});

test('more relevant signs than there are is refused', () => {
  expect(() => parse(sparseParity.schema, { bits: 4, relevant: 5 })).toThrow(
    'relevant: must be at most the number of bits, not 5',
  );
});

test('shown as signs', () => {
  expect(sparseParity.show(parse(sparseParity.schema, {}), [1, -1, 1])).toBe('+−+');
});

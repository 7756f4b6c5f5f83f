import { expect, test } from 'vitest';
import { parse } from '../../src/schema.ts';
import { curve, EXTENT, sine } from '../../src/tasks/sine.ts';
import type { Examples } from '../../src/tasks/task.ts';

const options = parse(sine.schema, { validation: 20_000 });
const { train, evaluation, floor } = sine.generate(options, 1);

const squaredError = (set: Examples) =>
  Float64Array.from(set.targets, (y, i) => (y - curve(set.inputs[i]!)) ** 2).reduce((a, b) => a + b) /
  set.rows;

test('points lie around the curve with the noise that is the floor', () => {
  expect(floor).toBeCloseTo(0.01, 12);
  expect(train.rows).toBe(256);
  expect(Math.abs(squaredError(train) / 0.01 - 1)).toBeLessThan(0.4);
  expect(Math.abs(squaredError(evaluation.validation) / 0.01 - 1)).toBeLessThan(0.04);
  expect(Math.max(...train.inputs.map(Math.abs))).toBeLessThanOrEqual(EXTENT);
});

test('the clean set is the curve itself from end to end', () => {
  expect(squaredError(evaluation.clean!)).toBeLessThan(1e-12);
  expect(evaluation.clean!.inputs[0]).toBe(-EXTENT);
  expect(evaluation.clean!.inputs.at(-1)).toBe(EXTENT);
});

test('deterministic by seed, shown as a number', () => {
  expect(sine.generate(options, 1)).toEqual({ train, evaluation, floor });
  expect(sine.generate(options, 2).train).not.toEqual(train);
  expect(sine.show(options, [0.5])).toBe('0.500');
});

import { expect, test } from 'vitest';
import { guessLoss, induction } from '../../src/tasks/induction.ts';
import { parse } from '../../src/schema.ts';
import { chiSquareZ, shareRows } from './support.ts';

const options = parse(induction.schema, { pool: 1000 });
const { train, evaluation } = induction.generate(options, 1);
const T = options.length;

test('each row repeats its distinct tokens; what is scored is certain', () => {
  const periods = new Array<number>(11).fill(0);
  for (let row = 0; row < train.rows; row++) {
    const tokens = train.inputs.subarray(row * T, (row + 1) * T);
    const period = tokens.indexOf(tokens[0]!, 1);
    periods[period - 6]!++;
    expect(new Set(tokens.subarray(0, period)).size).toBe(period);
    for (let t = period; t < T; t++) expect(tokens[t]).toBe(tokens[t - period]);
    const targets = train.targets.subarray(row * T, (row + 1) * T);
    // Target t is token t + 1; those up to token ℓ are left out.
    for (let t = 0; t < T; t++) expect(targets[t]).toBe(t < period ? -1 : tokens[t + 1 - period]);
  }
  expect(Math.abs(chiSquareZ(periods, new Array<number>(11).fill(1 / 11)))).toBeLessThan(4);
});

test('tokens are uniform (χ²)', () => {
  const counts = new Array<number>(64).fill(0);
  for (let row = 0; row < train.rows; row++) {
    // The first six tokens of a row are distinct, so that χ² comes out a little small.
    for (let t = 0; t < 6; t++) counts[train.inputs[row * T + t]!]!++;
  }
  expect(Math.abs(chiSquareZ(counts, new Array<number>(64).fill(1 / 64)))).toBeLessThan(4);
});

test('validation has rows of its own', () => {
  expect(shareRows(train, evaluation.validation)).toBe(false);
  expect(induction.generate(options, 1)).toEqual({ train, evaluation, floor: 0 });
  expect(induction.generate(options, 2).train).not.toEqual(train);
});

test('the loss of guessing from the context is close to the mean of ln ℓ', () => {
  expect(guessLoss({ ...options, shortest: 8, longest: 8 })).toBeCloseTo(Math.log(8), 12);
  expect(guessLoss(options)).toBeGreaterThan(2.25);
  expect(guessLoss(options)).toBeLessThan(2.4);
});

test('impossible periods are refused', () => {
  expect(() => parse(induction.schema, { shortest: 20 })).toThrow(
    'shortest: must be at most the longest period, not 20',
  );
  expect(() => parse(induction.schema, { longest: 60, length: 50 })).toThrow(
    'longest: must be at most the vocabulary and below the length, not 60',
  );
});

test('shown as symbols', () => {
  expect(induction.show(options, [1, 2, 3, 1])).toBe('etae');
});

test('the loss can be taken on all tokens in training', () => {
  const [answer, all] = (['answer', 'all'] as const).map((trainOn) =>
    induction.generate(parse(induction.schema, { trainOn, pool: 50 }), 1),
  );
  expect(all!.train.inputs).toEqual(answer!.train.inputs);
  expect(all!.evaluation).toEqual(answer!.evaluation);
  expect(answer!.train.targets).toContain(-1);
  expect(all!.train.targets).not.toContain(-1);
});

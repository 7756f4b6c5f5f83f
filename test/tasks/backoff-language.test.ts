import { expect, test } from 'vitest';
import { backoffLanguage, conditional, language, sample } from '../../src/tasks/backoff-language.ts';
import { parse } from '../../src/schema.ts';
import { chiSquareZ, scoresOf } from './support.ts';

const options = parse(backoffLanguage.schema, { pool: 4000 });
const { vocabulary: V, length: T } = options;

test('the conditional is a distribution with the mass that the three functions give', () => {
  for (const context of [[], [5], [1, 2, 3], [9, 9, 63, 0, 7]]) {
    const p = conditional(options, context);
    expect(p).toHaveLength(V);
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(Math.max(...p)).toBeGreaterThan(0.4);
  }
  expect(conditional(options, [4])).toEqual(conditional(options, [0, 0, 4]));
  expect(conditional(options, [60, 4, 5, 6])).toEqual(conditional(options, [4, 5, 6]));
});

test('the text follows the conditional (χ²)', () => {
  const tokens = new Int32Array(200_001);
  const text = sample(options, [], tokens.length, 7);
  // The zero context is among the commonest: the tokens after three zeros.
  const counts = new Array<number>(V).fill(0);
  for (let t = 3; t < text.length; t++) {
    if (text[t - 3] === 0 && text[t - 2] === 0 && text[t - 1] === 0) counts[text[t]!]!++;
  }
  expect(counts.reduce((a, b) => a + b)).toBeGreaterThan(500);
  expect(Math.abs(chiSquareZ(counts, conditional(options, [0, 0, 0])))).toBeLessThan(4);
});

test('the floor is about 1.77 nats and the truth reaches it, no more and no less', () => {
  const data = backoffLanguage.generate(options, 3);
  expect(data.floor).toBeGreaterThan(1.7);
  expect(data.floor).toBeLessThan(1.85);
  let sum = 0;
  const { inputs, targets, rows } = data.train;
  for (let row = 0; row < rows; row++) {
    const tokens = [inputs[row * T]!, ...targets.subarray(row * T, (row + 1) * T)];
    sum += language(options)
      .score(tokens)
      .subarray(1)
      .reduce((a, b) => a + b);
  }
  // 128,000 tokens with a deviation of about 1.6 nats: 0.02 is over four standard errors.
  expect(Math.abs(sum / (rows * T) - data.floor!)).toBeLessThan(0.02);
});

test('each order that is learned lowers the loss', () => {
  const [order0, order1, order2, order3] = language(options).plateaus(T);
  expect(order0).toBeLessThan(Math.log(V));
  expect(order1).toBeLessThan(order0 - 0.2);
  expect(order2).toBeLessThan(order1 - 0.2);
  expect(order3).toBeLessThan(order2 - 0.2);
  expect(order3).toBe(language(options).entropy(T));
});

test('rows are read from left to right, all positions scored', () => {
  const { train } = backoffLanguage.generate(options, 1);
  expect(Array.from(train.targets.subarray(0, T - 1))).toEqual(Array.from(train.inputs.subarray(1, T)));
  expect(train.targets.every((y) => y >= 0 && y < V)).toBe(true);
});

test('the truth has no excess, the unigram has', () => {
  const small = parse(backoffLanguage.schema, { pool: 1, validation: 20 });
  const { validation } = backoffLanguage.generate(small, 1).evaluation;
  const truth = scoresOf(validation, (i) => {
    const start = i - (i % T);
    return conditional(small, validation.inputs.subarray(start, i + 1));
  });
  const excess = (scores: typeof truth) => backoffLanguage.metrics!(small, validation, scores).excess;
  expect(excess(truth)).toBeCloseTo(0, 5);
  expect(excess(scoresOf(validation, () => language(small).unigram))).toBeGreaterThan(1);
});

test('deterministic by seed; the world is an option', () => {
  const small = parse(backoffLanguage.schema, { pool: 50, validation: 10 });
  const data = backoffLanguage.generate(small, 5);
  expect(backoffLanguage.generate(small, 5)).toEqual(data);
  expect(backoffLanguage.generate(small, 6).train).not.toEqual(data.train);
  expect(backoffLanguage.generate(small, 6).floor).toBe(data.floor);
  expect(backoffLanguage.generate({ ...small, pool: 99 }, 5).evaluation).toEqual(data.evaluation);
  expect(backoffLanguage.generate({ ...small, world: 2 }, 5).floor).not.toBe(data.floor);
});

test('shown as symbols, the commonest first', () => {
  expect(backoffLanguage.show(options, [0, 1, 2, 63])).toBe('_et.');
});

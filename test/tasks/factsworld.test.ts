import { describe, expect, test } from 'vitest';
import { labelEntropy, makeFacts, VALUES } from '../../src/tasks/facts.ts';
import { factsworldSequence } from '../../src/tasks/factsworld-sequence.ts';
import { factsworld } from '../../src/tasks/factsworld.ts';
import { parse } from '../../src/schema.ts';
import type { Examples } from '../../src/tasks/task.ts';
import { chiSquareZ, scoresOf } from './support.ts';

/** The probabilities of one who knows the value v and the noise: 1 − ε + ε/64 for v, ε/64 for the others. */
const knowing = (value: number, noise = 0.05) =>
  Float64Array.from({ length: VALUES }, (_, y) => (y === value ? 1 - noise : 0) + noise / VALUES);
const uniform = new Float64Array(VALUES).fill(1 / VALUES);

test('the floor is 0.40013 nats', () => {
  expect(labelEntropy(0.05)).toBeCloseTo(0.40013, 5);
  expect(labelEntropy(0)).toBe(0);
  expect(factsworld.generate(parse(factsworld.schema, { pool: 1 }), 1).floor).toBe(labelEntropy(0.05));
});

test('ranks are mapped one to one to keys', () => {
  const { keys, values, side } = makeFacts(16384, 1.3, 1);
  expect(side).toBe(128);
  expect(new Set(keys).size).toBe(16384);
  expect(Math.min(...keys)).toBe(0);
  expect(Math.max(...keys)).toBe(16383);
  const counts = new Array<number>(VALUES).fill(0);
  for (const value of values) counts[value]!++;
  expect(Math.abs(chiSquareZ(counts, uniform))).toBeLessThan(4);
});

describe('factsworld for an MLP', () => {
  const options = parse(factsworld.schema, { facts: 400, pool: 200_000 });
  const { popularity, keys, values, side } = makeFacts(400, 1.3, 1);
  const rankOfKey = new Map(Array.from(keys, (key, rank) => [key, rank]));
  const rank = (set: Examples, row: number) =>
    rankOfKey.get(set.inputs[2 * row]! * side + set.inputs[2 * row + 1]!)!;
  const rankCounts = (set: Examples) => {
    const counts = new Array<number>(400).fill(0);
    for (let row = 0; row < set.rows; row++) counts[rank(set, row)]!++;
    return counts;
  };

  test('facts are met with their popularity, labels have their noise', () => {
    const { train } = factsworld.generate(options, 1);
    expect(Math.abs(chiSquareZ(rankCounts(train), popularity))).toBeLessThan(4);
    let wrong = 0;
    for (let row = 0; row < train.rows; row++) {
      wrong += Number(train.targets[row] !== values[rank(train, row)]);
    }
    expect(Math.abs(wrong / train.rows - 0.05 * (63 / 64))).toBeLessThan(0.002);
  });

  test('training may draw with another exponent; the tests do not', () => {
    const { train, evaluation } = factsworld.generate({ ...options, sampling: 0.8, validation: 50_000 }, 1);
    const tilted = popularity.map((p) => p ** 0.8);
    const sum = tilted.reduce((a, b) => a + b);
    expect(
      Math.abs(
        chiSquareZ(
          rankCounts(train),
          tilted.map((p) => p / sum),
        ),
      ),
    ).toBeLessThan(4);
    expect(Math.abs(chiSquareZ(rankCounts(evaluation.validation), popularity))).toBeLessThan(4);
  });

  test('the set of facts holds every key once with its value and weight', () => {
    const { facts } = factsworld.generate(options, 1).evaluation;
    expect(facts!.rows).toBe(400);
    for (let row = 0; row < 400; row++) {
      expect(rank(facts!, row)).toBe(row);
      expect(facts!.targets[row]).toBe(values[row]);
    }
    expect(facts!.weights!.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  test('exact scores: perfect knowledge reaches the floor, none gives ln 64', () => {
    const { facts } = factsworld.generate(options, 1).evaluation;
    const perfect = factsworld.metrics!(
      options,
      facts!,
      scoresOf(facts!, (i) => knowing(values[i]!)),
    );
    expect(perfect.exactLoss).toBeCloseTo(0.40013, 5);
    expect(perfect.accuracy).toBeCloseTo(1, 12);
    expect(perfect).toMatchObject({ ranks1to100: 1, ranks101to300: 1, ranks301to400: 1 });
    const none = factsworld.metrics!(
      options,
      facts!,
      scoresOf(facts!, () => uniform),
    );
    expect(none.exactLoss).toBeCloseTo(Math.log(64), 5);
  });

  test('an exam is passed by papers without a wrong answer, nearly as often as p^10', () => {
    const { facts } = factsworld.generate(options, 1).evaluation;
    const passed = (knows: (rank: number) => boolean): number =>
      factsworld.metrics!(
        options,
        facts!,
        scoresOf(facts!, (i) => (knows(i) ? knowing(values[i]!) : knowing((values[i]! + 1) % 64))),
      ).exam10!;
    expect(passed(() => true)).toBe(1);
    expect(passed((rank) => rank < 100 || rank >= 300)).toBe(0);
    // 180 of 200 known: C(180, 10) / C(200, 10) = .340 of all papers; 2,000 of them err by .0106.
    const share = passed((rank) => rank % 10 !== 0);
    expect(Math.abs(share - 0.34)).toBeLessThan(3 * 0.0106);
    // The same papers for every model.
    expect(passed((rank) => rank % 10 !== 0)).toBe(share);
    const few = factsworld.generate({ ...options, facts: 200 }, 1).evaluation.facts!;
    expect(
      factsworld.metrics!(
        { ...options, facts: 200 },
        few,
        scoresOf(few, () => uniform),
      ),
    ).not.toHaveProperty('exam10');
  });

  test('exact scores equal the mean over a large noisy sample', () => {
    const { train, evaluation } = factsworld.generate(options, 2);
    // Knows the 50 most popular facts only.
    const predict = (fact: number) => (fact < 50 ? knowing(values[fact]!, 0.1) : uniform);
    const facts = evaluation.facts!;
    const exact = factsworld.metrics!(options, facts, scoresOf(facts, predict));
    const sampled = scoresOf(train, (row) => predict(rank(train, row)));
    const mean = sampled.loss.reduce((a, b) => a + b) / train.rows;
    expect(Math.abs(exact.exactLoss! - mean)).toBeLessThan(0.02);
    expect(exact.exactLoss).toBeGreaterThan(0.40013);
    expect(exact.ranks1to100).toBeGreaterThanOrEqual(0.5);
    expect(exact.ranks1to100).toBeLessThan(0.55);
    expect(exact.ranks101to300).toBeLessThan(0.05);
    expect(exact.accuracy).toBeGreaterThan(popularity.slice(0, 50).reduce((a, b) => a + b) - 1e-9);
  });

  test('a budget of unique examples replaces the pool', () => {
    const { train } = factsworld.generate({ ...options, unique: 1234 }, 1);
    expect(train.rows).toBe(1234);
    expect(train.inputs).toEqual(factsworld.generate(options, 1).train.inputs.slice(0, 2468));
  });

  test('easy first: popular facts at the beginning, all facts in the second half, in order', () => {
    const data = factsworld.generate({ ...options, curriculum: 'easy-first' }, 1);
    expect(data.ordered).toBe(true);
    const { train } = data;
    for (let row = 0; row < 10_000; row++) expect(rank(train, row)).toBeLessThan(17);
    const half: Examples = { ...train, rows: 100_000, inputs: train.inputs.subarray(200_000) };
    expect(Math.abs(chiSquareZ(rankCounts(half), popularity))).toBeLessThan(4);
    expect(factsworld.generate(options, 1).ordered).toBeUndefined();
    expect(() => parse(factsworld.schema, { curriculum: 'easy-first', unique: 5 })).toThrow(
      'curriculum: must be none where unique examples are repeated, not "easy-first"',
    );
  });

  test('deterministic by seed; seeds share the world, worlds differ', () => {
    const small = { ...options, pool: 100 };
    const data = factsworld.generate(small, 1);
    const other = factsworld.generate(small, 2);
    expect(factsworld.generate(small, 1)).toEqual(data);
    expect(other.train).not.toEqual(data.train);
    expect(other.evaluation.facts).toEqual(data.evaluation.facts);
    expect(factsworld.generate({ ...small, world: 2 }, 1).evaluation.facts).not.toEqual(
      data.evaluation.facts,
    );
    expect(factsworld.show(small, [3, 19])).toBe('(3, 19)');
  });
});

describe('factsworld for a transformer', () => {
  const options = parse(factsworldSequence.schema, { pool: 2000 });
  const { keys, values, popularity, side } = makeFacts(4096, 1.3, 1);

  test('ten facts a row; only values are scored', () => {
    expect(factsworldSequence.shape(options).inputs).toEqual({ kind: 'tokens', vocabulary: 128, length: 29 });
    const { train } = factsworldSequence.generate(options, 1);
    for (let i = 0; i < train.targets.length; i++) {
      const column = i % 29;
      expect(train.targets[i]! >= 64 && train.targets[i]! < 128).toBe(column % 3 === 1);
      expect(train.inputs[i]! >= 64).toBe(column % 3 === 2);
      if (column % 3 === 1 && column < 28) expect(train.inputs[i + 1]).toBe(train.targets[i]);
    }
  });

  test('the set of facts holds every key once, by rank', () => {
    const { facts } = factsworldSequence.generate(options, 1).evaluation;
    let rank = 0;
    facts!.targets.forEach((target, i) => {
      if (target < 0) return;
      expect(facts!.inputs[i - 1]! * side + facts!.inputs[i]!).toBe(keys[rank]);
      expect(target).toBe(64 + values[rank]!);
      expect(facts!.weights![i]).toBe(popularity[rank]);
      rank++;
    });
    expect(rank).toBe(4096);
  });

  test('exact loss of perfect knowledge is the floor', () => {
    const { facts } = factsworldSequence.generate(options, 1).evaluation;
    // The mean log probability is that of the 64 values, as the shape's noise classes say.
    const scores = scoresOf(facts!, (i) => knowing(Math.max(0, facts!.targets[i]! - 64)));
    facts!.targets.forEach((target, i) => {
      if (target < 0) return;
      scores.loss[i] = -Math.log(knowing(target - 64)[target - 64]!);
      scores.prediction[i] = target;
    });
    const result = factsworldSequence.metrics!(options, facts!, scores);
    expect(result.exactLoss).toBeCloseTo(0.40013, 5);
    expect(result.accuracy).toBeCloseTo(1, 12);
    expect(result.ranks3001to4096).toBe(1);
  });

  test('deterministic by seed, shown as facts', () => {
    const small = { ...options, pool: 20 };
    expect(factsworldSequence.generate(small, 3)).toEqual(factsworldSequence.generate(small, 3));
    expect(factsworldSequence.generate(small, 3).train).not.toEqual(
      factsworldSequence.generate(small, 4).train,
    );
    expect(factsworldSequence.show(small, [3, 19, 70, 63, 0])).toBe('3 19=6; 63 0');
  });
});

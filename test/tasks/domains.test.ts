import { expect, test } from 'vitest';
import { domains, generalMix } from '../../src/tasks/domains.ts';
import { VALUES } from '../../src/tasks/facts.ts';
import { parse } from '../../src/schema.ts';
import { powerLaw } from '../../src/tasks/sampling.ts';
import type { Examples } from '../../src/tasks/task.ts';
import { chiSquareZ, scoresOf } from './support.ts';

const options = parse(domains.schema, { facts: 400, pool: 50_000, domain: 3 });
const { train, evaluation, floor } = domains.generate(options, 1);
const general = evaluation.general!;

const domainCounts = (set: Examples) => {
  const counts = new Array<number>(8).fill(0);
  for (let row = 0; row < set.rows; row++) counts[set.inputs[3 * row + 2]!]!++;
  return counts;
};
/** Value of each key of one domain, from the set of all facts. */
const valuesOf = (domain: number) => {
  const values = new Map<string, number>();
  for (let row = domain * 400; row < (domain + 1) * 400; row++) {
    values.set(general.inputs.subarray(3 * row, 3 * row + 2).join(), general.targets[row]!);
  }
  return values;
};
const sharp = (value: number) =>
  Float64Array.from({ length: VALUES }, (_, y) => (y === value ? 0.95 : 0) + 0.05 / VALUES);

test('the general mix is .86 and .02 each', () => {
  const mix = generalMix(options);
  expect(mix[0]).toBe(0.86);
  expect(mix[7]).toBeCloseTo(0.02, 12);
  expect(Math.abs(chiSquareZ(domainCounts(train), mix))).toBeLessThan(4);
});

test('the share of one domain, with replay of the mix', () => {
  expect(domainCounts(domains.generate({ ...options, share: 1 }, 1).train)[3]).toBe(50_000);
  const counts = domainCounts(domains.generate({ ...options, share: 0.7 }, 1).train);
  const mixed = generalMix(options).map((w, d) => 0.3 * w + (d === 3 ? 0.7 : 0));
  expect(Math.abs(chiSquareZ(counts, mixed))).toBeLessThan(4);
});

test('domains share the keys and half of the values with domain 0, a quarter with each other', () => {
  const [zero, three] = [valuesOf(0), valuesOf(3)];
  expect(zero.size).toBe(400);
  expect([...three.keys()].sort()).toEqual([...zero.keys()].sort());
  const same = (a: Map<string, number>, b: Map<string, number>) =>
    [...a].filter(([key, value]) => b.get(key) === value).length / 400;
  // A value of one's own is the same by chance once in 64.
  expect(Math.abs(same(zero, three) - 0.5 - 0.5 / 64)).toBeLessThan(0.1);
  expect(Math.abs(same(valuesOf(5), three) - 0.25 - 0.75 / 64)).toBeLessThan(0.1);
});

test('each domain has its own order of popularity', () => {
  const first = (domain: number) =>
    Array.from({ length: 20 }, (_, rank) => {
      const row = domain * 400 + rank;
      return general.inputs.subarray(3 * row, 3 * row + 2).join();
    });
  const shared = first(0).filter((key) => first(1).includes(key)).length;
  expect(shared).toBeLessThan(6);
});

test('facts are met with their popularity in the domain', () => {
  const order = new Map<string, number>();
  for (let rank = 0; rank < 400; rank++)
    order.set(general.inputs.subarray(3 * rank, 3 * rank + 3).join(), rank);
  const counts = new Array<number>(400).fill(0);
  for (let row = 0; row < train.rows; row++) {
    const rank = order.get(train.inputs.subarray(3 * row, 3 * row + 3).join());
    if (rank !== undefined) counts[rank]!++;
  }
  expect(Math.abs(chiSquareZ(counts, powerLaw(400, 1.3)))).toBeLessThan(4);
});

test('exact scores in the mix and in the domain', () => {
  expect(general.rows).toBe(3200);
  expect(general.weights!.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  const specialist = (set: Examples) =>
    scoresOf(set, (row) =>
      set.inputs[3 * row + 2] === 3 ? sharp(set.targets[row]!) : sharp((set.targets[row]! + 1) % VALUES),
    );
  const inDomain = domains.metrics!(options, evaluation.domain!, specialist(evaluation.domain!));
  expect(inDomain.exactLoss).toBeCloseTo(floor!, 5);
  expect(inDomain.accuracy).toBeCloseTo(1, 12);
  expect(inDomain.ranks101to300).toBe(1);
  const overall = domains.metrics!(options, general, specialist(general));
  expect(overall.domain3).toBeCloseTo(1, 12);
  expect(overall.domain0).toBe(0);
  expect(overall.accuracy).toBeCloseTo(0.02, 12);
});

test('deterministic by seed; seeds share the world', () => {
  expect(domains.generate(options, 1)).toEqual({ train, evaluation, floor });
  const other = domains.generate(options, 2);
  expect(other.train).not.toEqual(train);
  expect(other.evaluation.general).toEqual(general);
});

test('a domain that does not exist is refused; rows are shown with their domain', () => {
  expect(() => parse(domains.schema, { domain: 8 })).toThrow(
    'domain: must be below the number of domains, not 8',
  );
  expect(domains.show(options, [1, 35, 2])).toBe('(1, 35) in domain 2');
});

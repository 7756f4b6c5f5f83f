import { expect, test } from 'vitest';
import { hash, pcg, Random, Stream } from '../../src/random.ts';
import { Categorical, powerLaw } from '../../src/tasks/sampling.ts';
import { chiSquareZ } from './support.ts';

test('word i of a stream is hash(hash(seed, stream), i)', () => {
  const random = new Random(7, Stream.evaluation);
  for (let i = 0; i < 5; i++) expect(random.word()).toBe(hash(hash(7, Stream.evaluation), i));
  expect(hash(1, 2)).not.toBe(hash(2, 1));
  expect(hash(3)).toBe(pcg(3));
});

test('uniform integers (χ²)', () => {
  const random = new Random(1);
  const counts = new Array<number>(100).fill(0);
  for (let i = 0; i < 100_000; i++) counts[random.integer(100)]!++;
  expect(Math.abs(chiSquareZ(counts, new Array<number>(100).fill(0.01)))).toBeLessThan(4);
});

test('normal numbers have the moments of the standard normal', () => {
  const random = new Random(2);
  const sample = Float64Array.from({ length: 100_000 }, () => random.normal());
  const moment = (k: number) => sample.reduce((sum, x) => sum + x ** k, 0) / sample.length;
  expect(Math.abs(moment(1))).toBeLessThan(0.015);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
});

test('a shuffle keeps the items and puts each anywhere (χ²)', () => {
  const counts = new Array<number>(36).fill(0);
  const random = new Random(3);
  for (let i = 0; i < 20_000; i++) {
    const order = random.shuffle([0, 1, 2, 3, 4, 5]);
    order.forEach((item, place) => counts[6 * item + place]!++);
  }
  expect(counts.reduce((a, b) => a + b)).toBe(120_000);
  expect(chiSquareZ(counts, new Array<number>(36).fill(1 / 36))).toBeLessThan(4);
});

test.each([
  ['power law', powerLaw(50, 1.3)],
  ['with impossible outcomes', Float64Array.of(0, 0.5, 0, 0.25, 0.25)],
  ['one outcome', Float64Array.of(1)],
])('the alias method draws from a given distribution: %s', (_name, p) => {
  expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  const categorical = new Categorical(p);
  const random = new Random(4);
  const counts = new Array<number>(p.length).fill(0);
  for (let i = 0; i < 100_000; i++) counts[categorical.draw(random)]!++;
  if (p.length === 1) expect(counts).toEqual([100_000]);
  else expect(Math.abs(chiSquareZ(counts, p))).toBeLessThan(4);
});

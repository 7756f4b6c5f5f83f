/** Sums, sheets, stripes and tiles on models whose answers are known. */
import { describe, expect, it } from 'vitest';
import { exam } from '../../src/inside/exam.ts';
import { stripeShare, strongestHead } from '../../src/inside/stripe.ts';
import { add, heldOutSums, rightDigits } from '../../src/inside/sums.ts';
import { loads, reads } from '../../src/inside/tiles.ts';
import { weightsOf } from '../../src/inside/weights.ts';
import { addition, isHeldOut } from '../../src/tasks/addition.ts';
import { findTask } from '../../src/tasks/index.ts';
import { parse } from '../../src/schema.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';
import { AnswerView } from '../../src/training/trainer/views.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { useDevice } from '../support/device.ts';
import { train } from '../support/train.ts';

const options = parse(addition.schema, {}, 'task');

describe('held-out sums', () => {
  it('are those that training never sees, each once, and their digits are right', () => {
    const sums = heldOutSums(options, 12);
    expect(sums).toHaveLength(12);
    expect(new Set(sums.map(({ a, b }) => `${a}+${b}`)).size).toBe(12);
    for (const { a, b } of sums) {
      expect(isHeldOut(options, a, b)).toBe(true);
      expect(Number(rightDigits({ a, b }, 2).reverse().join(''))).toBe(a + b);
    }
  });

  const device = useDevice({ kind: 'cpu' });
  it('are answered digit by digit as the engine would, each after those before it', async () => {
    const spec = parseSpec({
      task: { name: 'addition', pool: 256, validation: 16 },
      model: { kind: 'transformer', layers: 1, width: 8, heads: 2, embeddingScale: 0.5 },
      batch: 32,
      steps: 60,
      evaluate: { every: 60 },
      learningRate: 2e-2,
    });
    const trainer = await Trainer.create(device(), spec);
    await train(trainer);
    const weights = weightsOf(await trainer.snapshot('all'));
    const [sum] = heldOutSums(options, 1);
    const answered = add(spec.model, weights, sum!, 2);
    const spell = (n: number): number[] => [Math.floor(n / 10), n % 10];
    const row = [...spell(sum!.a), 10, ...spell(sum!.b), 11, ...answered.digits.slice(0, 2)];
    const view = await AnswerView.build(trainer, Int32Array.from(row));
    const shares = await view.read();
    answered.shares.forEach((share, place) => {
      const own = shares.subarray((5 + place) * view.width, (6 + place) * view.width);
      expect(Math.max(...own)).toBeCloseTo(share, 4);
      expect(own.indexOf(Math.max(...own))).toBe(answered.digits[place]);
    });
    view.destroy();
    trainer.destroy();
  });
});

it('questions of an exam are facts of the task, of the ranks that were asked for', () => {
  const spec = parseSpec({ task: { name: 'factsworld' } });
  const { options } = taskOf(spec);
  const questions = exam(spec.task as never, [101, 300], 80);
  expect(new Set(questions.map(({ rank }) => rank)).size).toBe(80);
  const { inputs, targets } = findTask('factsworld').generate(options, 0).evaluation.facts!;
  for (const { rank, key, value } of questions) {
    expect(rank).toBeGreaterThanOrEqual(101);
    expect(rank).toBeLessThanOrEqual(300);
    expect([inputs[2 * (rank - 1)], inputs[2 * (rank - 1) + 1]]).toEqual(key);
    expect(targets[rank - 1]).toBe(value);
  }
});

it('a stripe is found where it is, and the head that has it', () => {
  const length = 12;
  const even = Float64Array.from({ length: length ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / length), i % length];
    return column <= row ? 1 / (row + 1) : 0;
  });
  const stripe = new Float64Array(length ** 2);
  for (let t = 3; t < length; t++) stripe[t * length + t - 3] = 1;
  expect(stripeShare(stripe, length, { offset: 3, first: 4 })).toBe(1);
  expect(stripeShare(stripe, length, { offset: 1, every: 2, first: 4 })).toBe(1);
  expect(stripeShare(stripe, length, { offset: 2, first: 4 })).toBe(0);
  expect(stripeShare(stripe, length, { offset: 3, first: 2, end: 4 })).toBe(1);
  // Attention that has learned nothing shares itself out evenly: the mean of 1 / (t + 1).
  const mean = [4, 5, 6, 7, 8, 9, 10, 11].reduce((sum, t) => sum + 1 / (t + 1), 0) / 8;
  expect(stripeShare(even, length, { offset: 3, first: 4 })).toBeCloseTo(mean, 12);
  expect(strongestHead([even, stripe], length, { offset: 3, first: 4 })).toBe(1);
});

it('a tile reads each number once for all of its threads', () => {
  expect(reads(8, 1, 8).every((count) => count === 8)).toBe(true);
  expect(reads(8, 4, 8).every((count) => count === 2)).toBe(true);
  expect(reads(8, 8, 3).filter((count) => count === 1)).toHaveLength(24);
  // 2n³ reads of a naive product, 2n³ / t of tiles of t.
  expect(loads(8, 1, 8)).toBe(2 * 8 ** 3);
  expect(loads(8, 4, 8)).toBe((2 * 8 ** 3) / 4);
});

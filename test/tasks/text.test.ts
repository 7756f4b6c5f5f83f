import { expect, test } from 'vitest';
import { parse } from '../../src/schema.ts';
import { encode, text } from '../../src/tasks/text.ts';

const poem = 'Rose is a rose is a rose is a rose. 玫瑰是玫瑰。🌹 '.repeat(40);

test.each(['characters', 'bytes'] as const)('%s: every row is a piece of the text', (units) => {
  const options = parse(text.schema, { text: poem, units, pool: 200 });
  const { train, evaluation } = text.generate(options, 1);
  const { ids } = encode(options);
  const whole = `,${ids.join()},`;
  for (const set of [train, evaluation.validation]) {
    for (let row = 0; row < set.rows; row++) {
      const tokens = [set.inputs[row * 32]!, ...Array.from(set.targets.subarray(row * 32, (row + 1) * 32))];
      expect(whole).toContain(`,${tokens.join()},`);
    }
  }
  expect(text.show(options, ids)).toBe(poem);
  expect(text.shape(options).inputs).toMatchObject({ vocabulary: new Set(ids).size });
});

test('the tail is held out in one piece, each of its symbols but the first at most once a target', () => {
  // 1000 different symbols in order: a window is known by its ids.
  const unique = String.fromCodePoint(...Array.from({ length: 1000 }, (_, i) => 0x4e00 + i));
  const options = parse(text.schema, { text: unique, vocabulary: 1000, pool: 5000 });
  const { train, evaluation } = text.generate(options, 1);
  expect(Math.max(...train.targets.subarray(0, 32 * 2000))).toBeLessThan(900);
  expect(new Set(train.inputs).size).toBe(899);
  const { validation } = evaluation;
  expect(Array.from(validation.targets)).toEqual(Array.from({ length: 96 }, (_, i) => 901 + i));
  expect(Array.from(validation.inputs)).toEqual(Array.from({ length: 96 }, (_, i) => 900 + i));
});

test('rare symbols become one where there are too many', () => {
  const options = parse(text.schema, { text: `${'ab'.repeat(500)}xyz`, vocabulary: 3, length: 8 });
  expect(text.shape(options).inputs).toMatchObject({ vocabulary: 3 });
  expect(text.show(options, encode(options).ids.slice(-5))).toBe('ab\ufffd\ufffd\ufffd');
});

test('a text that is too short, too long or none is refused', () => {
  expect(() => parse(text.schema, { text: 'Hello' })).toThrow(
    'text: must be a text of 100 to 2000000 characters, not "Hello"',
  );
  expect(() => parse(text.schema, { text: 'Hello world. '.repeat(10) })).toThrow(
    /^text: is too short: its held-out tail must be longer than 32 symbols, not "Hello world\. /,
  );
  expect(() => parse(text.schema, { text: 5 })).toThrow(/^text: must be a text/);
});

test('deterministic by seed; the validation set does not depend on it', () => {
  const options = parse(text.schema, { pool: 100 });
  const data = text.generate(options, 1);
  expect(text.generate(options, 1)).toEqual(data);
  expect(text.generate(options, 2).train).not.toEqual(data.train);
  expect(text.generate(options, 2).evaluation).toEqual(data.evaluation);
});

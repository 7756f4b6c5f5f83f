import { describe, expect, test } from 'vitest';
import { Random, Stream } from '../../src/random.ts';
import { fields } from '../../src/option-schema.ts';
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

/** `length` signs drawn evenly from `distinct` ideographs. */
function evenly(distinct: number, length: number): string {
  const random = new Random(3, Stream.train);
  return Array.from({ length }, () => String.fromCodePoint(0x4e00 + random.integer(distinct))).join('');
}

describe('the vocabulary where none is given', () => {
  const fitting = (own: string, units: 'characters' | 'bytes' = 'characters'): number =>
    parse(text.schema, { text: own, units }).vocabulary;

  test('is 256 for alphabets and bytes, as it always was, and what the script needs beyond', () => {
    expect(parse(text.schema, {}).vocabulary).toBe(256);
    expect(fitting(poem)).toBe(256);
    expect(fitting(evenly(2500, 6000), 'bytes')).toBe(256);
    // A few rare signs in an English text change nothing.
    expect(fitting(`${'to be or not to be '.repeat(2000)}${evenly(400, 300)}`)).toBe(256);
    expect(fitting(evenly(300, 6000))).toBe(512);
    expect(fitting(evenly(900, 6000))).toBe(1024);
    expect(fitting(evenly(2500, 6000))).toBe(2048);
    expect(fitting(evenly(20_000, 60_000))).toBe(2048);
  });

  test('gives way to one that is named, and a spec has its keys in one order either way', () => {
    const own = evenly(2500, 6000);
    expect(parse(text.schema, { text: own, vocabulary: 256 }).vocabulary).toBe(256);
    const given = parse(text.schema, { vocabulary: 256 });
    expect(JSON.stringify(parse(text.schema, {}))).toBe(JSON.stringify(given));
    expect(Object.keys(given)).toEqual([
      'text',
      'units',
      'vocabulary',
      'length',
      'heldOut',
      'pool',
      'validation',
    ]);
    expect(() => parse(text.schema, { vocabulary: 1 })).toThrow(
      'vocabulary: must be an integer from 2 to 4096',
    );
    expect(fields(text.schema).find(({ key }) => key === 'vocabulary')).toMatchObject({
      default: 256,
      min: 2,
      max: 4096,
    });
  });
});

describe('symbols that are too rare', () => {
  test('their share of the text is known', () => {
    const own = evenly(2500, 6000);
    const share = (vocabulary?: number): number =>
      text.rareShare!(parse(text.schema, { text: own, ...(vocabulary && { vocabulary }) }));
    expect(share(256)).toBeGreaterThan(0.7);
    expect(share()).toBeLessThan(0.1);
    expect(text.rareShare!(parse(text.schema, {}))).toBe(0);
  });

  test('are left out of numbers of their own', () => {
    const options = parse(text.schema, { text: evenly(2500, 6000), vocabulary: 256 });
    const { validation } = text.generate(options, 1).evaluation;
    const count = validation.targets.length;
    // Who always says “rare” is right where it is.
    const scores = {
      loss: new Float32Array(count).fill(0.5),
      prediction: new Int32Array(count),
      inNats: true,
      noiseLoss: new Float32Array(count),
      brier: new Float64Array(count),
    };
    const metrics = text.metrics!(options, validation, scores);
    expect(metrics.accuracy).toBeGreaterThan(0.7);
    expect(metrics.rareShare).toBeCloseTo(metrics.accuracy!, 9);
    expect(metrics.accuracyWithoutRare).toBe(0);
    expect(metrics.bitsWithoutRare).toBeCloseTo(0.5 / Math.LN2, 6);
    const plain = parse(text.schema, {});
    const own = text.generate(plain, 1).evaluation.validation;
    expect(Object.keys(text.metrics!(plain, own, scores))).toEqual(['accuracy', 'bitsPerSymbol', 'brier']);
  });
});

/** A member's result as a text: what goes in comes out, it fits, and nothing that is damaged or hostile passes. */
import { expect, test } from 'vitest';
import {
  decodeResult,
  encodeResult,
  fittingResult,
  MOST_CHARACTERS,
  textsIn,
  toWire,
} from '../../src/class/codec.ts';
import { newMember, seedOf } from '../../src/class/member.ts';
import { LinkError, packJSON } from '../../src/state/packed.ts';
import { planted, plantedBytes } from './planted.ts';

test('what goes in comes out, from the text, an address, and a message around it', async () => {
  const result = planted(3);
  const text = await encodeResult(result);
  expect(text).toMatch(/^[\w-]+$/);
  for (const around of [
    text,
    `https://lab.example/#/class?r=${text}`,
    `  <https://lab.example/#/class?r=${text}>`,
    `https://lab.example/?device=cpu#/class?size=small&r=${text}&utm_source=mail`,
  ]) {
    expect(await decodeResult(around)).toEqual(result);
  }
  const { before: _before, after: _after, prediction: _prediction, curve: _curve, ...bare } = result;
  expect(await decodeResult(await encodeResult(bare))).toEqual(bare);
});

test('several results are found in one text', () => {
  expect(textsIn('see https://a/#/class?r=abc\nand https://a/#/class?r=d-_f.')).toEqual(['abc', 'd-_f']);
  expect(textsIn('abc\n\ndef')).toEqual(['abc', 'def']);
  expect(textsIn('  ')).toEqual([]);
});

test('a result that is too long has fewer points of its curve, then fewer numbers, and is refused at last', async () => {
  const x = Array.from({ length: 60 }, (_, i) => 100 + 37.31 * i * i);
  const y = x.map((value, i) => 3 / value ** 0.21 + 0.013 * ((i * 7919) % 13));
  /** A name of so many parts, none of which says another. */
  const name = (i: number, parts: number): string =>
    Array.from({ length: parts }, (_, part) =>
      Math.imul(parts * i + part + 1, 2654435761)
        .toString(36)
        .slice(1),
    ).join('');
  const numbers = (count: number, parts: number): Record<string, number> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${name(i, parts)}`, 1 / (i + 1.7)]));
  const given = (count: number, parts = 2) => ({
    run: {
      lesson: 'mirage',
      size: 'small' as const,
      seed: 1,
      device: 'd'.repeat(90),
      digest: '01234567',
      date: '2026-11-29T00:00:00.000Z',
      findings: {
        tables: [],
        fits: {},
        figures: [
          {
            name: 'a',
            title: { en: '', zh: '' },
            x: { label: { en: '', zh: '' }, scale: 'log' as const },
            y: { label: { en: '', zh: '' }, scale: 'log' as const },
            series: [{ name: { en: '', zh: '' }, role: 'fit' as const, mark: 'line' as const, x, y }],
          },
        ],
        verdict: {
          outcome: 'holds' as const,
          numbers: numbers(count, parts),
          sentence: { en: '', zh: '' },
          refutedBy: { en: '', zh: '' },
        },
      },
    },
    pooled: { figure: 'a', role: 'fit' as const, mark: 'line' as const },
    member: 'abcdefgh',
  });
  const few = await fittingResult(given(2));
  const many = await fittingResult(given(24));
  expect(few.result.curve!.x).toHaveLength(24);
  expect(many.result.curve!.x.length).toBeLessThan(24);
  expect(Object.keys(many.result.numbers)).toHaveLength(24);
  const most = await fittingResult(given(40));
  expect(most.result.curve!.x).toHaveLength(10);
  expect(Object.keys(most.result.numbers)).toEqual(
    Object.keys(numbers(40, 2)).slice(0, Object.keys(most.result.numbers).length),
  );
  for (const { text, result } of [few, many, most]) {
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(await decodeResult(text)).toEqual(result);
    expect([result.curve!.x[0], result.curve!.x.at(-1)]).toEqual([100, Number(x.at(-1)!.toPrecision(4))]);
  }
  await expect(fittingResult(given(40, 9))).rejects.toThrow('does not fit into 700 characters');
});

const hostile: [string, object | (() => Promise<string>), RegExp][] = [
  ['of another version', { v: 2 }, /newer version/],
  ['of no version', { v: 'x' }, /no result of a lesson/],
  ['another lesson’s name as markup', { l: '<img src=x>' }, /lesson: must be the name of a lesson/],
  ['a device with a line of its own', { k: 'a\nb' }, /device: must have no control characters/],
  ['a device that is long', { k: 'x'.repeat(41) }, /device: must have at most 40/],
  ['a member that is a name with spaces', { m: 'Anna from 7b' }, /member: must be a token/],
  ['a number that is none', { n: { measured: '1' } }, /numbers.measured: must be a number/],
  ['a number named __proto__', JSON.parse('{"n":{"__proto__":1}}') as object, /numbers/],
  ['a fifth answer', { b: 4 }, /before: must be an integer from 0 to 3/],
  ['a prediction of another kind', { p: ['spell', 1, 2] }, /prediction.kind/],
  ['half a point', { p: ['level', 0] }, /prediction.points/],
  ['a curve of 25 points', { c: [Array(25).fill(1), Array(25).fill(1)] }, /curve.x/],
  ['a curve with fewer y', { c: [[1, 2], [1]] }, /as many y as x/],
  ['an option that is unknown', { z: 1 }, /unknown option/],
  ['a list', () => packJSON([1, 2]), /no result of a lesson/],
  ['a bomb', () => packJSON({ ...toWire(planted(0)), k: 'a'.repeat(100_000) }), /unfolds to more than/],
  ['a novel', () => Promise.resolve('x'.repeat(10_000)), /at most 4096 are read/],
  ['nothing', () => Promise.resolve(''), /damaged/],
  [
    'a share link of a lesson',
    () => packJSON({ lesson: 'mirage', size: 'small', seed: 1 }),
    /no result of a lesson/,
  ],
];

test.each(hostile)('%s is refused with its reason', async (_, wrong, reason) => {
  const text =
    typeof wrong === 'function'
      ? await (wrong as () => Promise<string>)()
      : await packJSON({ ...toWire(planted(0)), ...wrong });
  const error: unknown = await decodeResult(text).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(LinkError);
  expect((error as Error).message).toMatch(reason);
});

test('a text that was damaged on its way is refused, or is the same', async () => {
  const result = planted(5);
  const text = await encodeResult(result);
  const bytes = plantedBytes(7, 400);
  for (let i = 0; i < 60; i++) {
    const at = (bytes[2 * i]! * 256 + bytes[2 * i + 1]!) % text.length;
    const damaged =
      i % 2 ? text.slice(0, at) : `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    const read = await decodeResult(damaged).catch((error: unknown) => error);
    if (read instanceof Error) expect(read).toBeInstanceOf(LinkError);
    else expect(Object.keys(read as object)).toContain('member');
  }
});

test('a member is a token without a name; its seed is its own, the same each time, and ten from others', () => {
  const members = Array.from({ length: 30 }, (_, i) => newMember(plantedBytes(i + 1, 12)));
  expect(new Set(members).size).toBe(30);
  for (const member of members) expect(member).toMatch(/^[\w-]{12}$/);
  const seeds = members.map(seedOf);
  expect(seeds).toEqual(members.map(seedOf));
  expect(new Set(seeds).size).toBeGreaterThan(28);
  for (const seed of seeds) expect([seed % 10, seed >= 11, seed < 100_000]).toEqual([1, true, true]);
});

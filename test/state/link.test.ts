/** Share links: what goes in comes out, and nothing else is let in. */
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink, LinkError, plainLink, type Shared } from '../../src/state/link.ts';

const shared: Shared = {
  lesson: 'scaling-laws',
  size: 'small',
  seed: 7,
  changes: { learningRate: 0.01, 'model.hidden': [32] },
  prediction: {
    predicted: 1.25,
    curve: [
      [1, 2.5],
      [10, 1.5],
    ],
  },
  view: { x: 'log', toggled: true, m: 10 },
  result: { device: 'a „GPU“', digest: 'a1b2c3', numbers: { predicted: 0.71, alpha: 0.45 } },
};

const pack = (value: unknown): string => deflateRawSync(JSON.stringify(value)).toString('base64url');

describe('a share link', () => {
  it('gives back what was put in, in few characters that need no escaping', async () => {
    const link = await encodeLink(shared);
    expect(link).toMatch(/^[\w-]+$/);
    expect(link.length).toBeLessThan(500);
    expect(await decodeLink(link)).toEqual(shared);
  });

  it('needs no more than lesson, size and seed', async () => {
    const least = { lesson: 'mirage', size: 'standard', seed: 1 };
    expect(await decodeLink(pack(least))).toEqual({ ...least, changes: {}, prediction: {}, view: {} });
  });

  it.each([
    ['cut off', async () => (await encodeLink(shared)).slice(0, -8), 'damaged'],
    ['no base64', () => '%%%', 'damaged'],
    ['not deflated', () => btoa('hello'), 'damaged'],
    ['not JSON', () => deflateRawSync('{').toString('base64url'), 'damaged'],
    ['too long', () => 'A'.repeat(20_000), '20000 characters; at most 16384'],
    ['a bomb', () => pack({ lesson: 'x'.repeat(5_000_000) }), 'more than 65536 bytes'],
    [
      'markup as a lesson',
      () => pack({ ...shared, lesson: '<img src=x>' }),
      'lesson: must be the name of a lesson',
    ],
    [
      'an unknown size',
      () => pack({ ...shared, size: 'huge' }),
      'size: must be one of small, standard, large',
    ],
    ['a negative seed', () => pack({ ...shared, seed: -1 }), 'seed: must be an integer from 0'],
    ['an unknown key', () => pack({ ...shared, run: 'rm' }), 'run: unknown option'],
    ['a prediction that is a text', () => pack({ ...shared, prediction: { a: 'x' } }), 'prediction'],
    ['a list', () => pack([1]), 'must be an object'],
    [
      'too many changes',
      () =>
        pack({ ...shared, changes: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`k${i}`, i])) }),
      'at most 200 entries',
    ],
  ])('is refused when it is %s', async (_, make, message) => {
    const link = await make();
    await expect(decodeLink(link)).rejects.toThrow(LinkError);
    await expect(decodeLink(link)).rejects.toThrow(message);
  });
});

describe('an address in plain words', () => {
  const link = (query: string): Shared => plainLink('mirage', new URLSearchParams(query));

  it('says size, seed and changes, each if it likes', () => {
    const usual = { lesson: 'mirage', size: 'standard', seed: 1, changes: {}, prediction: {}, view: {} };
    expect(link('seed=7')).toEqual({ ...usual, seed: 7 });
    expect(link('size=small&changes={"steps":50}')).toEqual({
      ...usual,
      size: 'small',
      changes: { steps: 50 },
    });
  });

  it.each([
    ['seed=-1', 'seed: must be an integer from 0'],
    ['seed=', 'seed: must be an integer'],
    ['size=huge', 'size: must be one of small, standard, large'],
    ['changes={', 'changes: is not JSON'],
    ['changes=5', 'changes'],
    [`changes="${'x'.repeat(20_000)}"`, 'more than 16384 characters'],
  ])('is refused where it is wrong: %s', (query, message) => {
    expect(() => link(query)).toThrow(LinkError);
    expect(() => link(query)).toThrow(message);
  });
});

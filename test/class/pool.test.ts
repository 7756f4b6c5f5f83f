/** The document of a class: nothing is counted twice, the later result counts, and strangers' documents do no harm. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { toWire } from '../../src/class/codec.ts';
import { Pool } from '../../src/class/pool.ts';
import { LinkError } from '../../src/state/packed.ts';
import { planted, plantedBytes } from './planted.ts';

const many = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => planted(from + i));
function pooled(from: number, to: number): Pool {
  const pool = new Pool();
  for (const result of many(from, to)) pool.add(result);
  return pool;
}

test('twice given is once counted, and a second result of a member takes the place of the first', () => {
  const pool = pooled(0, 3);
  let changes = 0;
  const end = pool.watch(() => changes++);
  expect(pool.add(planted(1))).toBe('known');
  expect(changes).toBe(0);
  const again = planted(1, { seed: 501, at: planted(1).at + 60 });
  expect(pool.add(again)).toBe('replaced');
  expect(pool.add(planted(1))).toBe('older');
  expect(changes).toBe(1);
  end();
  expect(pool.results()).toEqual([planted(0), again, planted(2)]);
  expect(pool.add(planted(1, { lesson: 'mirage' }))).toBe('added');
  expect(pool.results('mirage')).toHaveLength(1);
  pool.remove(again);
  expect(pool.results('scaling-laws')).toEqual([planted(0), planted(2)]);
});

test('two documents that were gathered apart are merged, whichever comes first, however often', () => {
  const later = planted(2, { at: planted(2).at + 5, outcome: 'does-not-hold' });
  const [left, right] = [pooled(0, 4), pooled(2, 6)];
  right.add(later);
  const [one, other] = [new Pool(), new Pool()];
  one.merge(left.export());
  expect(one.merge(right.export())).toEqual({ added: 2, replaced: 1, known: 1, refused: [] });
  other.merge(right.export());
  other.merge(left.export());
  other.merge(left.export());
  const expected = [planted(0), planted(1), later, planted(3), planted(4), planted(5)];
  expect(one.results()).toEqual(expected);
  expect(other.results()).toEqual(expected);
  // As the live room does it: the documents themselves, each with its own past.
  Y.applyUpdate(left.document, right.export());
  expect(left.results()).toEqual(expected);
});

test('copies of one document that were changed apart say the same when they are joined, also what was taken out', () => {
  const first = pooled(0, 6);
  const second = new Pool();
  second.join(first.export());
  second.remove(planted(2));
  second.add(planted(7));
  first.add(planted(6));
  first.add(planted(7));
  first.join(second.export());
  second.join(first.export());
  const expected = [0, 1, 3, 4, 5, 6, 7].map((i) => planted(i));
  expect(first.results()).toEqual(expected);
  expect(second.results()).toEqual(expected);
  // A copy from before takes nothing back.
  const before = pooled(0, 1).export();
  first.join(before);
  expect(first.results()).toEqual(expected);
});

test('of a copy that a stranger has changed only results are joined, each in its own place', () => {
  const pool = pooled(0, 2);
  const copy = new Pool();
  copy.join(pool.export());
  const entries = copy.document.getMap('results');
  entries.set('nonsense', 'no result');
  entries.set('elsewhere', JSON.stringify(toWire(planted(3))));
  pool.join(copy.export());
  expect(pool.results()).toEqual([planted(0), planted(1)]);
  const damaged = copy.export().slice(0, 200);
  expect(() => pool.join(damaged)).toThrow(LinkError);
  expect(pool.results()).toEqual([planted(0), planted(1)]);
});

test('a document is opened again with all that was in it', () => {
  const pool = pooled(0, 30);
  const again = new Pool();
  expect(again.merge(pool.export())).toEqual({ added: 30, replaced: 0, known: 0, refused: [] });
  expect(again.results()).toEqual(pool.results());
});

test('of a stranger’s document only results are taken, and what else it says is left out with its reason', () => {
  const document = new Y.Doc();
  const entries = document.getMap<unknown>('results');
  document.getText('elsewhere').insert(0, 'x');
  entries.set('a', JSON.stringify(toWire(planted(0))));
  entries.set('b', 17);
  entries.set('c', new Y.Map());
  entries.set('d', '{"v":1}');
  entries.set('e', '['.repeat(100));
  entries.set('f', 'x'.repeat(10_000));
  entries.set('g', JSON.stringify({ ...toWire(planted(1)), l: '<b>' }));
  const pool = new Pool();
  const merged = pool.merge(Y.encodeStateAsUpdate(document));
  expect(pool.results()).toEqual([planted(0)]);
  expect(merged.refused).toHaveLength(6);
  expect(merged.refused.map(({ message }) => message).join('\n')).toMatch(
    /is no result[^]*lesson[^]*deeper[^]*at most 8192[^]*lesson: must be the name/,
  );
  expect([...pool.document.share.keys()]).toEqual(['results']);
});

test('a document that is none, or was damaged, is refused and changes nothing', () => {
  const pool = pooled(0, 3);
  const good = pooled(3, 9).export();
  const bytes = plantedBytes(3, 450);
  expect(() => pool.merge(new Uint8Array())).toThrow(LinkError);
  expect(() => pool.merge(new Uint8Array(8_000_001))).toThrow('at most 8000000 are read');
  for (let i = 0; i < 150; i++) {
    const damaged = good.slice(
      0,
      i % 2 ? good.length : 1 + ((bytes[3 * i]! * 256 + bytes[3 * i + 1]!) % good.length),
    );
    damaged[(bytes[3 * i + 1]! * 256 + bytes[3 * i + 2]!) % damaged.length]! ^= 1 + (bytes[3 * i]! % 255);
    try {
      const { refused } = new Pool().merge(damaged);
      for (const { message } of refused) expect(message.length).toBeGreaterThan(10);
    } catch (error) {
      expect(error).toBeInstanceOf(LinkError);
    }
  }
  expect(pool.results()).toEqual(many(0, 3));
});

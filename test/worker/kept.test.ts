/** What the worker keeps of experiments, in the browser's database. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/state/database.ts';
import type { Part } from '../../src/training/store.ts';
import { parseSpec } from '../../src/training/spec.ts';
import { KeptResults } from '../../src/worker/kept.ts';

const spec = parseSpec({ task: { name: 'shapes' }, model: { kind: 'mlp', hidden: [2] } });

function partOf(day: number): Part {
  const date = new Date(Date.UTC(2026, 10, day)).toISOString();
  return {
    result: { date } as Part['result'],
    checkpoint: {
      spec,
      step: day,
      parameters: new Float32Array(64),
      moments: [],
      state: new Uint32Array(16 * spec.replicas),
    },
  };
}

test('of more than eight interrupted runs the oldest goes, whatever it is called', async () => {
  const database = openDatabase('parts');
  const ids = ['k', 'b', 'i', 'a', 'h', 'c', 'g', 'd'];
  const before = new KeptResults(database);
  for (const [i, id] of ids.entries()) await before.savePart({ id, spec }, partOf(1 + i));
  const kept = new KeptResults(database);
  // The oldest goes on, which makes it the newest.
  await kept.savePart({ id: 'k', spec }, partOf(20));
  await kept.savePart({ id: 'e', spec }, partOf(21));
  const left = async (): Promise<string[]> => (await (await database)!.getAllKeys('parts')).sort();
  expect(await left()).toEqual(['a', 'c', 'd', 'e', 'g', 'h', 'i', 'k']);
  await kept.savePart({ id: 'f', spec }, partOf(22));
  expect(await left()).toEqual(['a', 'c', 'd', 'e', 'f', 'g', 'h', 'k']);
});

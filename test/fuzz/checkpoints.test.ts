/** Checkpoint files from anywhere: whole ones are read bit for bit, damaged ones are refused in words, and at once. */
import { expect, it } from 'vitest';
import { hash, Random } from '../../src/random.ts';
import { checkCheckpoint, checkpointCase } from './checkpoints.ts';

const FILES = Number(process.env.FUZZ_FILES ?? 3000);

it(`takes what is whole of ${FILES} files, and refuses what is not`, () => {
  const counts = new Map<string, number>();
  let slowest = 0;
  for (let i = 0; i < FILES; i++) {
    const made = checkpointCase(new Random(hash(1, i)));
    const started = performance.now();
    try {
      checkCheckpoint(made);
    } catch (error) {
      throw new Error(`file ${i}, ${made.damage}: ${String(error)}`, { cause: error });
    }
    slowest = Math.max(slowest, performance.now() - started);
    counts.set(made.damage, (counts.get(made.damage) ?? 0) + 1);
  }
  expect(counts.get('none')).toBeGreaterThan(FILES / 5);
  expect(counts.size).toBeGreaterThan(35);
  expect(slowest).toBeLessThan(300);
});

/** A result of 30 million losses, which no text holds, takes a minute to write and read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readResultFile, resultFile } from '../../src/cli/files/result-file.ts';
import { writeWhole } from '../../src/cli/files/write.ts';
import { LossList } from '../../src/training/results/loss-list.ts';
import { parseResult } from '../../src/training/results/parse-result.ts';
import { plantedResult, tinyRun } from '../support/planted-run.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'result-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = (curve: ArrayLike<number>): Uint8Array => new Uint8Array(Float32Array.from(curve).buffer);

it('a result is written and read where it is longer than a text can be', () => {
  const path = join(folder, 'long.json');
  const spec = { ...tinyRun(1).spec, replicas: 32, steps: 950_000 };
  const whole = { ...plantedResult({ ...tinyRun(1), spec }), evaluations: [] };
  whole.losses.values = Array.from({ length: 32 }, () => {
    const list = new LossList(spec.steps);
    for (let i = 0; i < spec.steps; i++) list.push(1 / (3 + i));
    return list.values();
  });
  writeWhole(path, resultFile(whole));
  const { values } = parseResult(readResultFile(path)).losses;
  expect(values).toHaveLength(32);
  values.forEach((curve, r) => {
    expect(Buffer.compare(bytes(curve), bytes(whole.losses.values[r]!)), `replica ${r}`).toBe(0);
  });
});

/** Results as files: what is written is what is read, wherever a piece of the file ends. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertDisk, type Disk } from '../../src/cli/files/disk.ts';
import { readResultFile, resultFile, resultText } from '../../src/cli/files/result-file.ts';
import { writeWhole } from '../../src/cli/files/write.ts';
import { checkResultRoom } from '../../src/cli/result-room.ts';
import { Random } from '../../src/random.ts';
import { LossList } from '../../src/training/results/loss-list.ts';
import { parseResult } from '../../src/training/results/parse-result.ts';
import type { RunResult } from '../../src/training/results/result.ts';
import { plantedResult, tinyRun } from '../support/planted-run.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'result-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two replicas and a loss of every kind. */
function result(steps: number): RunResult {
  const spec = { ...tinyRun(1).spec, replicas: 2, steps };
  const random = new Random(1);
  const curve = (): LossList => {
    const list = new LossList(steps);
    for (let i = 0; i < steps; i++) list.push(i % 100 === 7 ? NaN : 10 ** (40 * random.uniform() - 30));
    return list;
  };
  const record = { loss: 0.1, accuracy: NaN };
  return {
    ...plantedResult({ ...tinyRun(1), spec }),
    losses: { first: 0, values: [curve().values(), curve().values()] },
    evaluations: [{ step: steps, sets: { 'a "losses":{"first":0,"values":[ set': [record, record] } }],
  };
}

describe('a result as a file', () => {
  it.each([1, 2, 3, 64, 1 << 20])('is read as it was written, %i bytes at a time', (bytes) => {
    const path = join(folder, 'result.json');
    const whole = result(500);
    writeWhole(path, resultFile(whole));
    const inPieces = (below: Disk): Disk => ({
      ...below,
      read: (file, into, position) => below.read(file, into.subarray(0, bytes), position),
    });
    const takeOut = insertDisk(inPieces);
    try {
      expect(parseResult(readResultFile(path))).toEqual(whole);
    } finally {
      takeOut();
    }
  });

  it('is JSON as ever', () => {
    const whole = result(50);
    const path = join(folder, 'json.json');
    writeWhole(path, resultFile(whole));
    const { checksum, ...read } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(read).toEqual({ format: 'scaling-lab run 1', ...(JSON.parse(JSON.stringify(whole)) as object) });
    expect([...resultText(whole)].join('')).toBe(JSON.stringify({ format: 'scaling-lab run 1', ...whole }));
  });

  it('is read where another program has put it in other words', () => {
    const path = join(folder, 'pretty.json');
    const whole = result(5);
    writeFileSync(path, JSON.stringify(whole, undefined, 2));
    expect(JSON.stringify(parseResult(readResultFile(path)))).toBe(JSON.stringify(whole));
  });

  it('is not there where there is no file', () => {
    expect(readResultFile(join(folder, 'none.json'))).toBeUndefined();
  });
});

describe('a result that the memory does not hold', () => {
  const { spec } = tinyRun(1);

  it('is refused before training, with what it would take', () => {
    const long = { ...spec, replicas: 32, steps: 10_000_000, evaluate: { ...spec.evaluate, every: 1e6 } };
    expect(() => checkResultRoom(long, 4e9)).toThrow(/steps, replicas: .*2\.56 GB.*may have 2 GB/);
    expect(() => checkResultRoom(long, 16e9)).not.toThrow();
    const often = { ...long, evaluate: { ...spec.evaluate, every: 1 } };
    expect(() => checkResultRoom(often, 16e9)).toThrow('evaluate.every');
  });
});

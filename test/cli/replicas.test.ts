/** `run` with a replica that diverges, and `score` of what it leaves behind. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunResult } from '../../src/training/results/result.ts';
import { LAB } from '../support/lab.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'replicas-'))));
afterAll(() => rmSync(folder, { recursive: true }));

interface Said {
  code: number;
  out: string;
  error: string;
}

const lab = (...args: string[]): Promise<Said> =>
  new Promise((resolve) => {
    execFile(process.execPath, [LAB, ...args], (failure, out, error) =>
      resolve({ code: failure ? Number(failure.code) : 0, out, error }),
    );
  });

it('names the replica and its step, takes means over the others, and scores what is left', async () => {
  const spec = {
    task: { name: 'sine', points: 32, validation: 16 },
    model: { kind: 'mlp', hidden: [8], activation: 'square', outputScale: 1 },
    optimizer: { name: 'sgd' },
    schedule: { name: 'constant', warmup: 0 },
    replicas: 3,
    learningRates: [0.01, 0.01, 100],
    batch: 16,
    steps: 20,
    evaluate: { every: 10 },
  };
  writeFileSync(at('spec.json'), JSON.stringify(spec));
  const run = await lab(
    'run',
    at('spec.json'),
    '--out',
    at('run.json'),
    '--checkpoint',
    at('end.safetensors'),
  );
  expect(run.code).toBe(0);
  expect(run.out).toMatch(/1 of 3 replicas diverged \(replica 2 at step \d\); numbers are of the others/);
  expect(run.out).toMatch(/validation at step 20: loss \d+\.\d+/);
  const result = JSON.parse(readFileSync(at('run.json'), 'utf8')) as RunResult;
  expect(result).toMatchObject({ outcome: 'finished', divergences: [{ replica: 2 }] });

  const scored = await lab('score', at('end.safetensors'));
  const { step, sets } = JSON.parse(scored.out) as { step: number; sets: Record<string, object[]> };
  expect(step).toBe(20);
  expect(sets.validation!.slice(0, 2)).toEqual(result.evaluations.at(-1)!.sets.validation!.slice(0, 2));

  for (const change of ['model.hidden=[16]', 'replicas=2', 'optimizer.name=adamw']) {
    const refused = await lab('score', at('end.safetensors'), '--set', change);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.error).toContain(`--set: ${change}: score takes options of the task`);
  }

  const bytes = readFileSync(at('end.safetensors'));
  writeFileSync(at('cut.safetensors'), bytes.subarray(0, -4));
  const cut = await lab('run', at('spec.json'), '--from', at('cut.safetensors'));
  expect(cut).toMatchObject({ code: 2 });
  expect(cut.error).toContain('cut.safetensors: ');
});

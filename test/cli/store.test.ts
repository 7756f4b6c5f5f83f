/** Results in a folder: what is there after an interruption, and what is cleared away. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileStore } from '../../src/cli/store.ts';
import { runPlan } from '../../src/training/plan/plan.ts';
import { MemoryStore } from '../../src/training/plan/store.ts';
import { planRun } from '../../src/training/spec/sweep.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice({ kind: 'cpu' });
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'store-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const run = planRun(
  {
    task: { name: 'factsworld', facts: 64, pool: 512, validation: 64 },
    model: { kind: 'mlp', hidden: [8], embedding: 4 },
    batch: 16,
    steps: 30,
    evaluate: { every: 3 },
  },
  {},
);

/** Trains until the first losses of this start are there. */
async function begin(): Promise<void> {
  const controller = new AbortController();
  await runPlan(device(), [run], {
    store: new FileStore(folder),
    signal: controller.signal,
    onEvent: (_, event) => {
      if (event.kind === 'losses') controller.abort();
    },
  });
}

describe('a folder of results', () => {
  it('lets an interrupted run go on in its middle, with the same bits, and keeps one state of it', async () => {
    await begin();
    await begin();
    const files = readdirSync(folder).toSorted();
    expect(files).toEqual([`${run.id}.part.${stepOf(files)}.safetensors`, `${run.id}.part.json`]);

    const resumed = await runPlan(device(), [run], { store: new FileStore(folder) });
    expect(readdirSync(folder)).toEqual([`${run.id}.json`]);
    const whole = await runPlan(device(), [run], { store: new MemoryStore() });
    const { losses, evaluations } = whole.get(run.id)!;
    expect(resumed.get(run.id)).toMatchObject({ losses, evaluations });
    expect(await new FileStore(folder).load(run)).toMatchObject({ losses, evaluations });
  });

  it('begins a run anew whose state is gone', async () => {
    await begin();
    for (const name of readdirSync(folder)) if (name.endsWith('.safetensors')) rmSync(join(folder, name));
    expect(await new FileStore(folder).loadPart(run)).toBeUndefined();
  });
});

function stepOf(files: readonly string[]): number {
  return Number(/part\.(\d+)\.safetensors/.exec(files[0]!)![1]);
}

/** A run over several workers has the bits of the same run on one device. */
import { describe, expect, it } from 'vitest';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { TeamTrainer } from '../../src/training/trainer/team-trainer.ts';
import type { Checkpoint } from '../../src/training/results/checkpoint.ts';
import type { TrainingLoop } from '../../src/training/trainer/loop.ts';
import { parseSpec, type RunSpec } from '../../src/training/spec/spec.ts';
import { useDevice } from '../support/device.ts';
import { testCrew } from '../support/crew.ts';
import { train, type Curve } from '../support/train.ts';

const device = useDevice({ kind: 'cpu' });

const common = { batch: 8, steps: 30, evaluate: { every: 7 }, learningRate: 1e-2, replicas: 5 };
const cases: [string, Record<string, unknown>][] = [
  [
    'a transformer whose weights’ way is measured',
    {
      task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 40, validation: 8 },
      model: { kind: 'transformer', layers: 1, width: 8, heads: 2 },
      clip: 1,
      evaluate: { every: 7, movement: true },
    },
  ],
  [
    'replicas that differ in rate, decay and share of the examples',
    {
      task: { name: 'factsworld', facts: 64, pool: 512, validation: 64, curriculum: 'easy-first' },
      model: { kind: 'mlp', hidden: [8], embedding: 4 },
      learningRates: [1e-3, 2e-3, 4e-3, 8e-3, 1.6e-2],
      weightDecays: [0, 0.1, 0.2, 0.3, 0.4],
      trainingFractions: [1, 0.5, 0.25, 0.125, 0.0625],
    },
  ],
  [
    'Muon, and seeds that are hashed',
    {
      task: { name: 'factsworld', facts: 64, pool: 512, validation: 32 },
      model: { kind: 'mlp', hidden: [8, 8], embedding: 4 },
      optimizer: { name: 'muon' },
      seeding: 'hashed',
    },
  ],
  [
    'replicas of which some diverge',
    {
      task: { name: 'sine' },
      model: { kind: 'mlp', hidden: [8] },
      optimizer: { name: 'sgd' },
      learningRates: [1e-2, 100, 1e-2, 1e-2, 100],
    },
  ],
  [
    'replicas that all diverge, at steps of their own',
    {
      task: { name: 'sine' },
      model: { kind: 'mlp', hidden: [8] },
      optimizer: { name: 'sgd' },
      learningRates: [20, 100, 30, 50, 100],
    },
  ],
];

interface Whole extends Curve {
  end: Checkpoint;
  good: Checkpoint;
  step: number;
  divergences: unknown;
}

async function whole(trainer: TrainingLoop, steps?: number): Promise<Whole> {
  try {
    const curve = await train(trainer, steps);
    const { step, divergences } = trainer;
    return { ...curve, step, divergences, end: await trainer.checkpoint(), good: await trainer.lastGood() };
  } finally {
    trainer.destroy();
  }
}

async function together(
  workers: number,
  spec: RunSpec,
  beginning: { checkpoint?: Checkpoint; from?: Checkpoint } = {},
  steps?: number,
): Promise<Whole> {
  const { source } = testCrew(workers);
  const crew = (await source.on(device()))!;
  try {
    return await whole(await TeamTrainer.create(crew, device(), spec, beginning), steps);
  } finally {
    await source.end();
  }
}

describe.each(cases)('%s', (_, input) => {
  const spec = parseSpec({ ...common, ...input });

  it.each([2, 3, 4])('over %i workers', async (workers) => {
    const alone = await whole(await Trainer.create(device(), spec));
    expect(await together(workers, spec)).toEqual(alone);
  });

  it('goes on from a checkpoint of one device over several workers, and the other way round', async () => {
    const alone = await whole(await Trainer.create(device(), spec));
    const half = await whole(await Trainer.create(device(), spec), 11);
    const halfTogether = await together(3, spec, {}, 11);
    expect(halfTogether).toEqual(half);
    if (half.outcome !== 'paused') return;
    const on = await together(2, spec, { checkpoint: half.end });
    const back = await whole(await Trainer.create(device(), spec, { checkpoint: halfTogether.end }));
    for (const { end, outcome } of [on, back]) {
      expect(outcome).toBe(alone.outcome);
      expect(end).toEqual(alone.end);
    }
  });
});

it('begins with other weights, of one replica or of each', async () => {
  const spec = parseSpec({ ...common, ...cases[2]![1], replicas: 3 });
  for (const replicas of [1, 3]) {
    const from = (await whole(await Trainer.create(device(), { ...spec, replicas }))).end;
    const next = { ...spec, seed: 9, steps: 10 };
    const alone = await whole(await Trainer.create(device(), next, { from }));
    expect(await together(2, next, { from })).toEqual(alone);
  }
});

it('a run for which there is no room is refused by its keys, and leaves nothing', async () => {
  const { source, hired } = testCrew(2, { mostBytes: 1e6 });
  const crew = (await source.on(device()))!;
  const spec = parseSpec({ ...common, ...cases[2]![1], batch: 4096 });
  await expect(TeamTrainer.create(crew, device(), spec, {})).rejects.toMatchObject({
    name: 'SchemaError',
    message: expect.stringMatching(/^model, replicas, batch/) as string,
  });
  expect(hired.map(({ device }) => device.counters.bytesAlive)).toEqual([0, 0]);
  await source.end();
});

/** The same spec gives the same bits: twice, as replicas and alone, and from a checkpoint in the middle. */
import { describe, expect, it } from 'vitest';
import type { RunSpec } from '../../src/training/spec/spec.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';
import type { Checkpoint } from '../../src/training/results/checkpoint.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { useDevice } from '../support/device.ts';
import { train, type Curve } from '../support/train.ts';

const device = useDevice();

const sentence = 'the quick brown fox jumps over the lazy dog and runs into the deep wood. ';

/** Each of another way through the kernels. */
const cases: { name: string; input: Record<string, unknown>; whole?: boolean }[] = [
  {
    name: 'a transformer',
    input: {
      task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 40, validation: 8 },
      model: { kind: 'transformer', layers: 1, width: 8, heads: 2 },
      clip: 1,
    },
  },
  {
    name: 'a text of one’s own',
    input: {
      task: { name: 'text', text: sentence.repeat(8), length: 8, pool: 64, validation: 8 },
      model: { kind: 'transformer', layers: 1, width: 8, heads: 2, tied: true },
    },
  },
  {
    name: 'a curriculum, whose pool is in order',
    input: {
      task: { name: 'factsworld', facts: 64, pool: 512, validation: 32, curriculum: 'easy-first' },
      model: { kind: 'mlp', hidden: [8], embedding: 4 },
    },
  },
  {
    name: 'a whole MLP in one kernel',
    input: {
      task: { name: 'shapes', points: 60, validation: 32 },
      model: { kind: 'mlp', hidden: [8, 8] },
    },
    whole: true,
  },
  {
    name: 'Muon',
    input: {
      task: { name: 'factsworld', facts: 64, pool: 512, validation: 32 },
      model: { kind: 'mlp', hidden: [8, 8], embedding: 4 },
      optimizer: { name: 'muon' },
    },
  },
];

interface Run extends Curve {
  end: Checkpoint;
}

describe.each(cases)('$name', ({ input, whole = false }) => {
  const spec = (change: object = {}): RunSpec =>
    parseSpec({
      ...input,
      batch: 8,
      steps: 12,
      evaluate: { every: 5 },
      learningRate: 1e-2,
      replicas: 2,
      ...change,
    });

  async function run(of: RunSpec, checkpoint?: Checkpoint, steps?: number): Promise<Run> {
    const trainer = await Trainer.create(device(), of, {
      persistent: whole,
      ...(checkpoint && { checkpoint }),
    });
    try {
      return { ...(await train(trainer, steps)), end: await trainer.checkpoint() };
    } finally {
      trainer.destroy();
    }
  }

  let once: Promise<Run> | undefined;
  const first = (): Promise<Run> => (once ??= run(spec()));

  it('gives the same bits twice', async () => {
    expect(await run(spec())).toEqual(await first());
    expect((await first()).losses.every(Number.isFinite)).toBe(true);
  });

  it('gives replicas the bits of runs of their own', async () => {
    const together = await first();
    for (const r of [0, 1]) {
      const alone = await run(spec({ replicas: 1, seed: 1 + r }));
      const slice = alone.end.parameters.length;
      expect(alone.losses).toEqual(together.losses.filter((_, i) => i % 2 === r));
      expect(alone.end.parameters).toEqual(together.end.parameters.slice(r * slice, (r + 1) * slice));
      expect(alone.evaluations.map(({ sets }) => sets.validation![0])).toEqual(
        together.evaluations.map(({ sets }) => sets.validation![r]),
      );
    }
  });

  it('goes on in the middle with the same bits', async () => {
    const begun = await run(spec(), undefined, 7);
    const rest = await run(spec(), begun.end);
    expect([...begun.losses, ...rest.losses]).toEqual((await first()).losses);
    expect(rest.end).toEqual((await first()).end);
  });
});

it('really covers an ordered pool', () => {
  const { task, options } = taskOf(parseSpec(cases[2]!.input));
  expect(task.generate(options, 0).ordered).toBe(true);
});

/** Runs that train by another loss than cross-entropy, and replicas whose seeds are hashes. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../src/gpu/device.ts';
import { Random } from '../../src/random.ts';
import { CLASS_LOSSES } from '../../src/kernels/class-losses.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/training/results/checkpoint.ts';
import { parseSpec, replicaSeed, type RunSpec } from '../../src/training/spec/spec.ts';
import { planRun } from '../../src/training/spec/sweep.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { train, withTrainer } from '../support/train.ts';

const sequences = {
  task: { name: 'addition', digits: 2, pool: 256, validation: 32 },
  model: { kind: 'transformer', layers: 1, width: 8, heads: 2 },
  optimizer: { name: 'adamw' },
};
const pairs = {
  task: { name: 'modular-addition', prime: 7 },
  model: { kind: 'mlp', combine: 'sum', hidden: [], embedding: 12, activation: 'square', bias: false },
};
const vectors = { task: { name: 'shapes', validation: 64 }, model: { kind: 'mlp', hidden: [8] } };

const runs = [sequences, pairs, vectors].flatMap((spec) =>
  CLASS_LOSSES.filter((loss) => loss !== 'cross-entropy').map((loss) => ({
    loss,
    task: spec.task.name,
    spec: { ...spec, loss, batch: 16, steps: 12, learningRate: 1e-2, evaluate: { every: 12 } },
  })),
);

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });

  it.each(runs)(
    '$loss trains $task: less of it at the end, alike in a replica and alone',
    async ({ spec }) => {
      const both = parseSpec({ ...spec, replicas: 2 });
      const { losses, evaluations } = await withTrainer(device(), both, (trainer) => train(trainer));
      expect(losses.every(Number.isFinite)).toBe(true);
      const [before, after] = evaluations.map(({ sets }) => (sets.train ?? sets.validation)![1]!);
      expect(after!.loss).toBeLessThan(before!.loss!);
      const alone = await withTrainer(device(), parseSpec({ ...spec, seed: 2 }), (trainer) => train(trainer));
      expectClose(
        losses.filter((_, i) => i % 2 === 1),
        alone.losses,
        1e-6,
        'losses of replica 1',
      );
    },
  );

  it.each(CLASS_LOSSES)(
    '%s is the same over a set in training and in evaluation, and so is its Brier score',
    async (loss) => {
      // All of the training set is one batch: its loss before the first update is that of the evaluation.
      const rows = Math.round(0.4 * 49);
      const spec = parseSpec({ ...pairs, loss, batch: rows, steps: 1, evaluate: { every: 1 } });
      const { losses, evaluations } = await withTrainer(device(), spec, (trainer) => train(trainer));
      const at = evaluations[0]!.sets.train![0]!;
      expectClose([losses[0]!], [at.loss!], 1e-5, loss);
      if (loss === 'squared-error') expectClose([at.brier!], [7 * at.loss!], 1e-6, 'Brier score');
      else expect(at.brier).toBeCloseTo(6 / 7, 1); // untrained, all classes are about equally likely
    },
  );
});

describe('two devices', () => {
  const gpu = useDevice();
  const cpu = useDevice({ kind: 'cpu' });

  it.each(runs)('agree on $loss of $task', async ({ spec }) => {
    const [a, b] = await Promise.all(
      [gpu(), cpu()].map((device) => withTrainer(device, parseSpec(spec), (trainer) => train(trainer))),
    );
    expectClose(a!.losses, b!.losses, 1e-4, 'losses');
    const last = [a!, b!].map(({ evaluations }) => Object.values(evaluations.at(-1)!.sets.validation![0]!));
    expectClose(last[0]!, last[1]!, 1e-3, 'metrics');
  });
});

describe('what a spec may ask', () => {
  it('is no loss of classes where the answer is a value', () => {
    expect(() => parseSpec({ task: { name: 'sine' }, loss: 'stablemax' })).toThrow(
      /loss: is stablemax.*values/,
    );
    expect(parseSpec({ task: { name: 'sine' }, loss: 'cross-entropy' }).loss).toBe('cross-entropy');
  });

  it('is another run where it asks for another loss or seeding, and the same where it asks for the usual ones', () => {
    const id = (more: object): string => planRun({ task: { name: 'shapes' }, ...more }, {}).id;
    expect(id({ loss: 'cross-entropy', seeding: 'consecutive', labels: 'given' })).toBe(id({}));
    const others = [
      { loss: 'squared-error' },
      { loss: 'stablemax' },
      { seeding: 'hashed' },
      { seeding: 'same' },
      { labels: 'own' },
      { labels: 'own-right' },
    ];
    expect(new Set([{}, ...others].map(id)).size).toBe(7);
  });
});

describe('seeds of replicas', () => {
  const seeds = (spec: Pick<RunSpec, 'seed' | 'seeding'>, replicas: number): number[] =>
    Array.from({ length: replicas }, (_, r) => replicaSeed(spec, r));

  it('are consecutive unless they are hashed', () => {
    expect(seeds(parseSpec({ task: { name: 'shapes' }, seed: 5 }), 3)).toEqual([5, 6, 7]);
  });

  it('have nothing in common between seeds where they are hashed', () => {
    const all = Array.from({ length: 1000 }, (_, seed) => seeds({ seed, seeding: 'hashed' }, 5)).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('are one where they are the same', () => {
    expect(seeds({ seed: 5, seeding: 'same' }, 3)).toEqual([5, 5, 5]);
  });

  it('that are hashed are what the replicas train with, and what a checkpoint is held against', async () => {
    const device = await Device.cpu();
    try {
      const random = new Random(3);
      const common = { ...vectors, batch: 8, steps: 4, evaluate: { every: 4 }, seeding: 'hashed' };
      const spec = parseSpec({ ...common, seed: random.integer(1e6), replicas: 3 });
      const { losses } = await withTrainer(device, spec, (trainer) => train(trainer));
      for (let r = 0; r < 3; r++) {
        const own = parseSpec({ ...common, seeding: 'consecutive', seed: replicaSeed(spec, r) });
        const alone = await withTrainer(device, own, (trainer) => train(trainer));
        expect(losses.filter((_, i) => i % 3 === r)).toEqual(alone.losses);
      }
      const checkpoint = await withTrainer(device, spec, (trainer) => trainer.checkpoint());
      expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
      const mixed = { ...checkpoint, spec: { ...spec, seeding: 'consecutive' as const } };
      expect(() => decodeCheckpoint(encodeCheckpoint(mixed))).toThrow(/another seed/);
    } finally {
      device.destroy();
    }
  });
});

/** Weights and checkpoints are held against the run's spec before a number of them is believed. */
import { describe, expect, it } from 'vitest';
import { encodeCheckpoint, decodeCheckpoint, decodeWeights } from '../../src/training/results/checkpoint.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/training/results/safetensors.ts';
import { parseSpec, type RunSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { refuseForeign } from '../../src/training/results/refuse-weights.ts';
import { transferred } from '../../src/training/results/transfer.ts';
import type { Checkpoint } from '../../src/training/results/weights.ts';
import { useDevice } from '../support/device.ts';
import { train, withTrainer } from '../support/train.ts';

const device = useDevice({ kind: 'cpu' });

const input = {
  task: { name: 'sine', points: 32, validation: 16 },
  model: { kind: 'mlp', hidden: [8], activation: 'tanh' },
  optimizer: { name: 'sgd' },
  batch: 16,
  steps: 20,
  evaluate: { every: 10 },
};
const spec = parseSpec(input);
const changed = (change: object): RunSpec => parseSpec({ ...input, ...change });

let kept: Checkpoint | undefined;
const checkpoint = async (): Promise<Checkpoint> =>
  (kept ??= await withTrainer(device(), spec, async (trainer) => {
    await train(trainer, 10);
    return trainer.checkpoint();
  }));

const mlp = (change: object): object => ({ model: { ...input.model, ...change } });

describe('a checkpoint', () => {
  it.each<[string, object, string]>([
    ['a larger model', mlp({ hidden: [9] }), 'model.hidden is [8], not [9]'],
    ['a deeper model', mlp({ hidden: [8, 8] }), 'model.hidden is [8], not [8,8]'],
    ['another activation', mlp({ activation: 'gelu' }), 'model.activation is "tanh", not "gelu"'],
    [
      'a task of another kind',
      { task: { name: 'shapes' } },
      "another model's: layers.0.weight is [8,1], not [8,2]",
    ],
    ['more replicas', { replicas: 2 }, 'replicas: the checkpoint has 1, this run 2'],
    [
      'another optimizer',
      { optimizer: { name: 'adamw' } },
      'optimizer.name: the checkpoint has the moments of sgd',
    ],
    ['a run that is shorter', { steps: 5 }, 'steps: the checkpoint is of step 10, behind the end at 5'],
  ])('is refused by %s', async (_, change, message) => {
    const given = await checkpoint();
    expect(() => refuseForeign(given, changed(change))).toThrow(message);
    await expect(Trainer.create(device(), changed(change), { checkpoint: given })).rejects.toThrow(message);
  });

  it('is taken by a run that is longer, or begins with other weights', async () => {
    const given = await checkpoint();
    refuseForeign(given, changed({ steps: 40 }));
    refuseForeign(given, changed(mlp({ outputScale: 1 })));
  });

  it('without moments begins a run, but does not go on with one', async () => {
    const given = await checkpoint();
    expect(() => refuseForeign({ ...given, moments: [] }, spec)).toThrow('lacks moments or state');
    expect(transferred(given, changed({ optimizer: { name: 'adamw' }, replicas: 2 }))).toHaveLength(
      2 * given.parameters.length,
    );
    expect(() => transferred(given, changed(mlp({ activation: 'relu' })))).toThrow(
      "the weights to begin with are another model's: model.activation",
    );
  });

  it('of two regressions and of two classes is no equal model', () => {
    const heads = (n: number): RunSpec =>
      parseSpec({ task: { name: 'backoff-language' }, model: { kind: 'transformer', heads: n, width: 8 } });
    const from = { spec: heads(2), step: 0, parameters: new Float32Array() };
    expect(() => transferred(from, heads(4))).toThrow('model.heads is 2, not 4');
  });

  it('can be scored by another trainer, as it was scored when it was made', async () => {
    const scored = await withTrainer(device(), spec, async (trainer) => {
      await train(trainer, 10);
      const own = await trainer.evaluate();
      return { own, weights: decodeWeights(encodeCheckpoint(await trainer.checkpoint())) };
    });
    await withTrainer(device(), changed({ optimizer: { name: 'adamw' } }), async (trainer) => {
      trainer.load(scored.weights);
      const { step, sets } = await trainer.evaluate();
      expect({ step, sets }).toEqual({ step: 10, sets: scored.own.sets });
      const other = { ...scored.weights, spec: changed(mlp({ activation: 'gelu' })) };
      expect(() => trainer.load(other)).toThrow('model.activation');
    });
  });

  it('tells a transposed matrix for what it is', async () => {
    const { tensors, metadata } = decodeSafetensors(encodeCheckpoint(await checkpoint()));
    const weight = tensors.get('layers.0.weight')!;
    tensors.set('layers.0.weight', { ...weight, shape: weight.shape.toReversed() });
    const file = encodeSafetensors({ tensors, metadata });
    for (const decode of [decodeCheckpoint, decodeWeights]) {
      expect(() => decode(file)).toThrow(
        'layers.0.weight has shape [1, 8], where [8, 1] is wanted: matrices are [out, in] here; this one is [in, out], as GPT-2',
      );
    }
  });

  it('of a newer version says so', async () => {
    const { tensors, metadata } = decodeSafetensors(encodeCheckpoint(await checkpoint()));
    metadata.spec = JSON.stringify({ ...spec, future: 1 });
    expect(() => decodeWeights(encodeSafetensors({ tensors, metadata }))).toThrow(
      /^was made by a newer version of Scaling Lab, or not by it\nspec\.future: unknown option/,
    );
  });

  it('is refused where another run’s is wanted', async () => {
    const file = encodeCheckpoint(await checkpoint());
    expect(decodeCheckpoint(file, { spec }).step).toBe(10);
    expect(() => decodeCheckpoint(file, { spec: changed({ seed: 2 }) })).toThrow(
      "checkpoint: is another run's: seed is 1, not 2",
    );
  });

  it('of replicas of which one has diverged is read, and goes on with the same bits', async () => {
    const three = changed({
      replicas: 3,
      learningRates: [0.01, 0.01, 100],
      steps: 40,
      model: { ...input.model, activation: 'square', outputScale: 1 },
    });
    const whole = await withTrainer(device(), three, async (trainer) => {
      await train(trainer);
      return { end: await trainer.checkpoint(), divergences: trainer.divergences };
    });
    expect(whole.divergences).toMatchObject([{ replica: 2 }]);
    expect(whole.divergences[0]!.step).toBeLessThan(10);
    const file = await withTrainer(device(), three, async (trainer) => {
      await train(trainer, 20);
      return encodeCheckpoint(await trainer.checkpoint());
    });
    const resumed = await Trainer.create(device(), three, {
      checkpoint: decodeCheckpoint(file, { spec: three }),
    });
    await train(resumed);
    expect(resumed.divergences).toEqual(whole.divergences);
    expect((await resumed.checkpoint()).parameters).toEqual(whole.end.parameters);
    resumed.destroy();
  });
});

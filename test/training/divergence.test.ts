/** Runs whose numbers are finite no more. */
import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { train, withTrainer } from '../support/train.ts';

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });

  test('stops a run that diverges at the step it names, and keeps the curve and the last good weights', async () => {
    const spec = parseSpec({
      task: { name: 'sine', points: 32, validation: 16 },
      model: { kind: 'mlp', hidden: [8], activation: 'square', outputScale: 1 },
      optimizer: { name: 'sgd', momentum: 0 },
      learningRate: 10,
      schedule: { name: 'constant', warmup: 0 },
      batch: 16,
      steps: 200,
      evaluate: { every: 2 },
    });
    await withTrainer(device(), spec, async (trainer) => {
      const { outcome, losses } = await train(trainer);
      expect(outcome).toBe('diverged');
      const { firstDivergence } = trainer;
      expect(losses).toHaveLength(firstDivergence! + 1);
      expect(losses.slice(0, -1).every(Number.isFinite)).toBe(true);
      expect(Number.isFinite(losses.at(-1))).toBe(false);
      const good = await trainer.lastGood();
      expect(good.parameters.every(Number.isFinite)).toBe(true);
      expect(good.step).toBeLessThanOrEqual(firstDivergence!);
      expect(good.step).toBeGreaterThanOrEqual(firstDivergence! - 3);
    });
  });

  test('stops a run whose gradients overflow though its loss is finite', async () => {
    const spec = parseSpec({
      task: { name: 'sine', points: 32, validation: 16 },
      model: { kind: 'mlp', hidden: [8, 8], activation: 'square' },
      optimizer: { name: 'sgd' },
      learningRate: 1,
      schedule: { name: 'constant', warmup: 0 },
      clip: 1e6,
      batch: 8,
      steps: 50,
    });
    await withTrainer(device(), spec, async (trainer) => {
      const { outcome, losses } = await train(trainer);
      expect(outcome).toBe('diverged');
      expect(losses).toHaveLength(trainer.firstDivergence! + 1);
      // Where it goes on from what was kept of it, it is known to have diverged, and when.
      const { firstDivergence } = trainer;
      const again = await Trainer.create(device(), spec, { checkpoint: await trainer.checkpoint() });
      expect(again.firstDivergence).toBe(firstDivergence);
      again.destroy();
    });
  });

  test('lets the other replicas go on when one diverges', async () => {
    const spec = parseSpec({
      task: { name: 'sine', points: 32, validation: 16 },
      model: { kind: 'mlp', hidden: [8], activation: 'square', outputScale: 1 },
      optimizer: { name: 'sgd', momentum: 0 },
      replicas: 2,
      learningRates: [10, 1e-3],
      schedule: { name: 'constant', warmup: 0 },
      batch: 16,
      steps: 40,
    });
    const { outcome, losses } = await withTrainer(device(), spec, (trainer) => train(trainer));
    expect(outcome).toBe('finished');
    const second = losses.filter((_, i) => i % 2 === 1);
    expect(second.every(Number.isFinite)).toBe(true);
    expect(second).toHaveLength(40);
  });
});

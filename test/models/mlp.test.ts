/** Options of MLPs that PyTorch's fixtures leave at their defaults. */
import { describe, expect, it } from 'vitest';
import { modelParameters } from '../../src/models/index.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { DEVICES, useDevice } from '../support/device.ts';

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });

  it('without biases: (Wa[a] + Wb[b])² Wo is two tables and a matrix, and learns', async () => {
    const spec = parseSpec({
      task: { name: 'modular-addition', prime: 7, fraction: 0.5 },
      model: {
        kind: 'mlp',
        combine: 'sum',
        embedding: 24,
        hidden: [],
        activation: 'square',
        bias: false,
        embeddingScale: 0.3,
        outputScale: 1,
      },
      schedule: { name: 'constant', warmup: 0 },
      learningRate: 1e-2,
      batch: 24,
      steps: 100,
    });
    const parameters = modelParameters(spec.model, taskOf(spec).shape);
    expect(parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['wte.weight', [14, 24]],
      ['layers.0.weight', [7, 24]],
    ]);
    const trainer = await Trainer.create(device(), spec);
    const losses: number[] = [];
    await trainer.run({
      evaluates: false,
      onEvent: (event) => event.kind === 'losses' && losses.push(...event.losses),
    });
    trainer.destroy();
    expect(losses.at(-1)!).toBeLessThan(0.2 * losses[0]!);
  });
});

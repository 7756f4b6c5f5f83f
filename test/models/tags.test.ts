/** MLPs whose rows end in a tag. */
import { describe, expect, it } from 'vitest';
import { countParameters } from '../../src/autodiff/index.ts';
import { modelParameters } from '../../src/models/index.ts';
import type { Examples } from '../../src/tasks/task.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { DEVICES, useDevice } from '../support/device.ts';

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });

  it('N = 2w² + (√K + domains + 130) w + 64 for embeddings of w/2 side by side and a hidden layer of 2w', () => {
    for (const w of [16, 32, 128]) {
      const model = { kind: 'mlp', embedding: w / 2, hidden: [2 * w] };
      const spec = parseSpec({ task: { name: 'domains', facts: 4096, domains: 8 }, model });
      const parameters = modelParameters(spec.model, taskOf(spec).shape);
      expect(countParameters(parameters)).toBe(2 * w * w + (64 + 8 + 130) * w + 64);
    }
  });

  it('a tag is as wide as what it is added to', () => {
    for (const [combine, width] of [
      ['concatenate', 12],
      ['sum', 6],
    ] as const) {
      const spec = parseSpec({
        task: { name: 'domains', facts: 64, domains: 3, domain: 0 },
        model: { kind: 'mlp', embedding: 6, combine },
      });
      const [wte, tag] = modelParameters(spec.model, taskOf(spec).shape);
      expect(wte).toMatchObject({ name: 'wte.weight', shape: [16, 6] });
      expect(tag).toMatchObject({ name: 'tag_embedding.weight', shape: [3, width] });
    }
  });

  /** Entropy in nats of the targets given all ids of their rows but the last. */
  function entropyWithoutTag({ rows, inputs, inputWidth, targets }: Examples): number {
    const counts = new Map<string, Map<number, number>>();
    for (let row = 0; row < rows; row++) {
      const key = inputs.subarray(row * inputWidth, (row + 1) * inputWidth - 1).join();
      const values = counts.get(key) ?? new Map<number, number>();
      values.set(targets[row]!, (values.get(targets[row]!) ?? 0) + 1);
      counts.set(key, values);
    }
    let sum = 0;
    for (const values of counts.values()) {
      const total = [...values.values()].reduce((a, b) => a + b);
      for (const count of values.values()) sum -= (count / rows) * Math.log(count / total);
    }
    return sum;
  }

  it.each(['concatenate', 'sum'])('learns what only the tag tells (%s)', async (combine) => {
    const spec = parseSpec({
      task: {
        name: 'domains',
        facts: 36,
        domains: 3,
        overrides: 1,
        common: 0.34,
        exponent: 0.5,
        noise: 0,
        pool: 4096,
        validation: 64,
      },
      model: { kind: 'mlp', embedding: 32, combine, hidden: [64] },
      batch: 64,
      steps: 300,
      learningRate: 1e-2,
    });
    const trainer = await Trainer.create(device(), spec);
    const losses: number[] = [];
    await trainer.run({
      evaluates: false,
      onEvent: (event) => event.kind === 'losses' && losses.push(...event.losses),
    });
    trainer.destroy();
    const bound = entropyWithoutTag(trainer.data.train);
    expect(bound).toBeGreaterThan(0.8);
    expect(Math.abs(losses[0]! - Math.log(64))).toBeLessThan(0.2);
    expect(losses.slice(-20).reduce((sum, loss) => sum + loss, 0) / 20).toBeLessThan(bound / 2);
  });
});

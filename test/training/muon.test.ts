/** Whole runs with Muon. */
import { describe, expect, it } from 'vitest';
import { encodeCheckpoint, type Checkpoint } from '../../src/training/results/checkpoint.ts';
import { decodeSafetensors } from '../../src/training/results/safetensors.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { DEVICES, useDevice } from '../support/device.ts';

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });

  const run = {
    task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 40, validation: 8 },
    model: { kind: 'transformer', layers: 2, width: 8, heads: 2 },
    optimizer: { name: 'muon', weightDecay: 0.1 },
    learningRate: 0.02,
    batch: 5,
    steps: 40,
    clip: 1,
    schedule: { warmup: 4 },
  };

  async function train(input: object): Promise<{ losses: number[]; end: Checkpoint }> {
    const trainer = await Trainer.create(device(), parseSpec(input));
    const losses: number[] = [];
    await trainer.run({
      evaluates: false,
      onEvent: (event) => {
        if (event.kind === 'losses') losses.push(...event.losses);
      },
    });
    const end = await trainer.checkpoint();
    trainer.destroy();
    return { losses, end };
  }

  it('gives the same bits for replicas as for runs of their own', async () => {
    const together = await train({ ...run, replicas: 3, seed: 5, learningRates: [0.02, 0.01, 0.05] });
    for (const [r, learningRate] of [
      [0, 0.02],
      [2, 0.05],
    ] as const) {
      const { losses, end } = await train({ ...run, seed: 5 + r, learningRate });
      expect(losses).toEqual(together.losses.filter((_, i) => i % 3 === r));
      const slice = end.parameters.length;
      expect(end.parameters).toEqual(together.end.parameters.slice(r * slice, (r + 1) * slice));
    }
    const mean = (values: number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(mean(together.losses.slice(-30))).toBeLessThan(mean(together.losses.slice(0, 30)) - 0.2);
  });

  it('keeps AdamW’s mean squares for all but the hidden matrices', async () => {
    const { end } = await train({ ...run, steps: 2 });
    const { tensors } = decodeSafetensors(encodeCheckpoint(end));
    const squares = [...tensors].filter(([name]) => name.startsWith('optimizer.exp_avg_sq.'));
    const without = squares.filter(([, { values }]) => values.every((value) => value === 0));
    const matrices = ['attn.c_attn', 'attn.c_proj', 'mlp.c_fc', 'mlp.c_proj'];
    expect(without.map(([name]) => name).sort()).toEqual(
      [0, 1].flatMap((layer) => matrices.map((name) => `optimizer.exp_avg_sq.h.${layer}.${name}.weight`)),
    );
    const means = [...tensors].filter(([name]) => name.startsWith('optimizer.exp_avg.'));
    expect(means.every(([, { values }]) => values.some((value) => value !== 0))).toBe(true);
  });

  it('is for models that have hidden matrices', () => {
    const optimizer = { name: 'muon' };
    const shapes = (hidden: number[]): object => ({
      task: { name: 'shapes' },
      model: { kind: 'mlp', hidden },
      optimizer,
    });
    expect(() => parseSpec(shapes([64]))).toThrow('optimizer.name: "muon" is for hidden matrices');
    expect(parseSpec(shapes([8, 8])).optimizer).toMatchObject({ momentum: 0.95, nesterov: true });
    // An embedding is an input layer of its own: what reads it is hidden.
    const domains = { task: { name: 'domains' }, model: { kind: 'mlp', hidden: [64] }, optimizer };
    expect(parseSpec(domains).optimizer.name).toBe('muon');
  });
});

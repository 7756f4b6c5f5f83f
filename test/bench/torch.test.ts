/** What PyTorch is given; PyTorch itself is run by hand (bench/torch/README.md). */
import { describe, expect, it } from 'vitest';
import { exported, main } from '../../bench/torch/export.ts';
import { tinyMlpCase } from '../../src/bench/workloads.ts';
import { useDevice } from '../support/device.ts';

describe('what PyTorch is given', () => {
  const device = useDevice();

  it('has all weights and batches by shape, and the losses that they lead to', async () => {
    const given = await exported(device(), 'tiny-mlp', tinyMlpCase(1));
    expect(given).toMatchObject({ targets: 'values', batch: 64, inputWidth: 2, targetWidth: 1 });
    const shapes = Object.entries(given.weights).map(([name, { shape, values }]) => {
      expect(values).toHaveLength(shape.reduce((product, n) => product * n, 1));
      return `${name} ${shape.join('×')}`;
    });
    expect(shapes).toContain('layers.1.weight 64×64');
    for (const { inputs, targets } of given.batches) {
      expect([inputs.length, targets.length]).toEqual([128, 64]);
      expect(new Set(targets)).toEqual(new Set([-1, 1]));
    }

    // The first loss again, from the JSON alone, in float64.
    const { weights, batches } = JSON.parse(JSON.stringify(given)) as typeof given;
    const layer = (x: number[], name: string): number[] => {
      const { shape, values } = weights[`${name}.weight`]!;
      const [out, width] = shape as [number, number];
      const bias = weights[`${name}.bias`]!.values;
      return Array.from({ length: out }, (_, o) =>
        x.reduce((sum, value, i) => sum + value * values[o * width + i]!, bias[o]!),
      );
    };
    const relu = (x: number[]): number[] => x.map((value) => Math.max(0, value));
    const { inputs, targets } = batches[0]!;
    const squares = targets.map((target, row) => {
      const x = inputs.slice(2 * row, 2 * row + 2);
      return (layer(relu(layer(relu(layer(x, 'layers.0')), 'layers.1')), 'layers.2')[0]! - target) ** 2;
    });
    const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    expect(given.losses[0]).toBeCloseTo(mean, 5);
  });

  it('wants to know where it goes', async () => {
    await expect(main([])).rejects.toThrow('--out FOLDER');
  });
});

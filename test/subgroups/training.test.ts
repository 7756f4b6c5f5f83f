/** Training on kernels for subgroups of 8, as on most machines without a GPU in Node: what models make of them. */
import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import { choiceOf, runsOn, useKernels } from '../../src/kernels/choice.ts';
import type { MatmulVariant } from '../../src/kernels/matmul.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { checkLinearBackward } from '../gpu/linear-backward.ts';
import { expectClose } from '../support/compare.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice();
const cpu = useDevice({ kind: 'cpu' });
const steps = 5;
const transformer = {
  task: { name: 'backoff-language', vocabulary: 12, length: 8, pool: 256, validation: 32 },
  model: { kind: 'transformer', layers: 1, width: 16, heads: 2 },
  batch: 24,
  steps,
};
const mlp = {
  task: { name: 'sine' },
  model: { kind: 'mlp', hidden: [18], activation: 'gelu' },
  batch: 32,
  steps,
  precision: 'f16',
};

async function losses(on: Device, input: object): Promise<number[]> {
  const trainer = await Trainer.create(on, parseSpec(input), { persistent: false });
  try {
    const all: number[] = [];
    const onEvent = (event: { kind: string; losses?: Float32Array }): unknown =>
      event.kind === 'losses' && all.push(...event.losses!);
    await trainer.run({ evaluates: false, onEvent });
    expect(all).toHaveLength(steps);
    return all;
  } finally {
    trainer.destroy();
  }
}

function by(variant: MatmulVariant): Device {
  useKernels(device(), choiceOf(variant, device().grants));
  return device();
}

describe('training by subgroups', () => {
  it('gives a transformer the losses that the processor has', async ({ skip }) => {
    skip(!runsOn(device(), 'subgroup'));
    expectClose(await losses(by('subgroup'), transformer), await losses(cpu(), transformer), 2e-5, 'losses');
  });

  it('gives an MLP in half precision the losses of plain kernels', async ({ skip }) => {
    skip(!runsOn(device(), 'subgroup') || !device().has('shader-f16'));
    expectClose(await losses(by('subgroup'), mlp), await losses(by('register'), mlp), 1e-3, 'losses');
  });

  it('does two products in one dispatch, bit for bit as in two', async ({ skip }) => {
    skip(!runsOn(device(), 'subgroup'));
    await checkLinearBackward(device(), 'subgroup', true);
  });
});

/**
 * WebGPU's compatibility mode: a device that was asked for without the core's features and limits. That every shader
 * compiles on one is shown by shaders.test.ts; all tests of kernels and models run on one with
 * `FEATURE_LEVEL=compatibility npx vitest run test/kernels test/models`, which takes minutes.
 */
import { describe, expect, it } from 'vitest';
import { LEAST } from '../../src/gpu/grants.ts';
import { Device } from '../../src/gpu/device.ts';
import { choiceOf, useKernels } from '../../src/kernels/choice.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { createGPU } from '../../src/cli/driver.ts';
import { expectClose } from '../support/compare.ts';
import { useDevice } from '../support/device.ts';
import { type Curve, train, withTrainer } from '../support/train.ts';

const core = useDevice({ featureLevel: 'core' });
const compatible = useDevice({ featureLevel: 'compatibility', defaultLimits: true });

/** A GPU that has adapters of some levels only, as far as asking goes. */
function offering(...levels: string[]): { gpu: GPU; asked: (string | undefined)[] } {
  const dawn = createGPU();
  const asked: (string | undefined)[] = [];
  const requestAdapter = async (options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
    asked.push(options?.featureLevel);
    return levels.includes(options?.featureLevel ?? 'core') ? await dawn.requestAdapter(options) : null;
  };
  return { gpu: { requestAdapter } as GPU, asked };
}

describe('compatibility mode', () => {
  it('grants fewer threads, and the rest of what kernels are built for', () => {
    expect(compatible().grants).toEqual(LEAST);
    expect(compatible().has('core-features-and-limits')).toBe(false);
    expect(core().grants.threads).toBe(256);
  });

  it('is the second choice, after the core', async () => {
    const both = offering('core', 'compatibility');
    const first = await Device.acquire(both.gpu);
    expect([first.featureLevel, both.asked]).toEqual(['core', ['core']]);
    first.destroy();
    const one = offering('compatibility');
    const second = await Device.acquire(one.gpu);
    expect([second.featureLevel, one.asked]).toEqual(['compatibility', ['core', 'compatibility']]);
    // Where the adapter has more than the mode grants by itself, kernels are those of the core.
    expect(second.grants.threads).toBe(256);
    second.destroy();
    await expect(Device.acquire(offering().gpu)).rejects.toThrow('no graphics adapter');
  });

  it.each([
    {
      task: { name: 'backoff-language', length: 8, vocabulary: 12, pool: 64, validation: 16 },
      model: { kind: 'transformer', layers: 1, width: 16, heads: 2 },
      clip: 1,
      batch: 8,
      steps: 12,
      replicas: 2,
    },
    { task: { name: 'shapes' }, model: { kind: 'mlp', hidden: [16, 16] }, batch: 32, steps: 40 },
  ])('trains a $model.kind as the core does', async (input) => {
    const spec = parseSpec(input);
    const curve = (device: Device): Promise<Curve> => {
      // Tiles in workgroup memory, as GPUs have them, take minutes to compile for the CPU.
      const kernels = choiceOf('register', device.grants);
      useKernels(device, { ...kernels, serial: spec.model.kind === 'transformer', persistentUpTo: 0 });
      return withTrainer(device, spec, (trainer) => train(trainer));
    };
    const [expected, actual] = [await curve(core()), await curve(compatible())];
    expect(actual.outcome).toBe('finished');
    expectClose(actual.losses, expected.losses, 1e-4, 'losses');
    expect(actual.losses.at(-1)).toBeLessThan(actual.losses[0]!);
  });
});

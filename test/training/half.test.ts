/** Runs in half precision: nearly the same losses from half the memory of activations. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../src/gpu/device.ts';
import { createGPU } from '../../src/cli/driver.ts';
import { choiceOf, kernelChoice, runsOn, useKernels, usualChoice } from '../../src/kernels/choice.ts';
import { MATMUL_VARIANTS, VARIANTS } from '../../src/kernels/matmul-variants.ts';
import { planTraining, trainingBytes } from '../../src/training/trainer/memory.ts';
import { trainingStep } from '../../src/training/trainer/programs.ts';
import { parseSpec, taskOf, type RunSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { expectClose } from '../support/compare.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice();
/** Single precision is held against the GPU's by other tests: here nothing of it needs to be compiled. */
const cpu = useDevice({ kind: 'cpu' });

const language = { name: 'backoff-language', vocabulary: 12, length: 8, pool: 256, validation: 32 };
const transformer = {
  task: language,
  model: { kind: 'transformer', layers: 2, width: 16, heads: 2 },
  batch: 24,
  steps: 60,
};
const mlp = {
  task: { name: 'sine' },
  model: { kind: 'mlp', hidden: [18, 12], activation: 'gelu' },
  batch: 32,
  steps: 60,
};

/** All that a model's products are taken from, but `subgroup` (test/subgroups). */
const VARIANTS_OF_MODELS = MATMUL_VARIANTS.filter(
  (variant) => variant !== 'subgroup' && (VARIANTS[variant].serial ?? VARIANTS[variant].tunedFor),
);

async function train(changes: object, steps?: number) {
  const spec: RunSpec = parseSpec(changes);
  const on = spec.precision === 'f32' ? cpu() : device();
  const trainer = await Trainer.create(on, spec, { persistent: false });
  try {
    const losses: number[] = [];
    const onEvent = (event: { kind: string; losses?: Float32Array }): void => {
      if (event.kind === 'losses') losses.push(...event.losses!);
    };
    await trainer.run({ evaluates: false, onEvent, ...(steps !== undefined && { steps }) });
    const { sets } = await trainer.evaluate();
    const checkpoint = await trainer.checkpoint();
    return { losses, validation: sets.validation![0]!.loss!, checkpoint };
  } finally {
    trainer.destroy();
  }
}

describe('half precision', () => {
  it.each([
    ['a transformer', transformer],
    [
      'a transformer of odd width, tied, one learning rate a replica',
      {
        ...transformer,
        model: { kind: 'transformer', layers: 1, width: 9, heads: 3, tied: true },
        replicas: 2,
        learningRates: [1e-3, 3e-3],
      },
    ],
    ['an MLP on vectors', mlp],
    [
      'an MLP on tokens, with Muon',
      {
        task: { name: 'modular-addition', prime: 11 },
        model: { kind: 'mlp', hidden: [16, 16], embedding: 8 },
        optimizer: { name: 'muon' },
        batch: 32,
        steps: 60,
      },
    ],
  ])('%s: losses and score within a hundredth of those in single precision', async (_name, run) => {
    const single = await train(run);
    const half = await train({ ...run, precision: 'f16' });
    expect(half.losses).not.toEqual(single.losses);
    expectClose(half.losses.slice(0, 2), single.losses.slice(0, 2), 1e-3, 'first losses');
    expectClose(half.losses, single.losses, 1e-2, 'losses');
    expect(Math.abs(half.validation / single.validation - 1)).toBeLessThan(0.01);
  });

  it('takes less memory where activations weigh most', () => {
    const bytes = (precision: string): number => {
      const spec = parseSpec({ ...transformer, batch: 512, precision });
      const { task, options, shape } = taskOf(spec);
      const memory = planTraining(spec, shape, task.generate(options, spec.dataSeed).train);
      return trainingBytes(memory, trainingStep(spec, shape, memory, kernelChoice(device()), false));
    };
    expect(bytes('f16')).toBeLessThan(0.8 * bytes('f32'));
  });

  it('goes on from a checkpoint with the same bits', async () => {
    const run = { ...transformer, precision: 'f16' };
    const { losses } = await train(run);
    const { checkpoint } = await train(run, 25);
    const trainer = await Trainer.create(device(), parseSpec(run), { checkpoint });
    const rest: number[] = [];
    await trainer.run({ onEvent: (event) => event.kind === 'losses' && rest.push(...event.losses) });
    trainer.destroy();
    expect(rest).toEqual(losses.slice(25));
  });

  it.for(VARIANTS_OF_MODELS)('gives the same first losses with %s products', async (variant, { skip }) => {
    skip(!runsOn(device(), variant));
    // One kind of tile runs all kernels of a transformer; the others, and quads, compile for long.
    const model =
      variant.includes('-') || variant === 'quad'
        ? mlp
        : { ...transformer, model: { ...transformer.model, layers: 1 } };
    const run = { ...model, steps: 3, precision: 'f16' };
    const usual = await train(run);
    try {
      useKernels(device(), choiceOf(variant));
      expectClose((await train(run)).losses, usual.losses, 1e-3, variant);
    } finally {
      useKernels(device(), usualChoice(device()));
    }
  });

  it('is refused where shaders have no f16', async () => {
    const plain = await Device.acquire(createGPU(), { defaultLimits: true });
    await expect(Trainer.create(plain, parseSpec({ ...mlp, precision: 'f16' }))).rejects.toThrow(
      'precision: must be f32 here',
    );
    plain.destroy();
  });

  it('is one of two words', () => {
    expect(() => parseSpec({ ...mlp, precision: 'f8' })).toThrow(
      'precision: must be one of f32, f16, not "f8"',
    );
  });
});

/**
 * The persistent MLP kernel: the same runs as by dispatches, to rounding. The dispatches run on the CPU device, which compiles
 * nothing; on a GPU they are held against it by the tests of the kernels, and here once.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import { useKernels, usualChoice } from '../../src/kernels/choice.ts';
import type { TaskData } from '../../src/tasks/index.ts';
import { parseSpec, taskOf, type RunSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { canBePersistent } from '../../src/training/trainer/persistent-mlp.ts';
import { expectClose } from '../support/compare.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice();
const cpu = useDevice({ kind: 'cpu' });

const sine = { name: 'sine' };
const shapes = { name: 'shapes', points: 60, validation: 32 };
const common = {
  task: shapes,
  model: { kind: 'mlp', hidden: [13, 6], activation: 'gelu' },
  batch: 18,
  steps: 200,
  schedule: { name: 'cosine', warmup: 20 },
};

interface Options {
  /** steps of each call of `run` */
  parts?: number[];
  data?: TaskData;
  on?: Device;
}

const deep = {
  task: sine,
  model: { kind: 'mlp', hidden: [5, 6, 7], activation: 'square' },
  optimizer: { name: 'sgd' },
  learningRate: 1e-5,
  schedule: { name: 'drop' },
};

/** Losses and final weights. */
async function train(
  spec: RunSpec,
  persistent: boolean,
  { parts = [spec.steps], data, on = persistent ? device() : cpu() }: Options = {},
) {
  const trainer = await Trainer.create(on, spec, { persistent, ...(data && { data }) });
  try {
    expect(trainer.info.flopsPerStep).toBeGreaterThan(0);
    expect(trainer.info.dispatchesPerStep === 1).toBe(persistent);
    const losses: number[] = [];
    for (const steps of parts) {
      await trainer.run({
        steps,
        evaluates: false,
        onEvent: (event) => event.kind === 'losses' && losses.push(...event.losses),
      });
    }
    return { losses, checkpoint: await trainer.checkpoint() };
  } finally {
    trainer.destroy();
  }
}

describe.each([
  ['adapters that compute on the CPU', true],
  ['GPUs', false],
])('the persistent MLP kernel, for %s', (_name, serial) => {
  beforeEach(() => useKernels(device(), { ...usualChoice(device()), serial }));
  afterEach(() => useKernels(device(), usualChoice(device())));

  it.each<[string, object]>([
    ['AdamW, cross-entropy, gelu, cosine', {}],
    [
      'AdamW, squares, constant, no hidden layer, replicas with shares of the examples of their own',
      {
        task: sine,
        model: { kind: 'mlp', hidden: [] },
        schedule: { name: 'constant', warmup: 0 },
        replicas: 3,
        trainingFractions: [1, 0.5, 0.07],
      },
    ],
    [
      'SGD with momentum, cross-entropy, relu, linear decay, no bias',
      {
        model: { kind: 'mlp', hidden: [13, 6], activation: 'relu', bias: false },
        optimizer: { name: 'sgd', momentum: 0.9, weightDecay: 0.01 },
        learningRate: 0.05,
        schedule: { name: 'linear-decay', warmup: 0 },
      },
    ],
    ['SGD, squares, square, one layer more, drop', deep],
    [
      'replicas with rates and decays of their own',
      { replicas: 2, learningRates: [1e-3, 1e-2], weightDecays: [0, 1] },
    ],
  ])('%s: 200 losses and the weights agree with the dispatches', async (_name, changes) => {
    const spec = parseSpec({ ...common, ...changes });
    const ordinary = await train(spec, false);
    expect(ordinary.losses.every(Number.isFinite), 'the dispatches diverge').toBe(true);
    const persistent = await train(spec, true);
    expectClose(persistent.losses, ordinary.losses, 1e-3, 'losses');
    expectClose(persistent.losses.slice(0, 10), ordinary.losses.slice(0, 10), 2e-5, 'first losses');
    expectClose(persistent.checkpoint.parameters, ordinary.checkpoint.parameters, 1e-3, 'weights');
    expect(persistent.checkpoint.step).toBe(spec.steps);
  });

  it('leaves out targets of −1, as the dispatches do', async () => {
    const spec = parseSpec(common);
    const { task, options } = taskOf(spec);
    const data = task.generate(options, 1);
    data.train.targets.forEach((_, row, targets) => row % 3 && (targets[row] = -1));
    const ordinary = await train(spec, false, { data });
    const persistent = await train(spec, true, { data });
    expectClose(persistent.losses, ordinary.losses, 1e-3, 'losses');
    expectClose(persistent.checkpoint.parameters, ordinary.checkpoint.parameters, 1e-3, 'weights');
    expect(persistent.losses).not.toEqual((await train(spec, true)).losses);
  });

  it('gives the same bits however the steps are cut into submits', async () => {
    const spec = parseSpec(common);
    const one = await train(spec, true);
    const cut = await train(spec, true, { parts: [1, 2, 60, 37, 100] });
    expect(cut.losses).toEqual(one.losses);
    expect(cut.checkpoint.parameters).toEqual(one.checkpoint.parameters);
  });

  it('gives replica r the bits of the run with seed + r', async () => {
    const many = await train(parseSpec({ ...common, replicas: 2 }), true);
    const second = await train(parseSpec({ ...common, seed: 2 }), true);
    expect(many.losses.filter((_, i) => i % 2 === 1)).toEqual(second.losses);
  });

  it('goes on from a checkpoint of the other way', async () => {
    const spec = parseSpec(common);
    const { losses } = await train(spec, false);
    const { checkpoint } = await train(spec, false, { parts: [80] });
    const trainer = await Trainer.create(device(), spec, { checkpoint, persistent: true });
    const rest: number[] = [];
    await trainer.run({ onEvent: (event) => event.kind === 'losses' && rest.push(...event.losses) });
    trainer.destroy();
    expectClose(rest, losses.slice(80), 1e-3, 'losses after the checkpoint');
  });

  it('halts where the loss is not finite', async () => {
    const spec = parseSpec({ ...common, ...deep, learningRate: 50 });
    const trainer = await Trainer.create(device(), spec, { persistent: true });
    expect(await trainer.run({ evaluates: false })).toBe('diverged');
    const { state } = await trainer.checkpoint();
    expect(state[7]).toBe(trainer.firstDivergence! + 1);
    trainer.destroy();
  });
});

describe('the persistent MLP kernel for GPUs', () => {
  afterEach(() => useKernels(device(), usualChoice(device())));

  it('agrees with the dispatches of the same device', async () => {
    const spec = parseSpec(common);
    const ordinary = await train(spec, false, { on: device() });
    useKernels(device(), { ...usualChoice(device()), serial: false });
    const persistent = await train(spec, true);
    expectClose(persistent.losses, ordinary.losses, 1e-3, 'losses');
    expectClose(persistent.checkpoint.parameters, ordinary.checkpoint.parameters, 1e-3, 'weights');
  });

  it('adds the gradients up where the batch does not fit at once', async () => {
    const spec = parseSpec({ ...common, batch: 40 });
    const usual = usualChoice(device());
    const grants = { ...usual.grants, workgroupStorage: 9000 };
    useKernels(device(), { ...usual, serial: false, grants });
    const ordinary = await train(spec, false);
    const persistent = await train(spec, true);
    expectClose(persistent.losses, ordinary.losses, 1e-3, 'losses');
    expectClose(persistent.checkpoint.parameters, ordinary.checkpoint.parameters, 1e-3, 'weights');
  });

  it('agrees where loops and layers are unrolled', async () => {
    const spec = parseSpec({
      ...common,
      task: sine,
      model: { kind: 'mlp', hidden: [3, 2] },
      batch: 8,
      steps: 20,
    });
    useKernels(device(), { ...usualChoice(device()), serial: false });
    const looped = await train(spec, true);
    useKernels(device(), { ...usualChoice(device()), serial: false, unrolled: true });
    const written = await train(spec, true);
    expectClose(written.losses, looped.losses, 1e-5, 'losses');
    expectClose(written.checkpoint.parameters, looped.checkpoint.parameters, 1e-5, 'weights');
  });
});

describe('the choice by size', () => {
  const dispatches = async (changes: object): Promise<number> => {
    const trainer = await Trainer.create(device(), parseSpec({ ...common, ...changes }));
    trainer.destroy();
    return trainer.info.dispatchesPerStep;
  };
  const limited = async (persistentUpTo: number, changes = {}): Promise<number> => {
    useKernels(device(), { ...usualChoice(device()), persistentUpTo });
    try {
      return await dispatches(changes);
    } finally {
      useKernels(device(), usualChoice(device()));
    }
  };
  const model = { kind: 'mlp', hidden: [8, 8] };
  const size = 2 * 8 + 8 + 8 * 8 + 8 + 8 + 1;

  it('goes by parameters times batch, whatever the replicas', async () => {
    const run = { task: sine, model: { ...model, activation: 'tanh' }, batch: 16 };
    const parameters = size - 8; // one input
    expect(await limited(parameters * 16, run)).toBe(1);
    expect(await limited(parameters * 16, { ...run, replicas: 3 })).toBe(1);
    expect(await limited(parameters * 16 - 1, run)).toBeGreaterThan(1);
  });

  it('takes small MLPs by itself', async () => {
    const small = { task: sine, model, batch: 64 };
    expect(await dispatches(small)).toBe(1);
    const large = { kind: 'mlp', hidden: [256, 256] };
    expect(await dispatches({ ...small, model: large })).toBeGreaterThan(1);
  });
});

describe('which runs use the persistent MLP kernel', () => {
  const can = (changes: object): boolean => {
    const spec = parseSpec({ ...common, ...changes });
    return canBePersistent(spec, taskOf(spec).shape, usualChoice(device()));
  };
  it('covers MLPs on vectors with AdamW or SGD, without clipping', () => {
    expect(can({})).toBe(true);
    expect(can({ task: sine, optimizer: { name: 'sgd' } })).toBe(true);
    expect(can({ clip: 1 })).toBe(false);
    expect(can({ precision: 'f16' })).toBe(false);
    expect(can({ optimizer: { name: 'muon' } })).toBe(false);
    expect(can({ task: { name: 'modular-addition' }, model: { kind: 'mlp' } })).toBe(false);
    const wide = { model: { kind: 'mlp', hidden: [256, 256] } };
    expect(can(wide)).toBe(usualChoice(device()).serial); // no workgroup's memory holds it
  });
});

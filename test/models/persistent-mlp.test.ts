/** The persistent MLP kernel against PyTorch. */
import { describe, expect, it } from 'vitest';
import { Arena } from '../../src/autodiff/index.ts';
import { Program } from '../../src/gpu/program.ts';
import { allocateTensor, download, size, upload } from '../../src/gpu/tensor.ts';
import { persistentMlp } from '../../src/kernels/persistent-mlp.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import { modelParameters } from '../../src/models/index.ts';
import { expectClose } from '../support/compare.ts';
import { useDevice } from '../support/device.ts';
import { loadFixture, modelOf } from '../support/fixtures.ts';

/** Relative, L2 per tensor. */
const TOLERANCE = 1e-4;
const device = useDevice();

/** Cross-entropy and squared error; test/training/persistent-mlp has the other activations, against the dispatches. */
const layouts = [true, false].flatMap((serial) => ['mlp-gelu', 'mlp-tanh'].map((name) => ({ name, serial })));

describe('the persistent MLP kernel against PyTorch', () => {
  it.each(layouts)(
    '$name, serial $serial: 20 losses and the weights after them',
    async ({ name, serial }) => {
      const { weights, optimizer, batches, losses, finalWeights, ...fixture } = loadFixture(name);
      const { model, shape } = modelOf({ weights, optimizer, batches, losses, finalWeights, ...fixture });
      if (model.kind !== 'mlp') throw new Error(`${name} is no MLP.`);
      const arena = new Arena(modelParameters(model, shape), 1);
      arena.allocate(device());
      for (const { name, offset } of arena.slots)
        upload(device(), arena.values.storage, Float32Array.from(weights[name]!.values), offset);

      // All batches are one pool, which the steps go through in its order.
      const integerTargets = shape.targets.kind === 'classes';
      const [batch = 0, width = 0] = batches[0]!.inputs.shape;
      const rows = batch * batches.length;
      const inputs = allocateTensor(device(), 'inputs', [rows, width], 1);
      const targets = allocateTensor(device(), 'targets', [rows, batches[0]!.targets.shape[1] ?? 1], 1);
      const wanted = batches.flatMap(({ targets }) => targets.values);
      upload(device(), inputs.storage, Float32Array.from(batches.flatMap(({ inputs }) => inputs.values)));
      upload(device(), targets.storage, integerTargets ? Int32Array.from(wanted) : Float32Array.from(wanted));

      const state = allocateTensor(device(), 'state', [STATE_WORDS], 1);
      const words = new Float32Array(STATE_WORDS);
      words[STATE.peakLearningRate] = optimizer.learningRate;
      words[STATE.weightDecay] = optimizer.weightDecay;
      upload(device(), state.storage, words);
      const ring = allocateTensor(device(), 'ring', [batches.length, 1], 1);
      const [m, v] = [0, 1].map((i) => allocateTensor(device(), `moment ${i}`, [arena.length], 1));
      const steps = persistentMlp({
        layers: [...model.hidden, 0].map((_, layer) => ({
          weight: arena.get(`layers.${layer}.weight`).value,
          bias: arena.get(`layers.${layer}.bias`).value,
        })),
        activation: model.activation,
        inputs,
        targets,
        integerTargets,
        batch,
        inOrder: true,
        parameters: arena.values,
        optimizer: { adamw: { ...optimizer, m: m!, v: v! } },
        state,
        ring,
        schedule: { name: 'constant', final: 1 },
        serial,
      });
      const program = await Program.build(device(), [steps], [], { label: name });
      program.run(batches.length);

      const measured = new Float32Array(await download(device(), ring.storage));
      losses.forEach((loss, i) => expectClose([measured[i]!], [loss], TOLERANCE, `loss of step ${i}`));
      const final = new Float32Array(await download(device(), arena.values.storage));
      for (const { name, shape, offset } of arena.slots) {
        const values = final.subarray(offset, offset + size({ shape }));
        expectClose(values, finalWeights[name]!.values, TOLERANCE, `final ${name}`);
      }
      expect(measured).toHaveLength(20);
    },
  );
});

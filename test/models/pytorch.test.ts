/** Models against PyTorch: logits, loss, every gradient, twenty updates. */
import { describe, expect, it } from 'vitest';
import { Arena, Tape } from '../../src/autodiff/index.ts';
import type { Device } from '../../src/gpu/device.ts';
import { Program } from '../../src/gpu/program.ts';
import { allocateTensor, download, size, upload, type Tensor } from '../../src/gpu/tensor.ts';
import { choiceOf } from '../../src/kernels/choice.ts';
import type { MatmulVariant } from '../../src/kernels/matmul.ts';
import { adamw, sgd } from '../../src/kernels/optimizer.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import { endStep, gradientNorm } from '../../src/kernels/step.ts';
import { forward, modelParameters } from '../../src/models/index.ts';
import { emitMuon } from '../../src/training/trainer/muon.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { loadFixture, modelOf, type FixtureTensor, type ModelFixture } from '../support/fixtures.ts';

/** Relative, L2 per tensor. */
const TOLERANCE = 1e-4;
const TIGHT = 2e-5;

class FixtureRun {
  private constructor(
    private readonly device: Device,
    private readonly fixture: ModelFixture,
    readonly arena: Arena,
    private readonly state: Tensor,
    private readonly inputs: Tensor,
    private readonly targets: Tensor,
    readonly logits: Tensor,
    private readonly ring: Tensor,
    private readonly program: Program,
  ) {}

  static async build(device: Device, fixture: ModelFixture, variant: MatmulVariant): Promise<FixtureRun> {
    const { model, shape } = modelOf(fixture);
    const { optimizer, batches } = fixture;
    const arena = new Arena(modelParameters(model, shape), 1);
    arena.allocate(device);
    for (const { name, offset } of arena.slots) {
      upload(device, arena.values.storage, Float32Array.from(fixture.weights[name]!.values), offset);
    }
    const state = allocateTensor(device, 'state', [STATE_WORDS], 1);
    const words = new Uint32Array(STATE_WORDS);
    const floats = new Float32Array(words.buffer);
    floats[STATE.peakLearningRate] = optimizer.learningRate;
    floats[STATE.weightDecay] = optimizer.weightDecay;
    floats[STATE.gradientScale] = 1;
    upload(device, state.storage, words);
    const ring = allocateTensor(device, 'ring', [batches.length, 1], 1);
    const inputs = allocateTensor(device, 'inputs', batches[0]!.inputs.shape, 1);
    const targets = allocateTensor(device, 'targets', batches[0]!.targets.shape, 1);
    const moments = [0, 1].map((i) => allocateTensor(device, `moment ${i}`, [arena.length], 1));

    const tape = new Tape(1, choiceOf(variant, device.grants));
    const { threads } = tape;
    const { loss } = fixture.config;
    const classes = loss !== 'mse';
    const rows = classes ? size(targets) : targets.shape[0]!;
    const schedule = { name: 'constant' as const, final: 1 };
    const logits = forward(tape, (name) => arena.get(name), model, shape, inputs);
    const losses = classes
      ? tape.classLoss(logits, { ...targets, shape: [rows] }, state, loss)
      : tape.meanSquaredError(logits, targets);
    tape.backward();
    const { clipNorm } = optimizer;
    if (clipNorm) tape.emit(gradientNorm({ gradients: arena.gradients, state, clip: clipNorm, threads }));
    tape.emit(endStep({ state, losses, ring, divideBy: classes ? 'count' : rows, schedule }));
    const common = {
      parameters: arena.values,
      gradients: arena.gradients,
      decay: arena.decay,
      state,
      clips: clipNorm !== null,
      threads,
    };
    const [m, v] = moments as [Tensor, Tensor];
    const { name, momentum, adamwRate } = optimizer;
    if (name === 'adamw') tape.emit(adamw({ ...common, ...optimizer, m, v }));
    if (name === 'sgd') tape.emit(sgd({ ...common, buffer: m, momentum }));
    if (name === 'muon') {
      tape.emit(adamw({ ...common, ...optimizer, m, v, except: arena.hidden, rate: adamwRate }));
      emitMuon(tape, { ...optimizer, arena, m, state, clips: common.clips });
    }
    const program = await Program.build(device, tape.dispatches, [logits], { label: 'fixture' });
    return new FixtureRun(device, fixture, arena, state, inputs, targets, logits, ring, program);
  }

  step(i: number): void {
    const { inputs, targets } = this.fixture.batches[i]!;
    const { kind, config } = this.fixture;
    upload(this.device, this.inputs.storage, this.fill(inputs, kind === 'transformer' || 'tags' in config));
    upload(this.device, this.targets.storage, this.fill(targets, this.fixture.config.loss !== 'mse'));
    const scored = targets.values.filter((target) => target >= 0).length;
    upload(this.device, this.state.storage, Uint32Array.of(scored), STATE.count);
    this.program.run();
  }

  async read(tensor: Tensor): Promise<Float32Array> {
    return new Float32Array(await download(this.device, tensor.storage, 0, size(tensor)));
  }

  async losses(): Promise<Float32Array> {
    return this.read(this.ring);
  }

  async parameters(of: Tensor): Promise<Map<string, Float32Array>> {
    const slice = new Float32Array(await download(this.device, of.storage));
    return new Map(
      this.arena.slots.map(({ name, shape, offset }) => [
        name,
        slice.subarray(offset, offset + size({ shape })),
      ]),
    );
  }

  private fill(
    { values }: FixtureTensor,
    integers: boolean,
  ): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
    return integers ? Int32Array.from(values) : Float32Array.from(values);
  }
}

const fixtures = [
  'transformer',
  'transformer-tied',
  'attention-only',
  'mlp-relu',
  'mlp-gelu',
  'mlp-tanh',
  'mlp-square',
  'mlp-sgd-clip',
  'mlp-tags',
  'mlp-tags-sum',
  'transformer-muon',
  'mlp-muon',
  'transformer-squared-error',
  'transformer-stablemax',
  'mlp-squared-error',
  'mlp-stablemax',
].map((name) => ({ name, variant: 'register' as const }));

/** On a GPU, where each has to be compiled: all kernels, options of kernels, losses and activations that the others have. */
const ENOUGH = [
  'transformer-tied',
  'mlp-square',
  'mlp-sgd-clip',
  'mlp-tags',
  'mlp-tags-sum',
  'transformer-muon',
  'mlp-muon',
  'transformer-stablemax',
  'mlp-squared-error',
];

/** The kernels' own tests hold the products apart; here one model of each kind shows that they fit in. */
const withOthers = [
  { name: 'transformer-tied', variant: 'tiled' },
  { name: 'mlp-sgd-clip', variant: 'tiled' },
  { name: 'transformer', variant: 'tiled-32x32' },
  { name: 'mlp-gelu', variant: 'tiled-64x32' },
  { name: 'mlp-muon', variant: 'tiled-64x64' },
] as const;

const onGPU = [...fixtures.filter(({ name }) => ENOUGH.includes(name)), ...withOthers];

describe.each(DEVICES)('models against PyTorch, on the %s', (kind) => {
  const device = useDevice({ kind });

  it.each(kind === 'cpu' ? fixtures : onGPU)(
    '$name, $variant product: logits, loss, gradients and 20 updates',
    async ({ name, variant }) => {
      const fixture = loadFixture(name);
      const run = await FixtureRun.build(device(), fixture, variant);
      run.step(0);

      expectClose(await run.read(run.logits), fixture.logits.values, TIGHT, 'logits');
      expectClose([(await run.losses())[0]!], [fixture.loss], TIGHT, 'loss');
      const gradients = await run.parameters(run.arena.gradients);
      expect([...gradients.keys()].sort()).toEqual(Object.keys(fixture.gradients).sort());
      for (const [parameter, gradient] of gradients) {
        expectClose(gradient, fixture.gradients[parameter]!.values, TIGHT, `gradient of ${parameter}`);
      }

      for (let i = 1; i < fixture.batches.length; i++) run.step(i);
      const losses = await run.losses();
      fixture.losses.forEach((loss, i) => expectClose([losses[i]!], [loss], TOLERANCE, `loss of step ${i}`));
      for (const [parameter, value] of await run.parameters(run.arena.values)) {
        expectClose(value, fixture.finalWeights[parameter]!.values, TOLERANCE, `final ${parameter}`);
      }
    },
  );
});

import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import type { Dispatch } from '../../src/gpu/kernel.ts';
import { Program } from '../../src/gpu/program.ts';
import { ALIGNMENT, upload, type Tensor } from '../../src/gpu/tensor.ts';
import { adamw, sgd, type AdamW, type Update } from '../../src/kernels/optimizer.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import { expectClose } from '../support/compare.ts';

import { DEVICES, useDevice } from '../support/device.ts';
import * as oracle from '../support/oracles/optimizer.ts';
import { floats, normals, runOnce, tensorOf } from '../support/run.ts';
import { replicasOf, stridedOf } from '../support/strided.ts';

/** 9 blocks: more than one workgroup, and the last one partly filled. */
const P = 9 * ALIGNMENT;
const DECAY = Array.from({ length: P / ALIGNMENT }, (_, block) => [1, 0, 0.5][block % 3]!);
const REPLICAS = [
  { learningRate: 3e-3, weightDecay: 0.1, scale: 1 },
  { learningRate: 0.1, weightDecay: 0, scale: 0.25 },
  { learningRate: 1e-4, weightDecay: 5, scale: 0.01 },
];

/** Puts the state of each replica before update `t`. */
function setState(device: Device, state: Tensor, t: number, halted: readonly number[] = [0, 0, 0]): void {
  REPLICAS.forEach(({ learningRate, weightDecay, scale }, r) => {
    const floats = new Float32Array(STATE_WORDS).fill(NaN);
    const words = new Uint32Array(floats.buffer);
    words[STATE.step] = t;
    words[STATE.halted] = halted[r]!;
    floats[STATE.learningRate] = learningRate;
    floats[STATE.weightDecay] = weightDecay;
    floats[STATE.gradientScale] = scale;
    upload(device, state.storage, floats, r * STATE_WORDS);
  });
}

interface Memory {
  common: Update;
  start: Float32Array[];
  moments: Tensor[];
}

function memory(device: Device, moment = 0): Memory {
  const start = REPLICAS.map((_, r) => normals(P, 10 + r, r === 2 ? 1e-3 : 1));
  const filled = (value: number): Tensor =>
    stridedOf(
      device,
      [P],
      REPLICAS.map(() => new Float32Array(P).fill(value)),
    );
  return {
    start,
    moments: [filled(moment), filled(moment)],
    common: {
      parameters: stridedOf(device, [P], start),
      gradients: filled(0),
      decay: tensorOf(device, [P / ALIGNMENT], DECAY),
      state: tensorOf(device, [STATE_WORDS], new Array<number>(48).fill(0), { replicas: 3 }),
    },
  };
}

/** Gradients of update t of replica r: of all sizes, some exactly 0. */
function gradientsAt(t: number, r: number): Float32Array {
  const size = normals(P, 7, 2);
  return normals(P, 100 * t + r).map((g, i) => (i % 50 === 49 ? 0 : g * 10 ** size[i]!));
}

/** Trains for `steps` updates and holds the change of each replica's parameters against the oracle's. */
async function compare(
  device: Device,
  { common, start }: Memory,
  dispatch: Dispatch,
  reference: (start: Float64Array) => oracle.AdamW | oracle.SGD,
  { steps = 20, clips = false, tolerance = 2e-6 } = {},
): Promise<void> {
  const program = await Program.build(device, [dispatch], [], { label: 'training' });
  const references = start.map((values) => reference(Float64Array.from(values)));
  for (let t = 1; t <= steps; t++) {
    setState(device, common.state, t);
    REPLICAS.forEach((replica, r) => {
      const gradients = gradientsAt(t, r);
      upload(device, common.gradients.storage, Float32Array.from(gradients), r * common.gradients.stride);
      references[r]!.update(gradients, {
        learningRate: Math.fround(replica.learningRate),
        weightDecay: Math.fround(replica.weightDecay),
        t,
        scale: clips ? Math.fround(replica.scale) : 1,
        decay: (i) => DECAY[Math.floor(i / ALIGNMENT)]!,
      });
    });
    program.run();
  }
  program.destroy();
  (await replicasOf(device, common.parameters)).forEach((actual, r) => {
    expectClose(actual, references[r]!.parameters, tolerance, `replica ${r}`);
    const change = (values: ArrayLike<number>): number[] =>
      Array.from(values, (value, i) => value - start[r]![i]!);
    // Parameters are rounded at every update: that is all the error a change may have beyond the tolerance.
    const rounding = Math.sqrt(P * steps) * 2 ** -24 * Math.max(...start[r]!.map(Math.abs));
    const expected = change(references[r]!.parameters);
    expectClose(change(actual), expected, tolerance + rounding / Math.hypot(...expected), `change of ${r}`);
  });
}

describe.each(DEVICES)('adamw, on the %s', (kind) => {
  const device = useDevice({ kind });
  const betas = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8 };
  const withMoments = ({ common, moments: [m, v] }: Memory): AdamW => ({
    ...common,
    ...betas,
    m: m!,
    v: v!,
  });

  it('follows float64 for 20 updates, with and without clipping', async () => {
    for (const clips of [false, true]) {
      const at = memory(device());
      const reference = (start: Float64Array): oracle.AdamW => new oracle.AdamW(start, 0.9, 0.98, 1e-8);
      await compare(device(), at, adamw({ ...withMoments(at), clips }), reference, { clips });
    }
  });

  it('takes epsilon and β = 0 as they are', async () => {
    const at = memory(device());
    const settings = { beta1: 0, beta2: 0.999, epsilon: 0.3 };
    const reference = (start: Float64Array): oracle.AdamW => new oracle.AdamW(start, 0, 0.999, 0.3);
    await compare(device(), at, adamw({ ...withMoments(at), ...settings }), reference, { steps: 4 });
  });

  it('leaves excepted blocks alone, moments too, and takes a fraction of the learning rate elsewhere', async () => {
    const at = memory(device(), 0.5);
    const excepted = (i: number): boolean => Math.floor(i / ALIGNMENT) % 2 === 1;
    const mask = Array.from({ length: P / ALIGNMENT }, (_, block) => (excepted(block * ALIGNMENT) ? 1 : 0));
    const except = tensorOf(device(), [P / ALIGNMENT], mask);
    const op = { ...withMoments(at), except, rate: 0.2 };
    setState(device(), at.common.state, 1);
    const gradients = gradientsAt(1, 0);
    upload(device(), at.common.gradients.storage, Float32Array.from(gradients));
    await runOnce(device(), [adamw(op)]);
    const [parameters, m, v] = await Promise.all(
      [at.common.parameters, ...at.moments].map(async (tensor) => (await replicasOf(device(), tensor))[0]!),
    );
    const start = Float64Array.from(at.start[0]!);
    for (let i = 0; i < P; i++) {
      const p = start[i]!;
      const step = (0.9 * 0.5 + 0.1 * gradients[i]!) / 0.1;
      const root = Math.sqrt((0.98 * 0.5 + 0.02 * gradients[i]! ** 2) / 0.02);
      if (!excepted(i))
        start[i] = p - 0.2 * 3e-3 * (0.1 * DECAY[Math.floor(i / ALIGNMENT)]! * p + step / (root + 1e-8));
      expect([parameters![i] === Math.fround(p), m![i] === 0.5, v![i] === 0.5]).toEqual(
        excepted(i) ? [true, true, true] : [false, false, false],
      );
    }
    expectClose(parameters!, start, 1e-6);
  });

  it('corrects the bias accurately from the first update to the millionth', async () => {
    for (const [beta1, beta2] of [
      [0.9, 0.98],
      [0.95, 0.999],
      [0.9999, 0.99999],
    ] as const) {
      const at = memory(device());
      const [m, v] = at.moments;
      const dispatch = adamw({ ...withMoments(at), beta1, beta2, epsilon: 1e-12 });
      const program = await Program.build(device(), [dispatch], [], { label: 'bias correction' });
      for (const t of [1, 2, 10, 49, 51, 499, 501, 3000, 1e5, 1e6]) {
        setState(device(), at.common.state, t);
        const values = new Float32Array(P);
        upload(device(), at.common.parameters.storage, values);
        upload(device(), at.common.gradients.storage, values);
        upload(device(), m!.storage, values.fill(0.25));
        upload(device(), v!.storage, values.fill(4));
        program.run();
        const [first] = await replicasOf(device(), at.common.parameters);
        const mHat = (beta1 * 0.25) / (1 - beta1 ** t);
        const vHat = (beta2 * 4) / (1 - beta2 ** t);
        const expected = (-Math.fround(3e-3) * mHat) / Math.sqrt(vHat);
        expectClose([first![P - 1]!], [expected], 1e-6, `β ${beta1}, ${beta2} at update ${t}`);
      }
      program.destroy();
    }
  });

  it('leaves halted replicas as they are, moments too', async () => {
    const at = memory(device(), 0.5);
    setState(device(), at.common.state, 3, [0, 2, 0]);
    at.start.forEach((_, r) =>
      upload(
        device(),
        at.common.gradients.storage,
        Float32Array.from(gradientsAt(1, r)),
        r * at.common.gradients.stride,
      ),
    );
    const tensors = [at.common.parameters, ...at.moments];
    const before = await Promise.all(tensors.map((tensor) => replicasOf(device(), tensor)));
    await runOnce(device(), [adamw(withMoments(at))]);
    for (const [i, tensor] of tensors.entries()) {
      const after = await replicasOf(device(), tensor);
      expect(after.map((values, r) => values.every((x, j) => x === before[i]![r]![j]))).toEqual([
        false,
        true,
        false,
      ]);
    }
  });

  it('lets NaN through', async () => {
    const at = memory(device());
    setState(device(), at.common.state, 1);
    upload(device(), at.common.gradients.storage, Float32Array.of(1, NaN, Infinity, 1));
    await runOnce(device(), [adamw(withMoments(at))]);
    const [first] = await replicasOf(device(), at.common.parameters);
    expect([...first!.slice(0, 4)].map(Number.isFinite)).toEqual([true, false, false, true]);
  });

  it('refuses arenas of different sizes and impossible settings', () => {
    const at = withMoments(memory(device()));
    expect(() => adamw({ ...at, m: { ...at.m, shape: [64] } })).toThrow(
      'has 64 elements 1216 apart, not 1152',
    );
    expect(() => adamw({ ...at, decay: at.m })).toThrow('not 9 shared');
    expect(() => adamw({ ...at, beta2: 1 })).toThrow('β = 1');
  });
});

describe.each(DEVICES)('sgd, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('follows float64 for 20 updates, with and without momentum and clipping', async () => {
    for (const [momentum, clips] of [
      [0.9, true],
      [0, false],
    ] as const) {
      // The buffer is poisoned: the first update must not read it.
      const at = memory(device(), momentum > 0 ? NaN : 0);
      const buffer = momentum > 0 ? { buffer: at.moments[0]! } : {};
      const dispatch = sgd({ ...at.common, ...buffer, momentum, clips });
      const reference = (start: Float64Array): oracle.SGD => new oracle.SGD(start, momentum);
      await compare(device(), at, dispatch, reference, { clips });
    }
  });

  it('leaves halted replicas as they are', async () => {
    const at = memory(device(), 1);
    setState(device(), at.common.state, 3, [1, 0, 1]);
    await runOnce(device(), [sgd({ ...at.common, buffer: at.moments[0]!, momentum: 0.5 })]);
    const parameters = await replicasOf(device(), at.common.parameters);
    const buffers = await floats(device(), at.moments[0]!);
    expect(parameters.map((values, r) => values.every((x, i) => x === at.start[r]![i]))).toEqual([
      true,
      false,
      true,
    ]);
    expect([0, 1, 2].map((r) => buffers[r * at.moments[0]!.stride])).toEqual([1, 0.5, 1]);
  });

  it('refuses momentum without a buffer', () => {
    expect(() => sgd({ ...memory(device()).common, momentum: 0.9 })).toThrow('needs a buffer');
  });
});

describe('at the default limits', () => {
  const device = useDevice({ defaultLimits: true });

  it('adamw has few enough bindings', async () => {
    const { common, moments } = memory(device());
    setState(device(), common.state, 1);
    const dispatch = adamw({
      ...common,
      m: moments[0]!,
      v: moments[1]!,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-8,
    });
    await expect(runOnce(device(), [dispatch])).resolves.toBeUndefined();
  });
});

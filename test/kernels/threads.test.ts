/**
 * Kernels on workgroups of 128 and of 256 threads: what has no sums gives the same bits, sums agree to rounding.
 * The gradient of embeddings, slow to compile for the CPU, has 256 in test/models/pytorch.test.ts.
 */
import { describe, expect, it } from 'vitest';
import type { Dispatch } from '../../src/gpu/kernel.ts';
import { grantsOf, sufficient } from '../../src/gpu/grants.ts';
import type { Tensor } from '../../src/gpu/tensor.ts';
import { copy } from '../../src/kernels/copy.ts';
import { activationForward } from '../../src/kernels/elementwise.ts';
import { embedding } from '../../src/kernels/embedding.ts';
import { layernormBackward, layernormBackwardParameters } from '../../src/kernels/layernorm.ts';
import { muonMomentum, muonUpdate } from '../../src/kernels/muon.ts';
import { adamw, sgd } from '../../src/kernels/optimizer.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import { gradientNorm } from '../../src/kernels/step.ts';
import { expectClose } from '../support/compare.ts';
import { useDevice } from '../support/device.ts';
import { floats, normals, runOnce, tensorOf } from '../support/run.ts';

const device = useDevice();
/** Parameters: more than two workgroups have, the last not full. */
const P = 2304;
const of = (seed: number, ...shape: number[]): Tensor =>
  tensorOf(
    device(),
    shape,
    normals(
      shape.reduce((product, n) => product * n, 1),
      seed,
    ),
  );

function stateOf(): Tensor {
  const words = new Uint32Array(STATE_WORDS);
  const numbers = new Float32Array(words.buffer);
  words[STATE.step] = 2;
  numbers[STATE.learningRate] = 0.01;
  numbers[STATE.weightDecay] = 0.1;
  numbers[STATE.gradientScale] = 1;
  return tensorOf(device(), [STATE_WORDS], numbers);
}

/** Each makes its tensors anew, and says in which it writes. */
type Case = (threads: number) => { dispatch: Dispatch; written: Tensor[] };
const arena = () => ({ parameters: of(1, P), gradients: of(2, P), decay: of(3, P / 128), state: stateOf() });
const moment = (seed: number): Tensor => tensorOf(device(), [P], normals(P, seed).map(Math.abs));
const stack = { rows: 36, columns: 60, matrices: [{ offset: 128, tall: false }] };
const tokens = (): Tensor =>
  tensorOf(
    device(),
    [40, 9],
    Array.from({ length: 360 }, (_, i) => (i * i) % 11),
    { integers: true },
  );

const ELEMENTWISE: Record<string, Case> = {
  copy(threads) {
    const [from, to] = [of(1, P), of(2, P)];
    return { dispatch: copy({ from, to, threads }), written: [to] };
  },
  activation(threads) {
    const [x, y] = [of(1, P + 3), of(2, P + 3)];
    return { dispatch: activationForward({ x, y, activation: 'relu', threads }), written: [y] };
  },
  embedding(threads) {
    const y = of(2, 40, 9, 12);
    return { dispatch: embedding({ tokens: tokens(), wte: of(1, 11, 12), y, threads }), written: [y] };
  },
  sgd(threads) {
    const [common, buffer] = [arena(), moment(4)];
    return {
      dispatch: sgd({ ...common, buffer, momentum: 0.9, threads }),
      written: [common.parameters, buffer],
    };
  },
  adamw(threads) {
    const [common, m, v] = [arena(), moment(4), moment(5)];
    const dispatch = adamw({ ...common, m, v, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, threads });
    return { dispatch, written: [common.parameters, m, v] };
  },
  muonUpdate(threads) {
    const { parameters, state } = arena();
    const x = of(6, stack.rows, stack.columns);
    return { dispatch: muonUpdate({ stack, parameters, x, state, threads }), written: [parameters] };
  },
};

const SUMS: Record<string, Case> = {
  gradientNorm(threads) {
    const { gradients, state } = arena();
    return { dispatch: gradientNorm({ gradients, state, clip: 1, threads }), written: [state] };
  },
  muonMomentum(threads) {
    const { gradients, state } = arena();
    const [m, x] = [of(4, P), of(5, stack.rows, stack.columns)];
    const dispatch = muonMomentum({ stack, gradients, m, x, state, momentum: 0.9, nesterov: true, threads });
    return { dispatch, written: [m, x] };
  },
  layernormBackward(threads) {
    const dx = of(5, 40, 36);
    const dispatch = layernormBackward({
      dy: of(1, 40, 36),
      x: of(2, 40, 36),
      stats: of(3, 40, 2),
      gain: of(4, 36),
      dx,
      threads,
    });
    return { dispatch, written: [dx] };
  },
  layernormBackwardParameters(threads) {
    const all = of(5, 256);
    const [dgain, dbias] = [
      { ...all, shape: [36] },
      { ...all, shape: [36], offset: 128 },
    ];
    const from = { dy: of(1, 500, 36), x: of(2, 500, 36), stats: of(3, 500, 2) };
    return { dispatch: layernormBackwardParameters({ ...from, dgain, dbias, threads }), written: [all] };
  },
};

/** What a kernel writes on workgroups of so many threads. */
async function results(of: Case, threads: number): Promise<Float32Array[]> {
  const { dispatch, written } = of(threads);
  expect(dispatch.kernel.constants.THREADS ?? threads).toBe(threads);
  await runOnce(device(), [dispatch]);
  return Promise.all(written.map((tensor) => floats(device(), tensor)));
}

describe('workgroups of 128 and of 256 threads', () => {
  it.for(Object.entries(ELEMENTWISE))('%s gives the same bits', async ([, kernel], { skip }) => {
    skip(device().grants.threads < 256);
    expect(await results(kernel, 128)).toEqual(await results(kernel, 256));
  });

  it.for(Object.entries(SUMS))('%s agrees', async ([, kernel], { skip }) => {
    skip(device().grants.threads < 256);
    const [narrow, wide] = [await results(kernel, 128), await results(kernel, 256)];
    narrow.forEach((values, i) => expectClose(values, wide[i]!, 1e-6));
  });
});

describe('grants', () => {
  const limits = {
    maxComputeInvocationsPerWorkgroup: 1024,
    maxComputeWorkgroupSizeX: 1024,
    maxComputeWorkgroupStorageSize: 32768,
    maxStorageBuffersPerShaderStage: 10,
  };
  it('are a power of two of threads, no more than kernels are built for, along the first axis', () => {
    expect(grantsOf(limits)).toEqual({ threads: 256, workgroupStorage: 32768, storageBuffers: 10 });
    expect(grantsOf({ ...limits, maxComputeWorkgroupSizeX: 128 }).threads).toBe(128);
    expect(grantsOf({ ...limits, maxComputeInvocationsPerWorkgroup: 192 }).threads).toBe(128);
  });

  it.each([
    ['maxComputeInvocationsPerWorkgroup', 128, 64],
    ['maxComputeWorkgroupSizeX', 128, 127],
    ['maxComputeWorkgroupStorageSize', 16384, 16383],
    ['maxStorageBuffersPerShaderStage', 8, 4],
  ] as const)('%s of %i suffices, of %i does not', (name, enough, tooLittle) => {
    expect(sufficient(grantsOf({ ...limits, [name]: enough }))).toBe(true);
    expect(sufficient(grantsOf({ ...limits, [name]: tooLittle }))).toBe(false);
  });
});

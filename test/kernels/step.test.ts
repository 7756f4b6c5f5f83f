import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import { Program } from '../../src/gpu/program.ts';
import { download, upload, type Tensor } from '../../src/gpu/tensor.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import { learningRate, SCHEDULES, scheduleWords, type Schedule } from '../../src/kernels/schedule.ts';
import { advance, endStep, gradientNorm } from '../../src/kernels/step.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import * as oracle from '../support/oracles/step.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { stridedOf } from '../support/strided.ts';

const FLOATS: readonly (keyof typeof STATE)[] = [
  'peakLearningRate',
  'weightDecay',
  'learningRate',
  'loss',
  'gradientScale',
  'gradientNorm',
];

type Words = Partial<Record<keyof typeof STATE, number>>;

/** State with the given words per replica; every other word is poisoned with NaN's bits. */
function stateOf(device: Device, replicas: Words[]): Tensor {
  const poison = replicas.flatMap(() => new Array<number>(STATE_WORDS).fill(0x7fc00000));
  const state = tensorOf(device, [STATE_WORDS], poison, { replicas: replicas.length, integers: true });
  replicas.forEach((words, r) => {
    for (const [name, value] of Object.entries(words) as [keyof typeof STATE, number][]) {
      const word = FLOATS.includes(name) ? Float32Array.of(value) : Uint32Array.of(value);
      upload(device, state.storage, word, r * STATE_WORDS + STATE[name]);
    }
  });
  return state;
}

/** One word of each replica. */
async function wordOf(device: Device, state: Tensor, name: keyof typeof STATE): Promise<number[]> {
  const bytes = await download(device, state.storage);
  const words = FLOATS.includes(name) ? new Float32Array(bytes) : new Uint32Array(bytes);
  return Array.from({ length: state.replicas }, (_, r) => words[r * STATE_WORDS + STATE[name]]!);
}

const schedules: Schedule[] = [
  { name: 'constant', warmup: 10, steps: 100, final: 0, decay: 0 },
  { name: 'cosine', warmup: 10, steps: 1000, final: 0, decay: 0 },
  { name: 'cosine', warmup: 0, steps: 70, final: 0.1, decay: 0 },
  { name: 'linear-decay', warmup: 7, steps: 1000, final: 0, decay: 0.2 },
  { name: 'linear-decay', warmup: 40, steps: 100, final: 0.05, decay: 1 },
  { name: 'drop', warmup: 0, steps: 200, final: 0.1, decay: 0.1 },
  { name: 'drop', warmup: 30, steps: 100, final: 0.2, decay: 1 },
];

describe('learningRate', () => {
  it('follows the textbook form', () => {
    for (const schedule of schedules) {
      for (let step = 0; step <= schedule.steps + 2; step++) {
        const expected = 3e-3 * oracle.scheduleFactor(schedule, step);
        expect(Math.abs(learningRate(schedule, step, 3e-3) - expected)).toBeLessThan(1e-15);
      }
    }
  });

  it('rises to the peak at the last step of the warm-up and falls to the final rate after the last step', () => {
    for (const schedule of schedules) {
      const { name, warmup, steps, final } = schedule;
      if (warmup > 0) expect(learningRate(schedule, 0, 2)).toBeCloseTo(2 / warmup, 12);
      if (warmup > 0) expect(learningRate(schedule, warmup - 1, 2)).toBe(2);
      expect(learningRate(schedule, steps, 2)).toBeCloseTo(name === 'constant' ? 2 : 2 * final, 12);
    }
  });

  it('stays finite where no step is left to fall in', () => {
    for (const name of SCHEDULES) {
      const schedule = { name, warmup: 5, steps: 5, final: 0.5, decay: 0 };
      expect([0, 4, 5, 6].map((step) => learningRate(schedule, step, 1))).toEqual(
        name === 'constant' ? [0.2, 1, 1, 1] : [0.2, 1, 0.5, 0.5],
      );
    }
  });
});

describe.each(DEVICES)('the learning rate, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('sets the learning rate of the TypeScript formula to a millionth', async () => {
    for (const schedule of schedules) {
      const peaks = [3e-3, 0.7];
      const state = stateOf(
        device(),
        peaks.map((peakLearningRate) => ({
          step: 0,
          peakLearningRate,
          halted: 0,
          ...scheduleWords(schedule),
        })),
      );
      const losses = tensorOf(device(), [1], [1, 1], { replicas: 2 });
      const ring = outputOf(device(), [1, 2]);
      const dispatch = endStep({ state, losses, ring, divideBy: 1, schedule });
      const program = await Program.build(device(), [dispatch], [], { label: 'schedule' });
      const { warmup, steps } = schedule;
      const probes = [0, 1, warmup - 1, warmup, warmup + 1, steps >> 1, steps - 20, steps - 1, steps, 3e9];
      for (const step of probes.filter((probe) => probe >= 0)) {
        peaks.forEach((_, r) => upload(device(), state.storage, Uint32Array.of(step), r * STATE_WORDS));
        program.run();
        const actual = await wordOf(device(), state, 'learningRate');
        peaks.forEach((peak, r) => {
          const expected = learningRate(schedule, step, Math.fround(peak));
          expectClose([actual[r]!], [expected], expected > 0 ? 1e-6 : 0, `${schedule.name} at ${step}`);
        });
      }
      expect(await wordOf(device(), state, 'count')).toEqual([0, 0]);
      program.destroy();
    }
  });
});

describe.each(DEVICES)('endStep, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('averages over the count or a number, fills the ring and advances', async () => {
    const [rows, replicas, ringSteps] = [1001, 3, 4];
    for (const divideBy of ['count', 55] as const) {
      const values = Array.from({ length: replicas }, (_, r) => normals(rows, r + 1).map(Math.abs));
      const state = stateOf(
        device(),
        [900, 0, 17].map((count) => ({ step: 6, count, halted: 0 })),
      );
      const ring = outputOf(device(), [ringSteps, replicas]);
      const losses = stridedOf(device(), [rows], values);
      await runOnce(device(), [endStep({ state, losses, ring, divideBy, schedule: schedules[0]! })]);
      const divisors = divideBy === 'count' ? [900, 1, 17] : [55, 55, 55];
      const expected = values.map((replica, r) => oracle.mean(replica, divisors[r]!));
      const all = await floats(device(), ring);
      const row = 6 % ringSteps;
      expectClose(all.slice(row * replicas, (row + 1) * replicas), expected, 3e-7, 'ring');
      expect(all.filter((x) => !Number.isNaN(x)).length).toBe(replicas);
      expectClose(await wordOf(device(), state, 'loss'), expected, 3e-7, 'loss');
      expect(await wordOf(device(), state, 'step')).toEqual([7, 7, 7]);
      expect(await wordOf(device(), state, 'halted')).toEqual([0, 0, 0]);
    }
  });

  it('halts a replica, and that alone, at its first loss that is not finite', async () => {
    const bad = [NaN, Infinity, -Infinity, 3e38, 1];
    const values = bad.map((x) => [1, x, x === 3e38 ? x : 2, ...new Array<number>(297).fill(1)]);
    const state = stateOf(
      device(),
      bad.map(() => ({ step: 4, count: 300, halted: 0 })),
    );
    const ring = outputOf(device(), [8, bad.length]);
    const losses = tensorOf(device(), [300], values.flat(), { replicas: bad.length });
    const dispatch = endStep({ state, losses, ring, divideBy: 'count', schedule: schedules[0]! });
    const program = await Program.build(device(), [dispatch], [], { label: 'divergence' });
    program.run(2);
    program.destroy();
    expect(await wordOf(device(), state, 'halted')).toEqual([5, 5, 5, 5, 0]);
    expect(await wordOf(device(), state, 'step')).toEqual([6, 6, 6, 6, 6]);
    const all = await floats(device(), ring);
    for (const step of [4, 5]) {
      const row = [...all.slice(step * bad.length, (step + 1) * bad.length)];
      expect(row.map(Number.isFinite)).toEqual([false, false, false, false, true]);
    }
  });

  it('advances alone', async () => {
    const state = stateOf(device(), [{ step: 0 }, { step: 41 }]);
    const before = new Uint32Array(await download(device(), state.storage));
    const program = await Program.build(device(), [advance({ state })], [], { label: 'advance' });
    program.run(3);
    program.destroy();
    before[STATE.step]! += 3;
    before[STATE_WORDS + STATE.step]! += 3;
    expect(new Uint32Array(await download(device(), state.storage))).toEqual(before);
  });

  it('refuses a ring of the wrong width', () => {
    const state = stateOf(device(), [{}, {}]);
    const losses = outputOf(device(), [4], { replicas: 2 });
    const ring = outputOf(device(), [8, 3]);
    expect(() => endStep({ state, losses, ring, divideBy: 1, schedule: schedules[0]! })).toThrow(
      'is not [ringSteps, 2]',
    );
  });
});

describe.each(DEVICES)('gradientNorm, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('agrees with float64 and scales down to the bound, never up', async () => {
    for (const p of [64, 4032, 10048]) {
      const clip = 5;
      const values = [1, 0.001, 0].map((scale, r) => normals(p, r + 1, scale));
      const state = stateOf(
        device(),
        values.map(() => ({ step: 3, halted: 0 })),
      );
      await runOnce(device(), [gradientNorm({ gradients: stridedOf(device(), [p], values), state, clip })]);
      const norms = values.map(oracle.norm);
      expectClose(await wordOf(device(), state, 'gradientNorm'), norms, 3e-7, `norm of ${p}`);
      const scales = norms.map((norm) => Math.min(1, clip / (norm + 1e-6)));
      expectClose(await wordOf(device(), state, 'gradientScale'), scales, 5e-7, `scale of ${p}`);
      expect(await wordOf(device(), state, 'halted')).toEqual([0, 0, 0]);
      expect(await wordOf(device(), state, 'step')).toEqual([3, 3, 3]);
    }
  });

  it('halts where the norm is not finite, unless the replica was halted before', async () => {
    const bad = [NaN, Infinity, -Infinity, 1e30, NaN, 1];
    const values = bad.map((x) => [...new Array<number>(63).fill(1), x]);
    const state = stateOf(
      device(),
      bad.map((_, r) => ({ step: 8, halted: r === 4 ? 2 : 0 })),
    );
    const gradients = tensorOf(device(), [64], values.flat(), { replicas: bad.length });
    await runOnce(device(), [gradientNorm({ gradients, state, clip: 1 })]);
    expect(await wordOf(device(), state, 'halted')).toEqual([9, 9, 9, 9, 2, 0]);
    const norms = await wordOf(device(), state, 'gradientNorm');
    expect(norms.map(Number.isFinite)).toEqual([false, false, false, false, false, true]);
  });
});

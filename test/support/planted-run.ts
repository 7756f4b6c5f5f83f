/** A run's result and checkpoint that no device made, for what becomes of them in files. */
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import type { Checkpoint } from '../../src/training/results/checkpoint.ts';
import { batchSeed } from '../../src/training/trainer/initial.ts';
import { LossList } from '../../src/training/results/loss-list.ts';
import type { RunResult } from '../../src/training/results/result.ts';
import { peakLearningRate } from '../../src/training/spec/spec.ts';
import { rowsOf } from '../../src/training/results/weights.ts';
import { parametersOf } from '../../src/training/spec/flops.ts';
import { planRun, type PlannedRun } from '../../src/training/spec/sweep.ts';
import { TINY_SPEC } from './tiny-lesson.ts';

export function tinyRun(seed: number): PlannedRun {
  return planRun({ ...TINY_SPEC, seed }, {});
}

/** @param step to which it came */
export function plantedResult({ spec }: PlannedRun, step = spec.steps): RunResult {
  const losses = new LossList(step);
  for (let i = 0; i < step; i++) losses.push(i === 1 ? NaN : spec.seed / (1 + i));
  return {
    spec,
    device: 'planted',
    date: '2026-01-01T00:00:00.000Z',
    outcome: step < spec.steps ? 'paused' : 'finished',
    step,
    parameters: parametersOf(spec),
    flopsPerStep: 1,
    tokensPerStep: spec.batch,
    seconds: 1,
    compileSeconds: 1,
    losses: { first: 0, values: [losses.values()] },
    evaluations: [{ step, sets: { validation: [{ loss: 1 / spec.seed, accuracy: NaN }] } }],
  };
}

export function plantedCheckpoint({ spec }: PlannedRun, step = spec.steps): Checkpoint {
  const { slots, length } = rowsOf(spec);
  // What lies between the tensors is not kept.
  const ramp = (): Float32Array<ArrayBuffer> => {
    const arena = new Float32Array(length);
    for (const { shape, offset } of slots) {
      const size = shape.reduce((product, n) => product * n, 1);
      for (let i = 0; i < size; i++) arena[offset + i] = i;
    }
    return arena;
  };
  const state = new Uint32Array(STATE_WORDS);
  state[STATE.step] = step;
  state[STATE.seed] = batchSeed(spec.seed);
  new Float32Array(state.buffer)[STATE.peakLearningRate] = peakLearningRate(spec, 0);
  return { spec, step, parameters: ramp(), moments: [ramp(), ramp()], state };
}

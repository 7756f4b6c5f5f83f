/** A step makes no GPU object: counted in the calls that reach WebGPU, on Dawn's null backend, which needs no GPU. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { difference, GPUCalls } from '../../src/bench/counting.ts';
import { TrainingSubject, type TrainingCase } from '../../src/bench/training.ts';
import { mlpCase, tinyMlpCase, transformerCase } from '../../src/bench/workloads.ts';
import { createGPU } from '../../src/cli/driver.ts';
import { Device } from '../../src/gpu/device.ts';
import { choiceOf, usualChoice, useKernels } from '../../src/kernels/choice.ts';

describe('a steady step', () => {
  let device: Device;
  let calls: GPUCalls;
  beforeAll(async () => {
    const gpu = createGPU(['backend=null']);
    calls = GPUCalls.watch();
    device = await Device.acquire(gpu);
  });
  afterAll(() => device.destroy());

  const cases: [name: string, make: () => TrainingCase, mostDispatches: number][] = [
    ['transformer', transformerCase, 32],
    ['mlp', mlpCase, 13],
    ['tiny-mlp', () => tinyMlpCase(1), 13],
    ['tiny-mlp-64', () => tinyMlpCase(64), 13],
  ];

  it.each(cases)('of %s creates nothing and shares its submit', async (_name, make, mostDispatches) => {
    const subject = await TrainingSubject.build(device, make());
    await subject.run(1);
    const before = calls.now();
    await subject.run(20);
    const { dispatches, ...rest } = difference(before, calls.now(), 20);
    expect(dispatches).toBeLessThanOrEqual(mostDispatches);
    expect(rest).toEqual({ submits: 1 / 20, bindGroups: 0, buffers: 0, bytes: 0 });
    subject.destroy();
  });

  it('of the transformer takes five more where the CPU computes: normalisations stay apart', async () => {
    useKernels(device, choiceOf('register'));
    const subject = await TrainingSubject.build(device, transformerCase());
    useKernels(device, usualChoice(device));
    expect(subject.dispatches).toHaveLength(37);
    subject.destroy();
  });

  it('is counted as the device and the program count it', async () => {
    const { buffersCreated, bindGroupsCreated, submits } = device.counters;
    const before = calls.now();
    const subject = await TrainingSubject.build(device, tinyMlpCase(1));
    await subject.run(3);
    const counts = difference(before, calls.now());
    expect(counts.dispatches).toBe(3 * subject.dispatches.length);
    expect(counts.bindGroups).toBe(device.counters.bindGroupsCreated - bindGroupsCreated);
    expect(counts.buffers).toBe(device.counters.buffersCreated - buffersCreated);
    expect(counts.submits).toBe(device.counters.submits - submits);
    subject.destroy();
  });
});

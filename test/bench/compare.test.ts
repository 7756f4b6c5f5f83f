import { expect, test } from 'vitest';
import { compare } from '../../src/bench/compare.ts';
import type { GPUCalls } from '../../src/bench/counting.ts';
import type { Peer } from '../../src/bench/peers/peer.ts';
import type { Subject } from '../../src/bench/subject.ts';
import type { Workload } from '../../src/bench/workloads.ts';
import type { Device } from '../../src/gpu/device.ts';

const NONE = { dispatches: 0, submits: 0, bindGroups: 0, buffers: 0, bytes: 0 };
const RATES = { gflops: 1, gigabytesPerSecond: 1, dispatchMs: 0, submitMs: 0 };

/** An engine that does so many steps, and fails at the next. */
function engine(name: string, steps: number, ended: string[]): Subject {
  return {
    engine: name,
    flops: 1,
    bytes: 1,
    run: () => (steps-- > 0 ? Promise.resolve(1) : Promise.reject(new Error('out of memory'))),
    destroy: () => ended.push(name),
  };
}

function comparison(most: Record<string, number>, ended: string[]): ReturnType<typeof compare> {
  const workload: Workload = {
    name: 'mlp',
    description: '',
    prepare: () => ({
      ours: () => Promise.resolve(engine('ours', most.ours!, ended)),
      peer: ({ name }) => Promise.resolve(engine(name, most[name]!, ended)),
    }),
  };
  const peers = ['a', 'b', 'c'].map((name) => ({ name }) as Peer);
  const [device, calls]: unknown[] = [{}, { now: () => NONE }];
  return compare(workload, device as Device, peers, calls as GPUCalls, RATES, 0);
}

test('peers that fail while calls are counted, or while they are timed, are reported; the others are timed', async () => {
  const ended: string[] = [];
  const { measurements, failures } = await comparison({ ours: 99, a: 7, b: 12, c: 99 }, ended);
  expect(measurements.map(({ engine }) => engine)).toEqual(['ours', 'c']);
  expect(failures).toEqual(['a', 'b'].map((engine) => ({ engine, message: 'out of memory' })));
  expect(ended).toEqual(['ours', 'a', 'b', 'c']);
});

test('when this engine fails, so does the comparison, and all is freed', async () => {
  const ended: string[] = [];
  await expect(comparison({ ours: 12, a: 99, b: 99, c: 99 }, ended)).rejects.toThrow('out of memory');
  expect(ended).toEqual(['ours', 'a', 'b', 'c']);
});

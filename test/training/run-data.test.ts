/** Examples that runs share, and those of the next. */
import { afterEach, expect, it, vi } from 'vitest';
import { findTask } from '../../src/tasks/index.ts';
import { RunData } from '../../src/training/spec/run-data.ts';
import { parseSpec, type RunSpec } from '../../src/training/spec/spec.ts';

const spec = (changes: object = {}): RunSpec =>
  parseSpec({ task: { name: 'shapes', points: 20 }, model: { kind: 'mlp', hidden: [4] }, ...changes });

afterEach(() => vi.restoreAllMocks());

it('are generated once for runs that differ in anything but the task and the seed of its data', () => {
  const data = new RunData();
  const first = data.of(spec());
  expect(data.of(spec({ seed: 7, steps: 9, model: { kind: 'mlp', hidden: [8] } }))).toBe(first);
  const other = data.of(spec({ dataSeed: 2 }));
  expect(other.train.inputs).not.toEqual(first.train.inputs);
  expect(data.of(spec())).toBe(first);
});

it('are kept for one run more, then given up', () => {
  const data = new RunData();
  const first = data.of(spec());
  data.of(spec({ dataSeed: 2 }));
  data.of(spec({ dataSeed: 3 }));
  expect(data.of(spec())).not.toBe(first);
  expect(data.of(spec()).train.inputs).toEqual(first.train.inputs);
});

it('of the next run are generated once, in the second half of the run before', () => {
  const generate = vi.spyOn(findTask('shapes'), 'generate');
  const data = new RunData();
  const next = spec({ dataSeed: 2 });
  const hear = data.ahead(spec({ steps: 100 }), next);
  const losses = (first: number) =>
    hear({ kind: 'losses', first, replicas: 1, losses: new Float32Array(10) });
  losses(40);
  expect(generate).toHaveBeenCalledTimes(0);
  losses(50);
  losses(60);
  data.of(next);
  expect(generate).toHaveBeenCalledTimes(1);
});

it('leave what is wrong with the next run to that run', () => {
  vi.spyOn(findTask('shapes'), 'generate').mockImplementation(() => {
    throw new RangeError('no examples');
  });
  const data = new RunData();
  const hear = data.ahead(spec({ steps: 2 }), spec());
  expect(() => hear({ kind: 'losses', first: 1, replicas: 1, losses: new Float32Array(1) })).not.toThrow();
  expect(() => data.of(spec())).toThrow('no examples');
});

import { expect, it } from 'vitest';
import { joinLosses, sharesOf, specOf } from '../../src/crew/shares.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';

it.each([
  [5, 2, [3, 2]],
  [5, 4, [2, 1, 1, 1]],
  [3, 4, [1, 1, 1]],
  [1, 4, [1]],
  [8, 4, [2, 2, 2, 2]],
])('%i replicas over %i workers are shares of %j', (replicas, workers, counts) => {
  const shares = sharesOf(replicas, workers);
  expect(shares.map(({ count }) => count)).toEqual(counts);
  expect(shares.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i))).toEqual(
    Array.from({ length: replicas }, (_, r) => r),
  );
});

it('a share has the seeds and the settings of its replicas', () => {
  const spec = parseSpec({
    task: { name: 'sine' },
    seed: 7,
    replicas: 3,
    learningRates: [0.1, 0.2, 0.3],
    trainingFractions: [1, 0.5, 0.25],
  });
  expect(specOf(spec, { first: 1, count: 2 })).toMatchObject({
    seed: 7,
    firstReplica: 1,
    replicas: 2,
    learningRates: [0.2, 0.3],
    weightDecays: [],
    trainingFractions: [0.5, 0.25],
  });
});

it('losses of shares are put together step by step', () => {
  const parts = [Float32Array.of(1, 2, 11, 12), Float32Array.of(3, 13)];
  expect([...joinLosses(2, parts)]).toEqual([1, 2, 3, 11, 12, 13]);
});

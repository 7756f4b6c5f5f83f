import { expect, test } from 'vitest';
import { RunHistory } from '../../src/app/runs/run-history.ts';

const losses = (first: number, values: number[], replicas: number) => ({
  kind: 'losses' as const,
  first,
  replicas,
  losses: Float32Array.from(values),
});

test('a curve has mean, range and every replica', () => {
  const history = new RunHistory(2);
  history.addLosses(losses(0, [1, 3, 2, 6], 2), 1);
  const { training } = history;
  expect([...training.steps.values]).toEqual([0, 1]);
  expect([...training.mean.values]).toEqual([2, 4]);
  expect([...training.low.values]).toEqual([1, 2]);
  expect([...training.high.values]).toEqual([3, 6]);
  expect([...training.replicas[1]!.values]).toEqual([3, 6]);
});

test('steps that come again after a lost device are not counted twice', () => {
  const history = new RunHistory(1);
  history.addLosses(losses(0, [4, 3, 2], 1), 1);
  history.addLosses(losses(1, [3, 2, 1], 1), 2);
  expect([...history.training.mean.values]).toEqual([4, 3, 2, 1]);
  const evaluation = (step: number) => ({
    kind: 'evaluation' as const,
    step,
    sets: { validation: [{ loss: 1 }] },
  });
  history.addEvaluation(evaluation(0));
  history.addEvaluation(evaluation(0));
  expect(history.validation.length).toBe(1);
});

test('columns grow beyond their first size, and seconds rise evenly between batches', () => {
  const history = new RunHistory(1);
  history.addLosses(
    losses(
      0,
      Array.from({ length: 3000 }, (_, i) => i),
      1,
    ),
    3,
  );
  expect(history.training.mean.values.at(-1)).toBe(2999);
  expect(history.secondsAt(1499)).toBeCloseTo(1.5);
  expect(history.secondsAt(3000)).toBeCloseTo(3);
});

import { describe, expect, test } from 'vitest';
import {
  accuracy,
  allOf,
  brier,
  columnAccuracy,
  editDistance,
  exactMatch,
  meanEditDistance,
  meanLoss,
} from '../../src/tasks/metrics.ts';
import type { Examples } from '../../src/tasks/task.ts';
import { scoresOf } from './support.ts';

/** Three rows of three positions over four classes; −1 is not scored. */
const set: Examples = {
  rows: 3,
  inputs: new Int32Array(9),
  inputWidth: 3,
  targets: Int32Array.of(-1, 2, 3, -1, 0, 1, -1, -1, -1),
  targetWidth: 3,
};
/** Says class 2 with probability .7 at the first scored position and class 1 elsewhere. */
const scores = scoresOf(set, (i) => (i === 1 ? [0.1, 0.1, 0.7, 0.1] : [0.1, 0.7, 0.1, 0.1]));

describe('metrics', () => {
  test('only scored positions count', () => {
    expect(accuracy(set, scores)).toBe(2 / 4);
    expect(exactMatch(set, scores)).toBe(0);
    expect(columnAccuracy(set, scores, 1)).toBe(1 / 2);
    expect(columnAccuracy(set, scores, 2)).toBe(1 / 2);
    expect(columnAccuracy(set, scores, 0)).toBeNaN();
    expect(meanLoss(set, scores)).toBeCloseTo(-(2 * Math.log(0.7) + 2 * Math.log(0.1)) / 4, 6);
  });

  test('exact match takes every scored position of a row', () => {
    const right = scoresOf(set, (i) => [0, 1, 2, 3].map((c) => (c === set.targets[i] ? 0.97 : 0.01)));
    expect(exactMatch(set, right)).toBe(1);
    right.prediction[2] = 0;
    expect(exactMatch(set, right)).toBe(1 / 2);
    right.prediction[0] = 3; // not scored
    expect(exactMatch(set, right)).toBe(1 / 2);
  });

  test('Brier score against its definition', () => {
    const right = 0.3 ** 2 + 3 * 0.1 ** 2;
    const wrong = 0.7 ** 2 + 0.9 ** 2 + 2 * 0.1 ** 2;
    expect(brier(set, scores)).toBeCloseTo((2 * right + 2 * wrong) / 4, 6);
  });

  test('an exam of m questions', () => {
    expect(allOf(0.9, 10)).toBeCloseTo(0.348678, 6);
    expect(allOf(0.5, 1)).toBe(0.5);
  });

  test.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['flaw', 'lawn', 2],
    ['same', 'same', 0],
  ])('edit distance %s → %s', (from, to, distance) => {
    const codes = (text: string) => Array.from(text, (c) => c.charCodeAt(0));
    expect(editDistance(codes(from), codes(to))).toBe(distance);
  });

  test('mean edit distance is a share of the scored tokens', () => {
    // Row 0: predicted 2 1, wanted 2 3; row 1: predicted 1 1, wanted 0 1.
    expect(meanEditDistance(set, scores)).toBe(0.5);
  });
});

/** Curves and losses by ear. */
import { expect, test } from 'vitest';
import { chordAt, chordOf, isAtFloor, pitchOf, placesOf } from '../../src/figures/pitch.ts';
import type { Figure, Series } from '../../src/findings/findings.ts';
import { same } from '../../src/lessons/shared/text.ts';

const series = (role: Series['role'], x: number[], y: (number | null)[]): Series => ({
  name: same(role),
  role,
  mark: 'line',
  x,
  y,
});
const figure = (...all: Series[]): Figure => ({
  name: 'f',
  title: same('f'),
  x: { label: same('x'), scale: 'linear' },
  y: { label: same('y'), scale: 'linear' },
  series: all,
});

test('two octaves lie between the ends; equal intervals are equal steps of the axis, or equal ratios', () => {
  expect(pitchOf(0, [0, 1], 'linear')).toBe(196);
  expect(pitchOf(1, [0, 1], 'linear')).toBe(4 * 196);
  expect(pitchOf(0.5, [0, 1], 'linear')).toBeCloseTo(2 * 196, 9);
  expect(pitchOf(0.1, [0.01, 1], 'log')).toBeCloseTo(2 * 196, 9);
  // What lies beyond sounds as the end does, and nothing positive is needed below.
  expect(pitchOf(7, [0, 1], 'linear')).toBe(4 * 196);
  expect(pitchOf(-1, [0, 1], 'log')).toBe(196);
  expect(pitchOf(3, [3, 3], 'linear')).toBe(196);
});

test('a place is a chord of the curves that have a value there; fits and known values are silent', () => {
  const shown = figure(
    series('train', [1, 2, 3], [0, 0.5, 1]),
    series('validation', [2, 3], [1, null]),
    series('fit', [1, 9], [0, 50]),
    series('reference', [0, 10], [4, 4]),
  );
  expect(placesOf(shown)).toEqual([1, 2, 3]);
  expect(chordAt(shown, 1)).toEqual([196]);
  expect(chordAt(shown, 2).map(Math.round)).toEqual([392, 784]);
  expect(chordAt(shown, 3)).toEqual([784]);
  expect(chordAt(shown, 5)).toEqual([]);
  expect(placesOf(figure())).toEqual([]);
});

test('a run sounds lower as its losses fall, a voice for each replica, and those that diverged are silent', () => {
  const [high] = chordOf([[4]], 1) as [number];
  const [middle] = chordOf([[4, 2]], 1) as [number];
  const [low] = chordOf([[4, 2, 1]], 1) as [number];
  expect([high, low]).toEqual([784, 196]);
  expect(middle).toBeCloseTo(392, 9);
  expect(
    chordOf(
      [
        [4, 2],
        [4, NaN],
        [4, 1],
      ],
      1,
    ),
  ).toHaveLength(2);
  expect(
    chordOf(
      Array.from({ length: 32 }, () => [4, 2]),
      undefined,
    ),
  ).toHaveLength(4);
  expect(chordOf([[]], 1)).toEqual([]);
});

test('the bell is struck at the floor, and nowhere where none is known', () => {
  expect(
    isAtFloor(
      [
        [4, 1.01],
        [4, 1.05],
      ],
      1,
    ),
  ).toBe(true);
  expect(isAtFloor([[4, 1.2]], 1)).toBe(false);
  expect(isAtFloor([[4, 0]], undefined)).toBe(false);
  expect(isAtFloor([], 1)).toBe(false);
  expect(isAtFloor([[4, NaN]], 1)).toBe(false);
});

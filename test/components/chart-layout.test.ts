import { describe, expect, test } from 'vitest';
import { toCSV } from '../../src/components/chart/export.ts';
import { layOut, type LayoutOptions } from '../../src/components/chart/layout.ts';
import { bucketStarts, evenly, join, thin, union } from '../../src/components/chart/rows.ts';
import { axisRange, extent, linearTicks, logTicks, nearest } from '../../src/components/chart/scale.ts';
import { movingAverage, smoothed } from '../../src/components/chart/smooth.ts';
import type { ChartSeries, XAxis } from '../../src/components/chart/types.ts';
import { rowPositions } from '../../src/components/chart/table.ts';
import { tickText } from '../../src/components/format.ts';
import { tickTexts } from '../../src/components/people.ts';

const STEPS: XAxis = { id: 'steps', label: 'steps', convert: (step) => step };
const options: LayoutOptions = { axis: STEPS, logX: false, logY: false, width: 600, lines: [] };

const line = (x: number[], y: number[], id = 'a'): ChartSeries => ({ id, label: id, x, y, color: 'c1' });

describe('ranges', () => {
  test.each([
    ['nothing', []],
    ['one value', [2]],
    ['equal values', [3, 3, 3]],
    ['zeros', [0, 0]],
    ['negative values', [-1, -2]],
    ['not finite', [NaN, Infinity]],
    ['tiny', [1e-9, 2e-9]],
  ])('of %s can be shown, linear and logarithmic', (_name, values) => {
    for (const log of [false, true]) {
      const [min, max] = axisRange(extent(values, log), log, 0.05);
      expect(Number.isFinite(min) && Number.isFinite(max)).toBe(true);
      expect(max).toBeGreaterThan(min);
      if (log) expect(min).toBeGreaterThan(0);
    }
  });

  test('a loss near zero gets no margin below zero', () => {
    expect(axisRange([0.001, 1], false, 0.05)[0]).toBe(0);
  });
});

test('numbers at an axis: separators, k and M, and powers of ten for the rest', () => {
  const values = [0, 0.25, 1e-4, 2e-6, 1e-9, -2500, 20_000, 1e10, 1e20, 1e22, 5e23, 1e26];
  expect(values.map(tickText)).toEqual([
    '0',
    '0.25',
    '0.0001',
    '2·10⁻⁶',
    '10⁻⁹',
    '-2,500',
    '20 k',
    '10¹⁰',
    '10²⁰',
    '10²²',
    '5·10²³',
    '10²⁶',
  ]);
});

test('numbers at one axis are of one kind', () => {
  expect(tickTexts([1, 1e5, 1e10])).toEqual(['1', '10⁵', '10¹⁰']);
  expect(tickTexts([1e4, 2e4])).toEqual(['10 k', '20 k']);
});

describe('ticks', () => {
  test('are round and inside', () => {
    expect(linearTicks(0, 1000, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(linearTicks(1.62, 4.3, 6)).toEqual([2, 2.5, 3, 3.5, 4]);
    expect(logTicks(1, 1e6, 7)).toEqual([1, 10, 100, 1000, 1e4, 1e5, 1e6]);
    expect(logTicks(0.5, 60, 12)).toEqual([0.5, 1, 2, 5, 10, 20, 50]);
  });

  test('exist within less than a decade', () => {
    expect(logTicks(1.7, 4.2, 5).length).toBeGreaterThan(2);
  });

  test('stay few over many decades', () => {
    expect(logTicks(1e-12, 1e12, 6).length).toBeLessThan(8);
  });
});

test('union and join keep each position once and leave gaps where nothing was measured', () => {
  const positions = union([
    [0, 1, 2, 3],
    [0, 2, 4],
  ]);
  expect(positions).toEqual([0, 1, 2, 3, 4]);
  expect(join(positions, [{ x: [0, 2, 4], y: [5, NaN, 7] }], Number.isFinite)).toEqual([
    [5, null, null, null, 7],
  ]);
});

test('thinning keeps the lowest and highest value of each bucket and skips what is not finite', () => {
  const x = Array.from({ length: 100 }, (_, i) => i);
  const y = x.map((i) => (i === 42 ? -9 : i === 57 ? 9 : i === 58 ? NaN : 0));
  const thinned = thin(
    { x, y },
    bucketStarts(x, (position) => Math.floor(position / 10)),
  );
  expect(thinned.x.length).toBe(20);
  expect(Math.min(...thinned.y)).toBe(-9);
  expect(Math.max(...thinned.y)).toBe(9);
});

test('many points are thinned to the width, few stay as they are', () => {
  const many = Array.from({ length: 60_000 }, (_, i) => i);
  const { data } = layOut([line(many, many)], options);
  expect(data[0].length).toBeLessThanOrEqual(2 * 601);
  expect(data[0].at(-1)).toBe(59_999);
  const few = many.slice(0, 1200);
  expect(layOut([line(few, few)], options).data[0]).toHaveLength(1200);
});

test('the more curves there are the fewer points each has, but one for each pixel', () => {
  const many = Array.from({ length: 60_000 }, (_, i) => i);
  const points = (curves: number): number =>
    layOut(
      Array.from({ length: curves }, () => line(many, many)),
      options,
    ).data[0].length;
  expect(points(8)).toBeLessThanOrEqual(1002);
  expect(points(8)).toBeGreaterThan(900);
  expect(points(100)).toBeLessThanOrEqual(602);
  expect(points(100)).toBeGreaterThan(550);
});

test('logarithmic axes drop what they cannot show', () => {
  const { data, ranges } = layOut([line([0, 1, 2, 3], [1, 0, -1, 2])], {
    ...options,
    logX: true,
    logY: true,
  });
  expect(data[0]).toEqual([1, 2, 3]);
  expect(data[1]).toEqual([null, null, 2]);
  expect(ranges.x[0]).toBe(1);
  expect(ranges.y[0]).toBeGreaterThan(0);
});

test('lines stretch the vertical axis unless they are optional', () => {
  const series = [line([0, 1], [1, 2])];
  const top = (optional: boolean): number =>
    layOut(series, { ...options, lines: [{ value: 9, label: '', color: 'c1', optional }] }).ranges.y[1];
  expect(top(false)).toBeGreaterThan(9);
  expect(top(true)).toBeLessThan(3);
});

test('the nearest point is found at and beyond the ends', () => {
  expect([-5, 0, 3.9, 4.1, 99].map((x) => nearest([0, 2, 6], x))).toEqual([0, 0, 1, 2, 2]);
  expect(nearest([], 1)).toBe(-1);
});

test('rows are chosen evenly, ends included', () => {
  expect(evenly(3, 5)).toEqual([0, 1, 2]);
  expect(evenly(101, 3)).toEqual([0, 50, 100]);
});

test('the CSV has every point on every axis, with names quoted where they must be', () => {
  const series = [
    { ...line([0, 1], [4, 3], 'train, mean'), band: { low: [3, 2], high: [5, 4], label: 'train' } },
    line([1], [2], 'held out'),
  ];
  const axes = [STEPS, { ...STEPS, id: 'tokens', label: 'tokens', convert: (step: number) => 32 * step }];
  expect(toCSV(series, axes).split('\n')).toEqual([
    'steps,tokens,"train, mean",train high,train low,held out',
    '0,0,4,5,3,',
    '1,32,3,4,2,2',
    '',
  ]);
});

test('smoothing keeps the raw curve behind, averages the past, and steps over what is not finite', () => {
  expect([...movingAverage([2, 2, NaN, 2], 3)]).toEqual([2, 2, 2, 2]);
  const average = movingAverage([0, 10], 1);
  expect(average[0]).toBe(0);
  expect(average[1]).toBeCloseTo(10 / (1 + Math.exp(-1)), 9);
  const noisy = { ...line([0, 1], [0, 10], 'training'), noisy: true };
  const [raw, smooth, other] = smoothed([noisy, line([0], [1], 'held out')]);
  expect(raw).toMatchObject({ thin: true, y: [0, 10] });
  expect(smooth).toMatchObject({ id: 'training' });
  expect(other).toMatchObject({ id: 'held out', y: [1] });
});

test('before anything is measured the axis goes from nothing to where it ends', () => {
  const { ranges } = layOut([line([], [])], { ...options, axis: { ...options.axis, end: 1000 } });
  expect(ranges.x).toEqual([0, 1000]);
});

describe('the rows of the table are at measured points', () => {
  const floor = line([0, 2000], [0.01, 0.01], 'floor');
  const training = line(
    Array.from({ length: 2000 }, (_, i) => i),
    Array.from({ length: 2000 }, () => 1),
    'training',
  );
  const heldOut = line([0, 50, 100, 500, 1000, 2000], [6, 5, 4, 3, 2, 1], 'held out');

  test('of the curve with the fewest, but not of a line from end to end', () => {
    expect(rowPositions([training, floor, heldOut])).toEqual(heldOut.x);
    expect(rowPositions([floor])).toEqual(floor.x);
  });

  test('of all points with markers, not of the law through them', () => {
    const law = line([1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1], 'law');
    const models = { ...line([10, 20, 40], [3, 2, 1], 'models'), markers: true };
    const others = { ...line([10, 30], [3, 2], 'others'), line: false };
    expect(rowPositions([law, floor, models, others])).toEqual([10, 20, 30, 40]);
  });
});

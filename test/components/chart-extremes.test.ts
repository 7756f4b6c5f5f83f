import { expect, test } from 'vitest';
import { layOut } from '../../src/components/chart/layout.ts';
import { union } from '../../src/components/chart/rows.ts';
import { axisRange, extent, linearTicks, logTicks } from '../../src/components/chart/scale.ts';
import type { ChartSeries } from '../../src/components/chart/types.ts';
import { loss, measured, scientific, tickText } from '../../src/components/format.ts';
import { Random } from '../../src/random.ts';

const EXTREMES = [
  0, -0, 5e-324, -5e-324, 1e-310, 2.2250738585072014e-308, 1e-300, 1e-16, 1, 1 + 2 ** -52, 1e15, 1e16,
  9007199254740993, 1e37, 3.4e38, 1e300, 1e308, 1.7976931348623157e308, -1.7976931348623157e308, -1e17, NaN,
  Infinity, -Infinity,
]; // prettier-ignore

/** Two values of the list, or two of any doubles. */
function* pairs(): Generator<[number, number]> {
  for (const a of EXTREMES) for (const b of EXTREMES) yield [a, b];
  const random = new Random(3);
  const bits = new DataView(new ArrayBuffer(8));
  const any = (): number => {
    bits.setUint32(0, random.word());
    bits.setUint32(4, random.word());
    return bits.getFloat64(0);
  };
  for (let i = 0; i < 3000; i++) yield [any(), any()];
}

test('whatever two numbers are on an axis, it has a range and a few ticks, at once', () => {
  for (const [a, b] of pairs()) {
    for (const log of [false, true]) {
      const [min, max] = axisRange(extent([a, b], log), log, 0.09);
      expect(
        Number.isFinite(max - min) && max > min && (!log || min > 0),
        `${a}, ${b}: ${min} … ${max}`,
      ).toBe(true);
      for (const [low, high] of [
        [min, max],
        [a, b],
        [b, a],
      ] as const) {
        const ticks = (log ? logTicks : linearTicks)(low, high, 8);
        expect(ticks.length).toBeLessThan(30);
        expect(ticks.every(Number.isFinite)).toBe(true);
      }
      expect((log ? logTicks : linearTicks)(min, max, 8).length, `${a}, ${b}`).toBeGreaterThan(0);
    }
  }
});

test('ordinary axes are as they were', () => {
  expect(linearTicks(0, 3.1, 6)).toEqual([0, 1, 2, 3]);
  expect(linearTicks(-0.05, 1.05, 5)).toEqual([0, 0.5, 1]);
  expect(logTicks(1, 1000, 9)).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
  expect(logTicks(1e-3, 1e9, 5)).toEqual([1e-3, 1, 1e3, 1e6, 1e9]);
});

test('a chart of extremes is laid out, finite and bounded', () => {
  const x = [1, 2, 3, 4, 5];
  for (const [a, b] of pairs()) {
    const series: ChartSeries[] = [{ id: 'a', label: 'a', x, y: [a, b, 1, a, b], color: 'c1' }];
    const options = {
      axis: { id: 'x', label: 'x', convert: (at: number) => at },
      width: 600,
      lines: [],
      heights: [a, b],
    };
    for (const log of [false, true]) {
      const { ranges } = layOut(series, { ...options, logX: log, logY: log });
      expect([...ranges.x, ...ranges.y].every(Number.isFinite)).toBe(true);
    }
  }
});

test('positions that are no number are left out', () => {
  expect(union([[1, NaN, 3], [2, Infinity], [NaN]])).toEqual([1, 2, 3]);
});

test('numbers are short and readable however large or small', () => {
  expect(loss(6.573799014613006e23)).toBe('6.574 × 10²³');
  expect(loss(0.12345)).toBe('0.123');
  expect([1e37, 2.5e37, -3e38].map(tickText)).toEqual(['10³⁷', '2.5·10³⁷', '-3·10³⁸']);
  for (const value of EXTREMES) {
    for (const text of [loss(value), measured(value), tickText(value), scientific(value)]) {
      if (Number.isFinite(value)) expect(text, `${value}`).not.toMatch(/NaN|Infinity|undefined/);
      expect(text.length, `${value} as ${text}`).toBeLessThan(24);
    }
  }
});

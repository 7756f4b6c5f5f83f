/** What is read from a class: curves, predictions, verdicts against what is to be expected, answers, tables. */
import { expect, test } from 'vitest';
import {
  against,
  countVerdicts,
  disagreements,
  expectedRange,
  pooledCurve,
  quantile,
  shift,
  toCSV,
  toJSON,
  toTable,
} from '../../src/class/pooled.ts';
import { planted } from './planted.ts';

const class30 = Array.from({ length: 30 }, (_, i) => planted(i));

test('quantiles are linear between neighbours', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([10], 0.95)).toBe(10);
  expect(quantile([0, 1], 0.05)).toBeCloseTo(0.05, 12);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the median and the band of thirty curves', () => {
  const { x, median, low, high } = pooledCurve(class30, true);
  expect(x).toEqual([1000, 10_000, 100_000]);
  // The i-th curve lies 0.01 i above the first; the middle of 0 … 29 is 14.5, and 90% of them lie from 1.45 to 27.55.
  [1, 0.8, 0.6].forEach((base, i) => {
    expect(median[i]).toBeCloseTo(base + 0.145, 12);
    expect(low[i]).toBeCloseTo(base + 0.0145, 12);
    expect(high[i]).toBeCloseTo(base + 0.2755, 12);
  });
});

test('curves with points elsewhere are read between them, and never beyond them', () => {
  const curve = (x: number[], y: number[]) => planted(0, { curve: { x, y } });
  const results = [curve([1, 10, 100], [1, 2, 3]), curve([1, 100], [1, 3]), curve([10, 100], [2, 3])];
  expect(pooledCurve(results, true)).toEqual({
    x: [1, 10, 100],
    median: [1, 2, 3],
    low: [1, 2, 3],
    high: [1, 2, 3],
  });
  // On a linear axis 10 is a tenth of the way to 100, not half.
  expect(pooledCurve(results, false).low[1]).toBeLessThan(1.3);
  // At 1 only one of four has a value.
  const more = [...results.slice(0, 1), ...Array.from({ length: 3 }, () => curve([10, 100], [2, 3]))];
  expect(pooledCurve(more, true).x).toEqual([10, 100]);
  expect(pooledCurve([], true).x).toEqual([]);
});

test('predictions are held against the number that they are about', () => {
  const { predicted, measured, off } = against(class30, 'measured');
  expect(predicted).toHaveLength(30);
  expect(measured[29]).toBeCloseTo(0.609, 12);
  // Said is 0.5 + 0.01 i, measured 0.58 + 0.001 i: |0.08 − 0.009 i|.
  expect(off).toBeCloseTo(
    quantile(
      class30.map((_, i) => Math.abs(0.08 - 0.009 * i)),
      0.5,
    ),
    12,
  );
  const point = planted(0, { prediction: { kind: 'point', points: [[200, 0.5]] } });
  expect(against([point], 'measured').predicted).toEqual([200]);
  const drawn = planted(0, {
    prediction: {
      kind: 'curve',
      points: [
        [1, 2],
        [3, 4],
      ],
    },
  });
  expect(against([drawn], 'nothing')).toEqual({ predicted: [], measured: [], off: NaN });
});

test('verdicts are counted beside how many are to be expected', () => {
  const count = countVerdicts(class30, { rate: 0.9 });
  expect([count.of, count.holds, count.doesNotHold, count.notEnough]).toEqual([30, 27, 3, 0]);
  // Binomial, n 30, p .9: P(X ≤ 23) = .0258, P(X ≤ 24) = .0732, P(X = 30) = .0424, P(X ≥ 29) = .1837.
  expect(count.expected).toEqual([24, 29]);
  // Ten of ten trial runs: the share of a further thirty is not known to be one.
  const [fewest, most] = expectedRange(30, { holds: 10, of: 10 });
  expect(most).toBe(30);
  expect(fewest).toBeGreaterThan(20);
  expect(fewest).toBeLessThan(28);
  expect(expectedRange(0, { rate: 0.9 })).toEqual([0, 0]);
  expect(expectedRange(30, { holds: 5, of: 10 })).toEqual([7, 23]);
});

test('answers before and at the end', () => {
  const results = [
    planted(0, { before: 0, after: 1 }),
    planted(1, { before: 1, after: 1 }),
    planted(2, { before: 1, after: 2 }),
  ];
  const { after: _, ...open } = planted(3, { before: 3 });
  expect(shift([...results, open], 1)).toEqual({ before: [1, 2, 0, 1], after: [0, 2, 1, 0], to: 1, from: 1 });
});

test('other bits on the same kind of device are named, on another they are not', () => {
  const one = planted(0);
  const same = planted(1, { seed: one.seed, digest: one.digest });
  const other = planted(2, { seed: one.seed });
  const elsewhere = planted(3, { seed: one.seed, device: 'another GPU' });
  expect(disagreements([one, same, elsewhere])).toEqual([]);
  expect(disagreements([one, same, other, elsewhere])).toEqual([[one, same, other]]);
});

test('the table has a row for each member and a column for each number, as CSV and JSON too', () => {
  const [head, first] = toTable([planted(0), planted(1, { numbers: { alpha: 0.5 } })]);
  expect(head!.slice(-3)).toEqual(['measured', 'predicted', 'alpha']);
  expect(first![0]).toBe('member-000');
  expect(toCSV(class30).trim().split('\n')).toHaveLength(31);
  expect(toCSV([planted(0, { device: '=cmd()' })])).toContain("'=cmd()");
  expect(JSON.parse(toJSON(class30))).toEqual({ format: 'scaling-lab class 1', results: class30 });
});

/** Rows in place of a vertical axis: each has its name where ticks would be. */
import type uPlot from 'uplot';
import type { Range } from './scale.ts';

/** @param axis its looks @returns an axis as wide as the names, and at most 45% of the chart */
export function rowNames(
  axis: uPlot.Axis,
  rows: readonly string[],
  { width, font }: { width: number; font: { size: number } },
): uPlot.Axis {
  // Chinese signs are twice as wide as letters.
  const widths = rows.map((name) =>
    Array.from(name).reduce((sum, sign) => sum + (sign > '\u2e80' ? 1 : 0.56), 1.2),
  );
  const { label: _none, labelSize: _size, ...plain } = axis;
  return {
    ...plain,
    size: Math.min(font.size * Math.max(...widths), 0.45 * width),
    splits: () => rows.map((_, i) => i),
    values: () => rows.toReversed(),
  };
}

/** Half a row above and below, and a little room at both sides. */
export function aroundRows([low, high]: Range, rows: number): { x: Range; y: Range } {
  const room = 0.04 * (high - low);
  return { x: [low - room, high + room], y: [-0.6, rows - 0.4] };
}

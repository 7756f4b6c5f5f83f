/** From a lesson's figure to what the chart draws: one look per meaning, the same in every lesson. */
import { measured } from '../components/format.ts';
import type { ChartSeries, Words, XAxis } from '../components/index.ts';
import type { Axis, Figure, Role, Series } from '../findings/findings.ts';
import { FEW, lookOf } from './looks.ts';
import { say } from '../locales/say.ts';
import { strings } from './strings.ts';

export { say } from '../locales/say.ts';

/** @param ghost grey and thin: a recorded run behind a live one */
export function chartSeries(figure: Figure, ghost = false): ChartSeries[] {
  const seen = new Map<Role, number>();
  return figure.series.map((series, i) => {
    const nth = seen.get(series.role) ?? 0;
    seen.set(series.role, nth + 1);
    const { x, y, low, high } = ascending(series);
    const label = say(series.name);
    const points = series.mark === 'points';
    return {
      id: `${ghost ? 'recorded ' : ''}${figure.name} ${i}`,
      label: ghost ? strings.recordedSeries(label) : label,
      x,
      y,
      ...lookOf(series, nth),
      ...(points ? { line: false } : { markers: !ghost && x.length <= FEW && series.role !== 'reference' }),
      ...(low && high ? { band: { low, high, label } } : {}),
      ...(ghost && { color: 'ink-3', thin: true, noisy: false, band: undefined }),
    };
  });
}

/** Sorted by x; positions that occur twice are moved apart by less than can be seen, as the chart joins equal ones. */
function ascending({ x, y, low, high }: Series): {
  x: number[];
  y: number[];
  low?: number[];
  high?: number[];
} {
  const order = x.map((_, i) => i).filter((i) => Number.isFinite(x[i]));
  order.sort((a, b) => x[a]! - x[b]!);
  const pick = (values: readonly (number | null)[]): number[] => order.map((i) => values[i] ?? NaN);
  const sorted = pick(x);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i]! <= sorted[i - 1]!) sorted[i] = sorted[i - 1]! + Math.abs(sorted[i - 1]! || 1) * 1e-9;
  }
  return { x: sorted, y: pick(y), ...(low && { low: pick(low) }), ...(high && { high: pick(high) }) };
}

export function xAxisOf({ x }: Figure): XAxis {
  return { id: 'x', label: axisLabel(x), convert: (value) => value };
}

export const axisLabel = ({ label }: Axis): string => say(label);

export function wordsOf({ x }: Figure): Words {
  return {
    place: (position) => `${axisLabel(x)} ${measured(position, 5)}`,
    value: (value) => measured(value, 4),
  };
}

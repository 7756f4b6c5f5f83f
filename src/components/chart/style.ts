/** What a plot, which is drawn on a canvas, has from the page's style. */
import { readColors } from '../colors.ts';
import type { LineStyle } from './reference-lines.ts';
import type { ChartSeries, ReferenceLine } from './types.ts';

export interface ChartStyle {
  /** by the names of tokens */
  colors: Record<string, string>;
  /** family of the type and its size in CSS px */
  font: { family: string; size: number };
  /** of lines, as a factor */
  weight: number;
}

/** @param plot the element that the plot is in @param used what has a colour of its own */
export function readStyle(host: Element, plot: Element, used: readonly { color: string }[]): ChartStyle {
  const style = getComputedStyle(plot);
  return {
    colors: readColors(host, ['ink', 'ink-2', 'ink-3', 'line', 'card', ...used.map(({ color }) => color)]),
    font: { family: style.fontFamily, size: Math.round(parseFloat(style.fontSize)) },
    weight: Number(style.getPropertyValue('--lab-line-weight')) || 1,
  };
}

export const lineStyle = ({ colors, font, weight }: ChartStyle): LineStyle => ({
  colors,
  ground: colors.card!,
  font: `${font.size * devicePixelRatio}px ${font.family}`,
  height: font.size * 1.5,
  weight,
});

/** What a plot is built for; another text builds it anew. @param others what else that depends on */
export function builtFor(
  series: readonly ChartSeries[],
  lines: readonly ReferenceLine[],
  others: readonly unknown[],
): string {
  const shape = series.map(({ id, color, dash, thin, markers, line, band }) =>
    [id, color, String(dash), thin, markers, line, Boolean(band)].join(),
  );
  return [...shape, ...lines.map(({ color }) => color), ...others].join(';');
}

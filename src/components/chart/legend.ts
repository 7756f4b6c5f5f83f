/** Names and values of the curves, above the plot. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { loss } from '../format.ts';
import { strings } from '../strings.ts';
import { pointAt } from './cursor.ts';
import type { ChartSeries } from './types.ts';

/** How positions and values are said. */
export interface Words {
  place: (position: number) => string;
  value: (value: number | undefined) => string;
}

export const plainWords = (): Words => ({ place: strings.atPosition, value: loss });

/**
 * @param placed ids of the curves that have their names on the plot
 * @param reading the position that is read; without one, the curves have names alone
 */
export function renderLegend(
  series: readonly ChartSeries[],
  placed: ReadonlySet<string>,
  position: number,
  reading: number | undefined,
  words: Words,
): TemplateResult | typeof nothing {
  const entries = series.filter(({ id }) => !placed.has(id));
  if (!entries.length) return nothing;
  return html`<ul class="legend" part="legend">
    ${entries.map((entry) => renderEntry(entry, position, reading !== undefined, words))}
    ${reading === undefined || placed.size ? nothing : html`<li class="where">${words.place(reading)}</li>`}
  </ul>`;
}

/** Over the plot, while it is read: the place, and the values of the curves that the legend does not have. */
export function renderReading(
  series: readonly ChartSeries[],
  placed: ReadonlySet<string>,
  reading: number | undefined,
  words: Words,
): TemplateResult | typeof nothing {
  if (reading === undefined || !placed.size) return nothing;
  const there = series.filter((entry) => placed.has(entry.id) && isNear(entry, reading));
  return html`<ul class="legend reading">
    <li class="where">${words.place(reading)}</li>
    ${there.map((entry) => renderEntry(entry, reading, true, words))}
  </ul>`;
}

/** Points that stand alone are read where they are. */
const isNear = (entry: ChartSeries, reading: number): boolean =>
  entry.line !== false || pointAt(entry, reading)?.x === reading;

function renderEntry(entry: ChartSeries, position: number, isRead: boolean, words: Words): TemplateResult {
  return html`<li>
    ${swatch(entry)}
    ${entry.label}${isRead ? html`<b>${words.value(pointAt(entry, position)?.y)}</b>` : nothing}
  </li>`;
}

function swatch({ color, dash, band, line = true }: ChartSeries): TemplateResult {
  const stroke = `var(--lab-${color})`;
  return html`<svg aria-hidden="true" viewBox="0 0 24 10">
    ${band ? svg`<rect width="24" height="10" fill=${stroke} opacity=".18" />` : nothing}
    ${
      line
        ? svg`<line x2="24" y1="5" y2="5" stroke=${stroke} stroke-width="2.5" stroke-dasharray=${dash?.join(' ') ?? 'none'} />`
        : svg`<circle cx="12" cy="5" r="3.6" fill="none" stroke=${stroke} stroke-width="2" />`
    }
  </svg>`;
}

/** What is measured at a position, in words. */
export function describe(series: readonly ChartSeries[], position: number, words: Words): string {
  const values = series.flatMap((entry) => {
    const point = pointAt(entry, position);
    if (!point) return [];
    const where = point.x === position ? '' : ` (${words.place(point.x)})`;
    return [`${entry.label} ${words.value(point.y)}${where}`];
  });
  return values.length ? `${words.place(position)}: ${values.join(', ')}` : strings.noData;
}

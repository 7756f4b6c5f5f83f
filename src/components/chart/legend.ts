/** Names and values of the curves, above the plot. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { loss } from '../format.ts';
import { strings } from '../strings.ts';
import { pointAt } from './cursor.ts';
import type { ChartSeries } from './types.ts';

/** @param reading the position that is read; without one, the latest values are shown */
export function renderLegend(
  series: readonly ChartSeries[],
  position: number,
  reading: number | undefined,
): TemplateResult {
  return html`<ul class="legend" part="legend">
    ${series.map(
      (entry) => html`<li>${swatch(entry)} ${entry.label}<b>${loss(pointAt(entry, position)?.y)}</b></li>`,
    )}
    ${reading === undefined ? nothing : html`<li class="where">${strings.atPosition(reading)}</li>`}
  </ul>`;
}

function swatch({ color, dash, band }: ChartSeries): TemplateResult {
  const stroke = `var(--lab-${color})`;
  return html`<svg aria-hidden="true" viewBox="0 0 24 10">
    ${band ? svg`<rect width="24" height="10" fill=${stroke} opacity=".18" />` : nothing}
    <line
      x2="24"
      y1="5"
      y2="5"
      stroke=${stroke}
      stroke-width="2.5"
      stroke-dasharray=${dash?.join(' ') ?? 'none'}
    />
  </svg>`;
}

/** What is measured at a position, in words. */
export function describe(series: readonly ChartSeries[], position: number): string {
  const values = series.flatMap((entry) => {
    const point = pointAt(entry, position);
    if (!point) return [];
    const where = point.x === position ? '' : ` (${strings.atPosition(point.x)})`;
    return [`${entry.label} ${loss(point.y)}${where}`];
  });
  return values.length ? `${strings.atPosition(position)}: ${values.join(', ')}` : strings.noData;
}

/** The plot as a control that is read by pointer or keys, and what stands over it. */
import { html, type TemplateResult } from 'lit';
import { strings } from '../strings.ts';
import type { Cursor } from './cursor.ts';
import { renderEmpty } from './empty.ts';
import { describe, renderReading, type Words } from './legend.ts';
import type { ChartSeries, XAxis } from './types.ts';

interface Chart {
  readonly named: readonly ChartSeries[];
  readonly chosen: XAxis;
  readonly label: string;
  readonly words: Words;
}

/** @param placed ids of the curves that have their names on the plot */
export function renderField(
  chart: Chart & Parameters<typeof renderEmpty>[0],
  cursor: Cursor,
  placed: ReadonlySet<string>,
): TemplateResult {
  const { named, label, words, chosen } = chart;
  const { at, position, positions } = cursor;
  return html`<div class="field">
    ${renderReading(named, placed, at, words)}
    <div
      class="plot"
      part="plot"
      role="slider"
      tabindex="0"
      aria-label=${strings.chartCursor(label)}
      aria-valuemin="0"
      aria-valuemax=${Math.max(0, positions.length - 1)}
      aria-valuenow=${Math.max(0, positions.indexOf(position))}
      aria-valuetext=${describe(named, position, words)}
      @keydown=${(event: KeyboardEvent) => cursor.press(event)}
      @blur=${() => cursor.read(undefined)}
    >
      ${renderEmpty(chart, chosen.convert)}
    </div>
    <div class="ground"></div>
  </div>`;
}

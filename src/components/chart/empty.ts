/** What stands on the plot where there is nothing to draw. */
import { html, nothing, type TemplateResult } from 'lit';
import { strings } from '../strings.ts';
import type { ChartFrame, ChartSeries, XAxis } from './types.ts';

interface Shown {
  series: readonly ChartSeries[];
  logX: boolean;
  logY: boolean;
  /** axes that stand before anything is measured */
  frame: ChartFrame | undefined;
}

/** Says it in words where the axes are empty. */
export function renderEmpty(
  { series, logX, logY, frame }: Shown,
  convert: XAxis['convert'],
): TemplateResult | typeof nothing {
  if (!series.some(({ x }) => x.length))
    return frame ? nothing : html`<p class="empty">${strings.noData}</p>`;
  const isShown = ({ x, y }: ChartSeries): boolean =>
    Array.prototype.some.call(
      y,
      (value: number, i) => !(logY && value <= 0) && !(logX && convert(x[i]!) <= 0),
    );
  return (logX || logY) && !series.some(isShown)
    ? html`<p class="empty">${strings.nothingPositive}</p>`
    : nothing;
}

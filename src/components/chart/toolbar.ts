/** The buttons above a plot. */
import { html, nothing, type TemplateResult } from 'lit';
import { strings } from '../strings.ts';
import type { ChartSeries, XAxis } from './types.ts';

/** Steps as they are counted. */
export const STEPS: XAxis = {
  id: 'steps',
  get label() {
    return strings.steps;
  },
  convert: (step) => step,
};

interface Chart {
  series: readonly ChartSeries[];
  axes: readonly XAxis[];
  axis: string;
  logX: boolean;
  logY: boolean;
  smooth: boolean;
}

export function renderToolbar(chart: Chart): TemplateResult {
  const toggle = (key: 'logX' | 'logY' | 'smooth', label: string, help: string): TemplateResult =>
    html`<button
      class="small"
      type="button"
      title=${help}
      aria-pressed=${chart[key]}
      @click=${() => (chart[key] = !chart[key])}
    >
      ${label}
    </button>`;
  return html`<div class="bar" part="bar">
    <slot name="first"></slot>
    ${axisButtons(chart)} ${toggle('logX', strings.logX, strings.logXHelp)}
    ${toggle('logY', strings.logY, strings.logYHelp)}
    ${
      chart.series.some(({ noisy }) => noisy) ? toggle('smooth', strings.smooth, strings.smoothHelp) : nothing
    }
    <slot></slot>
  </div>`;
}

/** One button per axis, where there is a choice. */
function axisButtons(chart: Chart): TemplateResult | typeof nothing {
  const { axes, axis } = chart;
  if (axes.length < 2) return nothing;
  return html`<span class="segments" role="group" aria-label=${strings.horizontal}>
    ${axes.map(
      ({ id, label }) =>
        html`<button type="button" aria-pressed=${id === axis} @click=${() => (chart.axis = id)}>
          ${label}
        </button>`,
    )}
  </span>`;
}

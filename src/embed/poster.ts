/** A figure as one SVG: what stands there before anything else is loaded. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { layOut } from '../components/chart/layout.ts';
import { linearTicks, logTicks, type Range } from '../components/chart/scale.ts';
import type { ChartFrame, ChartSeries, Prediction } from '../components/index.ts';
import { tickText } from '../components/format.ts';
import { axisLabel, chartSeries, say, xAxisOf } from '../figures/series.ts';
import type { Figure } from '../lessons/lesson.ts';

export interface Poster {
  figure: Figure;
  prediction: Prediction | undefined;
  /** what the axes show at least */
  frame: ChartFrame | undefined;
  /** where along x the answer shall be drawn */
  asked?: { from?: number; to?: number } | undefined;
  /** hears how values lie on the picture */
  placed?: ((geometry: Geometry) => void) | undefined;
  logX: boolean;
  logY: boolean;
  /** of the room there is, px */
  width: number;
  height: number;
  /** what it shows, for those who do not see it */
  description: (names: string) => string;
}

/** How values lie on the plot, from its left and its top, px: at which ends of a range, on what scale. */
export type Geometry = Record<'x' | 'y', { range: Range; log: boolean; from: number; to: number }>;

const MARGIN = { left: 58, right: 22, top: 10, bottom: 42 };

type Place = (value: number) => number;

export function renderPoster(poster: Poster): TemplateResult {
  const { figure, logX, logY, width, height, prediction, frame, asked } = poster;
  const series = chartSeries(figure);
  const heights = prediction?.points.map(([, y]) => y) ?? [];
  const { ranges } = layOut(series, { axis: xAxisOf(figure), logX, logY, width, lines: [], heights, frame });
  const x = placer(ranges.x, logX, MARGIN.left, width - MARGIN.right);
  const y = placer(ranges.y, logY, height - MARGIN.bottom, MARGIN.top);
  poster.placed?.({
    x: { range: ranges.x, log: logX, from: 0, to: width - MARGIN.left - MARGIN.right },
    y: { range: ranges.y, log: logY, from: height - MARGIN.top - MARGIN.bottom, to: 0 },
  });
  const names = series.map(({ label }) => label).join(', ');
  return html`<ul class="legend" part="legend">
      ${series.map((entry) => html`<li>${swatch(entry)} ${entry.label}</li>`)}
    </ul>
    <svg
      class="poster"
      part="plot"
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-label=${poster.description(names)}
    >
      <clipPath id="field">
        <rect x=${MARGIN.left} y="0" width=${width - MARGIN.left} height=${height - MARGIN.bottom + 4} />
      </clipPath>
      ${asked ? region(x(asked.from ?? ranges.x[0]), x(asked.to ?? ranges.x[1]), height) : nothing}
      ${axes(poster, ranges, x, y)}
      <g clip-path="url(#field)">
        ${series.map((entry) => curve(entry, x, y))} ${expected(prediction, x, y, width)}
      </g>
    </svg>`;
}

function axes(
  { figure, logX, logY, width, height }: Poster,
  ranges: { x: Range; y: Range },
  x: Place,
  y: Place,
): TemplateResult {
  const [bottom, right] = [height - MARGIN.bottom, width - MARGIN.right];
  const ticks = (log: boolean, [min, max]: Range, room: number): number[] =>
    (log ? logTicks : linearTicks)(min, max, Math.max(2, Math.floor(room)));
  const middle = bottom / 2;
  return svg`<g class="axes">
    ${ticks(logX, ranges.x, width / 80).map(
      (tick) =>
        svg`<path d="M${x(tick)} ${MARGIN.top}V${bottom}" /><text x=${x(tick)} y=${bottom + 16} text-anchor="middle">${tickText(tick)}</text>`,
    )}
    ${ticks(logY, ranges.y, height / 42).map(
      (tick) =>
        svg`<path d="M${MARGIN.left} ${y(tick)}H${right}" /><text x=${MARGIN.left - 7} y=${y(tick) + 4} text-anchor="end">${tickText(tick)}</text>`,
    )}
    <text x=${(MARGIN.left + right) / 2} y=${height - 6} text-anchor="middle">${say(figure.x.label)}</text>
    <text x="12" y=${middle} transform="rotate(-90 12 ${middle})" text-anchor="middle">${axisLabel(figure.y)}</text>
  </g>`;
}

function curve(series: ChartSeries, x: Place, y: Place): TemplateResult {
  const { color, dash, width = 2, line = true, markers, band } = series;
  const stroke = `var(--lab-${color})`;
  const points = pointsOf(series.x, series.y, x, y);
  const edge = band && [
    ...pointsOf(series.x, band.high, x, y),
    ...pointsOf(series.x, band.low, x, y).reverse(),
  ];
  return svg`<g stroke=${stroke} fill="none">
    ${edge?.length ? svg`<path d="M${edge.join('L')}Z" fill=${stroke} stroke="none" opacity=".16" />` : nothing}
    ${line && points.length ? svg`<path d="M${points.join('L')}" stroke-width=${width} stroke-dasharray=${dash?.join(' ') ?? 'none'} />` : nothing}
    ${
      markers || !line
        ? points.map(
            ([left, top]) =>
              svg`<circle cx=${left!} cy=${top!} r=${line ? 3 : 4} stroke-width=${line ? 1.5 : 2} />`,
          )
        : nothing
    }
  </g>`;
}

const region = (from: number, to: number, height: number): TemplateResult =>
  svg`<path class="asked" d="M${from} ${MARGIN.top}H${to}V${height - MARGIN.bottom}H${from}Z" />`;

/** Those that can be drawn. */
function pointsOf(xs: ArrayLike<number>, ys: ArrayLike<number>, x: Place, y: Place): number[][] {
  return Array.from(xs, (value, i) => [x(value), y(ys[i]!)]).filter((point) => point.every(Number.isFinite));
}

function expected(
  prediction: Prediction | undefined,
  x: Place,
  y: Place,
  width: number,
): TemplateResult | typeof nothing {
  if (!prediction) return nothing;
  const { kind, points } = prediction;
  const [px, py] = points[0]!;
  const path = {
    level: () => `M0 ${y(py)}H${width}`,
    point: () => `M${x(px)} 0V9999`,
    curve: () => `M${points.map((point) => `${x(point[0])} ${y(point[1])}`).join('L')}`,
  }[kind]();
  return /NaN|Infinity/.test(path) ? nothing : svg`<path class="expected" d=${path} />`;
}

function placer([min, max]: Range, log: boolean, from: number, to: number): Place {
  const scale = log ? Math.log : (value: number): number => value;
  const [low, high] = [scale(min), scale(max)];
  // A tenth of a pixel is enough, and keeps the paths short.
  return (value) =>
    log && value <= 0
      ? NaN
      : Math.round((from + ((to - from) * (scale(value) - low)) / (high - low)) * 10) / 10;
}

function swatch({ color, dash, line = true }: ChartSeries): TemplateResult {
  const stroke = `var(--lab-${color})`;
  return html`<svg aria-hidden="true" viewBox="0 0 24 10">
    ${
      line
        ? svg`<path d="M0 5H24" stroke=${stroke} stroke-width="2.5" stroke-dasharray=${dash?.join(' ') ?? 'none'} />`
        : svg`<circle cx="12" cy="5" r="3.6" fill="none" stroke=${stroke} stroke-width="2" />`
    }
  </svg>`;
}

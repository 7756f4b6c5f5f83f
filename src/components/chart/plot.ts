/** The uPlot behind the chart: how scales, axes, lines and bands are set up. */
import uPlot from 'uplot';
import { withAlpha } from '../colors.ts';
import { tickTexts } from '../people.ts';
import { type LineStyle, referenceLines } from './reference-lines.ts';
import { rowNames } from './row-names.ts';
import { linearTicks, logTicks, type Range } from './scale.ts';
import type { ChartSeries, ReferenceLine } from './types.ts';

export interface PlotOptions {
  width: number;
  height: number;
  logX: boolean;
  logY: boolean;
  xLabel: string;
  yLabel: string;
  /** names of rows, from the top, in place of the vertical axis */
  rows: readonly string[] | undefined;
  series: readonly ChartSeries[];
  colors: Record<string, string>;
  /** family of the type and its size in CSS px */
  font: { family: string; size: number };
  weight: number;
  /** id of the series that stands out, if one does */
  emphasis: string | undefined;
  /** asked for at each drawing */
  ranges: () => { x: Range; y: Range };
  lines: () => readonly ReferenceLine[];
  lineStyle: () => LineStyle;
  /** The plot was drawn: its scales are what they will be. */
  drawn: (plot: uPlot) => void;
  /** The pointer is at this place of the x axis, or has left. */
  pointed: (x: number | undefined) => void;
}

/** Thin lines with more points than this are paler, or they would hide the mean. */
const MANY_POINTS = 300;

export function createPlot(options: PlotOptions, data: uPlot.AlignedData, target: HTMLElement): uPlot {
  const { logX, logY, font } = options;
  const scale = (log: boolean, range: () => Range): uPlot.Scale => ({
    time: false,
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enum has no values at run time
    distr: log ? 3 : 1,
    range,
  });
  return new uPlot(
    {
      width: options.width,
      height: options.height,
      padding: [font.size, 1.8 * font.size, 0, 0],
      scales: { x: scale(logX, () => options.ranges().x), y: scale(logY, () => options.ranges().y) },
      axes: [
        axis(options, options.xLabel, logX, { labelSize: 1.5, size: 1.9, space: 6 }),
        options.rows
          ? rowNames(axis(options, '', false, { labelSize: 0, size: 0, space: 1 }), options.rows, options)
          : axis(options, options.yLabel, logY, { labelSize: 1.9, size: 3.4, space: 3.2 }),
      ],
      ...linesAndBands(options),
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, x: false, y: false, points: { show: false } },
      plugins: [referenceLines(options.lines, options.lineStyle)],
      hooks: {
        // Round joins are what a browser without a GPU spends most of its time on; at dense points nobody sees them.
        drawAxes: [({ ctx }) => (ctx.lineJoin = 'bevel')],
        draw: [options.drawn],
        setCursor: [
          (plot) => {
            const { left = -1 } = plot.cursor;
            options.pointed(left < 0 ? undefined : plot.posToVal(left, 'x'));
          },
        ],
      },
    },
    data,
    target,
  );
}

/** Sizes are in multiples of the type's. */
function axis(
  { colors, font }: PlotOptions,
  label: string,
  log: boolean,
  { labelSize, size, space }: { labelSize: number; size: number; space: number },
): uPlot.Axis {
  const ticks = log ? logTicks : linearTicks;
  return {
    label,
    labelSize: labelSize * font.size,
    labelFont: `${font.size}px ${font.family}`,
    font: `${font.size}px ${font.family}`,
    size: size * font.size,
    gap: 5,
    stroke: colors['ink-2']!,
    grid: { stroke: colors.line!, width: 1 },
    ticks: { show: false },
    // uPlot's own steps end at 10¹⁶, and it asks for one as wide as its labels, or hides the axis; `splits` has no use for it.
    incrs: (_plot, _index, min, max) => [Math.max(5, max - min)],
    splits: (plot, index, min, max) => {
      const length = (index === 0 ? plot.width : plot.height) - 5 * font.size;
      return ticks(min, max, Math.max(2, Math.floor(length / (space * font.size))));
    },
    values: (_plot, splits) => tickTexts(splits),
    filter: (_plot, splits) => splits,
  };
}

function linesAndBands({
  series,
  colors,
  weight,
  emphasis,
}: PlotOptions): Pick<uPlot.Options, 'series' | 'bands'> {
  const lines: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  // With more points than a chart has pixels a line is thinner: it would be a band.
  for (const { id, x, color, dash, width = 2, thin, markers, line = true, band } of series) {
    const faint = emphasis !== undefined && id !== emphasis;
    const stroke = faint ? withAlpha(colors[color]!, 0.28) : colors[color]!;
    lines.push({
      stroke: thin ? withAlpha(stroke, x.length > MANY_POINTS ? 0.18 : 0.5) : stroke,
      width: (thin || x.length > 2e3 ? 1 : width) * weight * (id === emphasis ? 1.5 : 1),
      ...(dash ? { dash } : {}),
      ...(line ? {} : { paths: () => null }),
      spanGaps: true,
      // On whole pixels, which is faster, a slope is a staircase.
      pxAlign: x.length > MANY_POINTS ? 1 : 0,
      points: {
        show: Boolean(markers) || !line,
        size: (line ? 6 : 8) * weight,
        width: line ? 1.5 : 2,
        fill: colors.card!,
        stroke,
      },
    });
    if (!band) continue;
    const edge: uPlot.Series = {
      stroke: 'transparent',
      width: 0,
      spanGaps: true,
      pxAlign: 0,
      points: { show: false },
    };
    bands.push({ series: [lines.length, lines.length + 1], fill: withAlpha(stroke, 0.16) });
    lines.push(edge, { ...edge });
  }
  return { series: lines, bands };
}

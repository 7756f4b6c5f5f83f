/** The plot of a chart as it stands: built anew when its curves, axes or colours have changed, else given the new data. */
import type { ReactiveControllerHost } from 'lit';
import type uPlot from 'uplot';
import { ThemeWatch } from '../theme-watch.ts';
import { type Layout, layOut, type LayoutOptions } from './layout.ts';
import { createPlot, type PlotOptions } from './plot.ts';
import { aroundRows } from './row-names.ts';
import { smoothed } from './smooth.ts';
import { builtFor, type ChartStyle, lineStyle, readStyle } from './style.ts';
import type { ChartSeries } from './types.ts';

/** What is to be drawn. */
export interface Drawing extends Omit<LayoutOptions, 'width'> {
  series: readonly ChartSeries[];
  /** noisy curves are smoothed, the raw ones pale behind them */
  smooth: boolean;
  yLabel: string;
  /** names of rows, from the top, in place of the vertical axis */
  rows: readonly string[] | undefined;
  /** id of the curve that stands out */
  emphasis: string | undefined;
  /** the axes stay as they are */
  still: boolean;
}

export class DrawnPlot {
  /** what the axes show */
  ranges: Layout['ranges'] = { x: [0, 1], y: [0, 1] };
  look: ChartStyle = { colors: {}, font: { family: 'sans-serif', size: 12 }, weight: 1 };
  private plot: uPlot | undefined;
  /** what the plot was built for */
  private built = '';
  private lines: Drawing['lines'] = [];

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly on: Pick<PlotOptions, 'drawn' | 'pointed'> & { restyled: () => void },
  ) {
    new ThemeWatch(host, () => {
      this.forgetLook();
      on.restyled();
    });
  }

  /** The picture that it has drawn; nothing before it had room. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.plot?.ctx.canvas;
  }

  /** Colours or type have changed: the next drawing begins anew. */
  private forgetLook(): void {
    this.built = '';
  }

  destroy(): void {
    this.plot?.destroy();
    this.plot = undefined;
    this.forgetLook();
  }

  /** @param target what it is drawn into, and fills */
  draw(target: HTMLElement, drawing: Drawing): void {
    const { clientWidth: width, clientHeight: height } = target;
    if (!width || !height || !target.isConnected) {
      this.forgetLook(); // What is hidden hears of no new colours.
      return;
    }
    const { lines, axis, logX, logY, yLabel, emphasis, rows } = drawing;
    const series = drawing.smooth ? smoothed(drawing.series) : drawing.series;
    const { data, ranges } = layOut(series, { ...drawing, width });
    if (!drawing.still) this.ranges = rows ? aroundRows(ranges.x, rows.length) : ranges;
    this.lines = lines;
    const needed = builtFor(series, lines, [axis.id, axis.label, logX, logY, yLabel, emphasis, rows]);
    if (this.plot && this.built === needed) {
      if (this.plot.width !== width || this.plot.height !== height) this.plot.setSize({ width, height });
      this.plot.setData(data);
      return;
    }
    this.plot?.destroy();
    this.look = readStyle(this.host, target, [...series, ...lines]);
    const options: PlotOptions = {
      width,
      height,
      logX,
      logY,
      xLabel: axis.label,
      yLabel,
      series,
      rows,
      emphasis,
      ...this.look,
      ...this.on,
      ranges: () => this.ranges,
      lines: () => this.lines,
      lineStyle: () => lineStyle(this.look),
    };
    this.plot = createPlot(options, data, target);
    this.built = needed;
  }
}

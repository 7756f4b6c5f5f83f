/** Names at curves and points in place of a legend. What places them is loaded when it is first asked for. */
import type { ReactiveControllerHost } from 'lit';
import type uPlot from 'uplot';
import type { placeNames } from './name-places.ts';
import type { ChartStyle } from './style.ts';
import type { Asked, ChartSeries, Prediction } from './types.ts';

type Place = typeof placeNames;

export class Names {
  /** ids of the curves whose names stand on the plot */
  placed: ReadonlySet<string> = new Set();
  private place: Place | undefined;
  private loading: Promise<void> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** @param are they wanted there? */
  draw(
    are: boolean,
    plot: uPlot,
    series: readonly ChartSeries[],
    style: ChartStyle,
    convert: (step: number) => number,
    prediction: Prediction | undefined,
    rows: readonly string[] = [],
    asked?: Asked,
  ): void {
    if (are) this.loading ??= this.load();
    const placed =
      (are ? this.place?.(plot, series, style, convert, prediction, rows, asked) : undefined) ??
      new Set<string>();
    if (placed.size === this.placed.size && [...placed].every((id) => this.placed.has(id))) return;
    this.placed = placed;
    this.host.requestUpdate();
  }

  /** Where it can't be loaded, the legend has the names. */
  private async load(): Promise<void> {
    this.place = (await import('./name-places.ts').catch(() => undefined))?.placeNames;
    this.host.requestUpdate();
  }
}

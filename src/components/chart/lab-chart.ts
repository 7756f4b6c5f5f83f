import { updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type uPlot from 'uplot';
import uPlotStyles from 'uplot/dist/uPlot.min.css?inline';
import { readColors } from '../colors.ts';
import { loss } from '../format.ts';
import { FrameDrawing } from '../frame.ts';
import { strings } from '../strings.ts';
import { base, buttons } from '../styles.ts';
import { ThemeWatch } from '../theme-watch.ts';
import { chartStyles } from './chart-styles.ts';
import { download, toCSV, toPicture } from './export.ts';
import { describe, renderLegend, type Words } from './legend.ts';
import { createPlot } from './plot.ts';
import { mark, moveByKey } from './cursor.ts';
import { layOut, type Layout } from './layout.ts';
import { union } from './rows.ts';
import { PredictionLayer } from './prediction.ts';
import { nearest } from './scale.ts';
import { smoothed } from './smooth.ts';
import { renderTable } from './table.ts';
import { axisButtons, saveButton, toggleButton } from './toolbar.ts';
import type { ChartSeries, Prediction, ReferenceLine, XAxis } from './types.ts';

const STEPS: XAxis = {
  id: 'steps',
  get label() {
    return strings.steps;
  },
  convert: (step) => step,
};

/**
 * Curves over training: lines, bands and known values; the horizontal axis, logarithms and files by choice.
 * Pointer and arrow keys read measured points, never interpolated ones.
 *
 * @event {PredictionEvent} lab-prediction - the overlay was moved
 * @slot first - what comes before the buttons above the plot
 * @slot - further options, beside those buttons
 * @csspart bar - the buttons above the plot
 * @csspart legend - names and values of the curves
 * @csspart plot - the plot
 * @cssproperty --lab-chart-height - height of the plot (20rem)
 */
export class LabChart extends LitElement {
  static override styles = [unsafeCSS(uPlotStyles), base, buttons, chartStyles];

  /** The curves. Replacing the list redraws. */
  @property({ attribute: false }) series: readonly ChartSeries[] = [];
  /** Horizontal lines at known values. */
  @property({ attribute: false }) lines: readonly ReferenceLine[] = [];
  /** Choices of the horizontal axis. */
  @property({ attribute: false }) axes: readonly XAxis[] = [STEPS];
  /** What the chart shows, for its picture, its table and screen readers. */
  @property() label = '';
  /** What stands below an exported picture. */
  @property() caption = '';
  /** Name of the vertical axis, with its unit. */
  @property({ attribute: 'y-label' }) yLabel = '';
  /** The axis that is chosen. */
  @property() axis = 'steps';
  @property({ type: Boolean, attribute: 'log-x' }) logX = false;
  @property({ type: Boolean, attribute: 'log-y' }) logY = false;
  /** Noisy curves are smoothed, the raw ones pale behind them. */
  @property({ type: Boolean }) smooth = false;
  /** How positions and values are said. */
  @property({ attribute: false }) words: Words = { place: strings.atPosition, value: loss };
  /** Id of the curve that stands out. */
  @property() emphasis: string | undefined;
  /** What the learner expects, as a dashed overlay. */
  @property({ attribute: false }) prediction: Prediction | undefined;
  /** On a phone, buttons and table are left out. */
  @property({ type: Boolean, reflect: true }) compact = false;
  /** The overlay can be dragged, or moved by arrow keys. */
  @property({ type: Boolean }) predicting = false;

  /** Step whose points are read. */
  @state() private at: number | undefined;
  @state() private tableOpen = false;
  @query('.plot') private wrapper!: HTMLElement;
  @query('.ground') private ground!: HTMLElement;

  private plot: uPlot | undefined;
  /** what the plot was built for; another value builds it anew */
  private built = '';
  private joined: { series: readonly ChartSeries[]; positions: number[] } | undefined;
  private ranges: Layout['ranges'] = { x: [0, 1], y: [0, 1] };
  private colors: Record<string, string> = {};
  private font = { family: 'sans-serif', size: 12 };
  private weight = 1;
  /** the pointer is over the plot */
  private pointing = false;
  private readonly layer = new PredictionLayer(this);
  private readonly drawing = new FrameDrawing(this, () => this.draw());
  private readonly resizing = new ResizeObserver(() => this.drawing.request(true));

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    new ThemeWatch(this, () => {
      this.built = '';
      this.requestUpdate();
      this.drawing.request(true);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
    this.built = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.resizing.observe(this.wrapper);
  }

  /** The chart as a PNG picture, with title, legend and caption. */
  toBlob(): Promise<Blob> {
    this.draw();
    const picture = toPicture(this.plot!.ctx.canvas, {
      title: this.label,
      caption: this.caption,
      ground: this.colors.card!,
      ink: this.colors.ink!,
      family: this.font.family,
      legend: this.named.map(({ label, color, dash }) => ({
        label,
        color: this.colors[color]!,
        dash: dash ?? [],
      })),
    });
    return new Promise((resolve, reject) =>
      picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.')))),
    );
  }

  /** Reads the points nearest to a position, as the pointer does; nothing ends that. */
  read(position: number | undefined): void {
    const { positions } = this;
    this.at = position === undefined ? undefined : positions[nearest(positions, position)];
  }

  /** The plot takes it, to be read by arrow keys. */
  override focus(options?: FocusOptions): void {
    this.wrapper.focus(options);
  }

  /** Moves the focus to the first handle of the prediction, once it is drawn. */
  async focusPrediction(): Promise<void> {
    await this.updateComplete;
    await new Promise(requestAnimationFrame);
    this.draw();
    this.layer.focus();
  }

  /** What the axes show, in the order left, right, bottom, top. */
  get bounds(): readonly [number, number, number, number] {
    const { x, y } = this.ranges;
    return [x[0], x[1], y[0], y[1]];
  }

  /** All measured points as comma-separated values. */
  toCSV(): string {
    return toCSV(this.series, this.axes);
  }

  protected override firstUpdated(): void {
    this.resizing.observe(this.wrapper);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // What training changes may wait for a frame; what the visitor changes may not.
    this.drawing.request(
      changed.has('axis') ||
        changed.has('logX') ||
        changed.has('logY') ||
        changed.has('smooth') ||
        this.at !== undefined,
    );
  }

  protected override render(): TemplateResult {
    const position = this.at ?? this.lastPosition;
    return html`
      <div class="bar" part="bar">
        <slot name="first"></slot>
        ${axisButtons(this.axes, this.axis, (id) => (this.axis = id))}
        ${toggleButton(strings.logX, strings.logXHelp, this.logX, () => (this.logX = !this.logX))}
        ${toggleButton(strings.logY, strings.logYHelp, this.logY, () => (this.logY = !this.logY))}
        ${
          this.series.some(({ noisy }) => noisy)
            ? toggleButton(
                strings.smooth,
                strings.smoothHelp,
                this.smooth,
                () => (this.smooth = !this.smooth),
              )
            : nothing
        }
        <slot></slot>
      </div>
      ${renderLegend(this.named, position, this.at, this.words)}
      <div class="field">
        <div
          class="plot"
          part="plot"
          role="slider"
          tabindex="0"
          aria-label=${strings.chartCursor(this.label)}
          aria-valuemin="0"
          aria-valuemax=${Math.max(0, this.positions.length - 1)}
          aria-valuenow=${Math.max(0, this.positions.indexOf(position))}
          aria-valuetext=${describe(this.named, position, this.words)}
          @keydown=${(event: KeyboardEvent) => this.onKey(event)}
          @blur=${() => (this.at = undefined)}
        >
          ${this.renderEmpty()}
        </div>
        <div class="ground"></div>
      </div>
      <div class="foot">
        <details @toggle=${(event: Event) => (this.tableOpen = (event.target as HTMLDetailsElement).open)}>
          <summary>${strings.table}</summary>
          ${this.tableOpen ? renderTable(this.series, this.label, this.positionLabel, this.words.value) : nothing}
        </details>
        <div class="saves">
          ${saveButton(strings.png, strings.pngHelp, () => void this.savePicture())}
          ${saveButton(strings.csv, strings.csvHelp, () =>
            download('scaling-lab.csv', new Blob([this.toCSV()], { type: 'text/csv' })),
          )}
        </div>
      </div>
    `;
  }

  /** Says it in words where the axes are empty. */
  private renderEmpty(): TemplateResult | typeof nothing {
    const { series, logX, logY } = this;
    const { convert } = this.chosen;
    if (!series.some(({ x }) => x.length)) return html`<p class="empty">${strings.noData}</p>`;
    const isShown = ({ x, y }: ChartSeries): boolean =>
      Array.prototype.some.call(
        y,
        (value: number, i) => !(logY && value <= 0) && !(logX && convert(x[i]!) <= 0),
      );
    return (logX || logY) && !series.some(isShown)
      ? html`<p class="empty">${strings.nothingPositive}</p>`
      : nothing;
  }

  /** The curves with a name in the legend. */
  private get named(): ChartSeries[] {
    return this.series.filter((series) => !series.thin);
  }

  private get chosen(): XAxis {
    return this.axes.find(({ id }) => id === this.axis) ?? this.axes[0] ?? STEPS;
  }

  /** All measured positions. */
  private get positions(): number[] {
    const { series } = this;
    if (this.joined?.series !== series) {
      this.joined = { series, positions: union(this.named.map(({ x }) => x)) };
    }
    return this.joined.positions;
  }

  /** What positions are: steps, unless the chart has an axis of its own. */
  private get positionLabel(): string {
    return this.axes.length === 1 ? this.axes[0]!.label : STEPS.label;
  }

  private get lastPosition(): number {
    return Math.max(0, ...this.series.map(({ x }) => x[x.length - 1] ?? 0));
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.wrapper;
    if (!width || !height || !this.isConnected) {
      this.built = ''; // What is hidden hears of no new colours.
      return;
    }
    const series = this.smooth ? smoothed(this.series) : this.series;
    const { logX, logY, lines } = this;
    const heights = this.prediction?.points.map(([, y]) => y) ?? [];
    const { data, ranges } = layOut(series, { axis: this.chosen, logX, logY, lines, width, heights });
    // While something is dragged the ground stays still.
    if (!this.layer.dragging) this.ranges = ranges;
    const shape = series.map(({ id, color, dash, thin, markers, line, band }) =>
      [id, color, String(dash), thin, markers, line, Boolean(band)].join(),
    );
    shape.push(...lines.map(({ color }) => color));
    const needed = [...shape, this.chosen.id, this.chosen.label, logX, logY, this.yLabel, this.emphasis].join(
      ';',
    );
    if (this.plot && this.built === needed) {
      if (this.plot.width !== width || this.plot.height !== height) this.plot.setSize({ width, height });
      this.plot.setData(data);
    } else {
      this.plot?.destroy();
      this.readStyle();
      this.plot = this.create(width, height, series, data);
      this.built = needed;
    }
    mark(this.plot, this.named, this.at, this.chosen.convert);
  }

  private create(
    width: number,
    height: number,
    series: readonly ChartSeries[],
    data: uPlot.AlignedData,
  ): uPlot {
    return createPlot(
      {
        width,
        height,
        logX: this.logX,
        logY: this.logY,
        xLabel: this.chosen.label,
        yLabel: this.yLabel,
        series,
        colors: this.colors,
        font: this.font,
        weight: this.weight,
        emphasis: this.emphasis,
        ranges: () => this.ranges,
        lines: () => this.lines,
        lineStyle: () => ({
          colors: this.colors,
          ground: this.colors.card!,
          font: `${this.font.size * devicePixelRatio}px ${this.font.family}`,
          height: this.font.size * 1.5,
          weight: this.weight,
        }),
        drawn: (plot) => this.layer.draw(plot, this.ground, this.prediction, this.predicting),
        pointed: (x) => this.point(x),
      },
      data,
      this.wrapper,
    );
  }

  /** Reads the points nearest to where the pointer is, or none. */
  private point(x: number | undefined): void {
    if (x === undefined) {
      // The plot also says "nowhere" at each redrawing; then the keyboard's place stays.
      if (this.pointing) this.at = undefined;
      this.pointing = false;
      return;
    }
    this.pointing = true;
    this.at = this.positions[nearest(this.positions.map(this.chosen.convert), x)];
  }

  private onKey(event: KeyboardEvent): void {
    const to = moveByKey(event, this.positions, this.at ?? this.lastPosition);
    if (to === undefined) return;
    event.preventDefault();
    this.at = to;
  }

  private async savePicture(): Promise<void> {
    download('scaling-lab.png', await this.toBlob());
  }

  private readStyle(): void {
    const used = [...this.series, ...this.lines].map(({ color }) => color);
    this.colors = readColors(this, ['ink', 'ink-2', 'ink-3', 'line', 'card', ...used]);
    const style = getComputedStyle(this.wrapper);
    this.font = { family: style.fontFamily, size: Math.round(parseFloat(style.fontSize)) };
    this.weight = Number(style.getPropertyValue('--lab-line-weight')) || 1;
  }
}

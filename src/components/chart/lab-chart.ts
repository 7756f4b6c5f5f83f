import { html, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LabElement } from '../element.ts';
import uPlotStyles from 'uplot/dist/uPlot.min.css?inline';
import { download } from '../download.ts';
import { loss } from '../format.ts';
import { FrameDrawing } from '../frame.ts';
import { strings } from '../strings.ts';
import { base, buttons } from '../styles.ts';
import { ThemeWatch } from '../theme-watch.ts';
import { penStyles } from './chart-pen.ts';
import { chartStyles } from './chart-styles.ts';
import { renderEmpty } from './empty.ts';
import { describe, renderLegend, renderReading, type Words } from './legend.ts';
import { mark, moveByKey, ReadEvent } from './cursor.ts';
import { DrawnPlot } from './drawn-plot.ts';
import { Names } from './names.ts';
import { union } from './rows.ts';
import { PredictionLayer } from './prediction.ts';
import { nearest } from './scale.ts';
import { smoothed } from './smooth.ts';
import { renderTable } from './table.ts';
import { axisButtons, saveButton, toggleButton } from './toolbar.ts';
import type { Asked, ChartFrame, ChartSeries, Prediction, ReferenceLine, XAxis } from './types.ts';

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
 * @event {ReadEvent} lab-read - the reader reads another place, or none any more
 * @event {PredictionEvent} lab-prediction - the learner has drawn
 * @slot first - what comes before the buttons above the plot
 * @slot - further options, beside those buttons
 * @csspart bar - the buttons above the plot
 * @csspart legend - names and values of the curves
 * @csspart plot - the plot
 * @cssproperty --lab-chart-height - height of the plot (20rem)
 */
export class LabChart extends LabElement {
  static override styles = [unsafeCSS(uPlotStyles), base, buttons, chartStyles, penStyles];

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
  /** Nothing but the curves: without the choices of axes, table and files. */
  @property({ type: Boolean, reflect: true }) quiet = false;
  /** Names stand at curves and points where there is room, the others in the legend. */
  @property({ type: Boolean }) labelled = false;
  /** Names of rows, from the top, in place of the vertical axis: heights are 0, 1 … from the lowest. */
  @property({ attribute: false }) rows: readonly string[] | undefined;
  /** What shall be drawn, with pointer or arrow keys. */
  @property({ attribute: false }) asked: Asked | undefined;
  /** What the axes show at least. */
  @property({ attribute: false }) frame: ChartFrame | undefined;

  /** Step whose points are read. */
  @state() private at: number | undefined;
  @state() private tableOpen = false;
  /** what makes files could not be loaded, or failed */
  @state() private notSaved = false;
  @query('.plot') private wrapper!: HTMLElement;
  @query('.ground') private ground!: HTMLElement;

  private joined: { series: readonly ChartSeries[]; positions: number[] } | undefined;
  /** the pointer is over the plot */
  private pointing = false;
  private readonly layer = new PredictionLayer(this);
  private readonly names = new Names(this);
  private readonly plot = new DrawnPlot({
    // Only now has the plot the scales that places are marked by.
    drawn: (plot) => {
      this.layer.draw(plot, this.ground, this.prediction, this.asked);
      const { named, prediction, chosen, rows, asked } = this;
      this.names.draw(
        this.labelled,
        plot,
        this.series,
        this.plot.look,
        chosen.convert,
        prediction,
        rows,
        asked,
      );
      mark(plot, named, this.at, chosen.convert);
    },
    pointed: (x) => this.point(x),
  });
  private readonly drawing = new FrameDrawing(this, () => this.draw());
  private readonly resizing = new ResizeObserver(() => this.drawing.request(true));

  constructor() {
    super();
    new ThemeWatch(this, () => {
      this.plot.forgetLook();
      this.requestUpdate();
      this.drawing.request(true);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.plot.destroy();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.resizing.observe(this.wrapper);
  }

  /** The chart as a PNG picture, with title, legend and caption. */
  async toBlob(): Promise<Blob> {
    const { toPicture } = await import('./export.ts');
    this.draw();
    const { canvas, look } = this.plot;
    const picture = toPicture(canvas!, {
      title: this.label,
      caption: this.caption,
      ground: look.colors.card!,
      ink: look.colors.ink!,
      family: look.font.family,
      // Names that stand on the plot are in the picture of it.
      legend: this.named
        .filter(({ id }) => !this.names.placed.has(id))
        .map(({ label, color, dash, line = true }) => ({
          label,
          color: look.colors[color]!,
          dash: dash ?? [],
          line,
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

  /** Moves the focus to where the prediction is drawn. */
  async focusPrediction(): Promise<void> {
    await this.updateComplete;
    await new Promise(requestAnimationFrame);
    this.draw();
    this.layer.focus();
  }

  /** What the axes show, in the order left, right, bottom, top. */
  get bounds(): readonly [number, number, number, number] {
    const { x, y } = this.plot.ranges;
    return [x[0], x[1], y[0], y[1]];
  }

  /** All measured points as comma-separated values. */
  async toCSV(): Promise<string> {
    const { toCSV } = await import('./export.ts');
    return toCSV(this.series, this.axes);
  }

  protected override firstUpdated(): void {
    this.resizing.observe(this.wrapper);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // What training changes may wait for a frame; what the visitor changes may not.
    const chosen = (['axis', 'logX', 'logY', 'smooth'] as const).some((key) => changed.has(key));
    this.drawing.request(chosen || this.at !== undefined);
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
      ${renderLegend(this.named, this.names.placed, position, this.at, this.words)}
      <div class="field">
        ${renderReading(this.named, this.names.placed, this.at, this.words)}
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
          @blur=${() => this.reads(undefined)}
        >
          ${renderEmpty(this, this.chosen.convert)}
        </div>
        <div class="ground"></div>
      </div>
      <div class="foot">
        <details @toggle=${(event: Event) => (this.tableOpen = (event.target as HTMLDetailsElement).open)}>
          <summary>${strings.table}</summary>
          ${this.tableOpen ? renderTable(this.series, this.label, this.positionLabel, this.words.value) : nothing}
        </details>
        <div class="saves">
          ${saveButton(strings.png, strings.pngHelp, () => void this.save('png', () => this.toBlob()))}
          ${saveButton(
            strings.csv,
            strings.csvHelp,
            () => void this.save('csv', async () => new Blob([await this.toCSV()], { type: 'text/csv' })),
          )}
        </div>
        ${this.notSaved ? html`<p role="alert">${strings.notSaved}</p>` : nothing}
      </div>
    `;
  }

  /** The curves with a name in the legend. */
  private get named(): ChartSeries[] {
    return this.series.filter(({ thin, label }) => !thin && label);
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
    const { lines, logX, logY, yLabel, emphasis, frame, rows } = this;
    this.plot.draw(this, this.wrapper, {
      series: this.smooth ? smoothed(this.series) : this.series,
      lines,
      axis: this.chosen,
      logX,
      logY,
      yLabel,
      emphasis,
      frame,
      rows,
      heights: this.prediction?.points.map(([, y]) => y) ?? [],
      // While something is dragged the ground stays still.
      still: this.layer.dragging,
    });
  }

  /** Reads the points nearest to where the pointer is, or none. */
  private point(x: number | undefined): void {
    if (x === undefined) {
      // The plot also says "nowhere" at each redrawing; then the keyboard's place stays.
      if (this.pointing) this.reads(undefined);
      this.pointing = false;
      return;
    }
    this.pointing = true;
    this.reads(this.positions[nearest(this.positions.map(this.chosen.convert), x)]);
  }

  /** The reader is there; whoever goes along hears of it. */
  private reads(at: number | undefined): void {
    if (at === this.at) return;
    this.at = at;
    this.dispatchEvent(new ReadEvent(at));
  }

  private onKey(event: KeyboardEvent): void {
    const to = moveByKey(event, this.positions, this.at ?? this.lastPosition);
    if (to === undefined) return;
    event.preventDefault();
    this.reads(to);
  }

  /** What makes the files is loaded when it is first asked for. */
  private async save(kind: 'png' | 'csv', content: () => Promise<Blob>): Promise<void> {
    try {
      const blob = await content();
      const name = ['scaling-lab', this.label].filter(Boolean).join(' ');
      download(`${name.replace(/[^\p{L}\p{N}-]+/gu, ' ').trim()}.${kind}`, blob);
      this.notSaved = false;
    } catch (error) {
      console.warn(error);
      this.notSaved = true;
    }
  }
}

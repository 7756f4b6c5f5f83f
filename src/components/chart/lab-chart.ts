import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LabElement } from '../element.ts';
import { FrameDrawing } from '../frame.ts';
import { styles } from './chart-styles.ts';
import { Cursor, mark } from './cursor.ts';
import { DrawnPlot } from './drawn-plot.ts';
import { renderField } from './field.ts';
import { Foot } from './foot.ts';
import { plainWords, renderLegend, type Words } from './legend.ts';
import { Names } from './names.ts';
import { PredictionLayer } from './prediction.ts';
import { renderToolbar, STEPS } from './toolbar.ts';
import type { Asked, ChartFrame, ChartSeries, Prediction, ReferenceLine, XAxis } from './types.ts';

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
  static override styles = styles;

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
  @property({ attribute: false }) words: Words = plainWords();
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

  @query('.plot') private wrapper!: HTMLElement;
  @query('.ground') private ground!: HTMLElement;

  private readonly cursor = new Cursor(this);
  private readonly foot = new Foot(this);
  private readonly layer = new PredictionLayer(this);
  private readonly names = new Names(this);
  private readonly plot = new DrawnPlot(this, {
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
      mark(plot, named, this.cursor.at, chosen.convert);
    },
    pointed: (x) => this.cursor.point(x),
    restyled: () => {
      this.requestUpdate();
      this.drawing.request(true);
    },
  });
  private readonly drawing = new FrameDrawing(this, () => this.draw());
  private readonly resizing = new ResizeObserver(() => this.drawing.request(true));

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

  /** The position whose points are read. */
  get at(): number | undefined {
    return this.cursor.at;
  }

  /** Reads the points nearest to a position, as the pointer does; nothing ends that. */
  read(position: number | undefined): void {
    this.cursor.go(position);
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
    this.drawing.request(chosen || this.cursor.at !== undefined);
  }

  protected override render(): TemplateResult {
    const { cursor, named, words } = this;
    const { placed } = this.names;
    return html`
      ${renderToolbar(this)} ${renderLegend(named, placed, cursor.position, cursor.at, words)}
      ${renderField(this, cursor, placed)} ${this.foot.render(this.positionLabel, words.value)}
    `;
  }

  /** The curves with a name in the legend. */
  get named(): ChartSeries[] {
    return this.series.filter(({ thin, label }) => !thin && label);
  }

  get chosen(): XAxis {
    return this.axes.find(({ id }) => id === this.axis) ?? this.axes[0] ?? STEPS;
  }

  /** What positions are: steps, unless the chart has an axis of its own. */
  private get positionLabel(): string {
    return this.axes.length === 1 ? this.axes[0]!.label : STEPS.label;
  }

  private draw(): void {
    const { series, smooth, lines, logX, logY, yLabel, emphasis, frame, rows } = this;
    this.plot.draw(this.wrapper, {
      series,
      smooth,
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
}

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { LabChart } from '../components/index.ts';
import { TAGS } from '../languages.ts';
import type { LiveFigure } from './live.ts';
import { LoadedFigure } from './loaded-figure.ts';
import { prepare, speak } from './localize.ts';
import {
  lines,
  linkTo,
  notice,
  provenanceOf,
  renderCaption,
  renderError,
  renderStill,
  scaled,
  type Still,
} from './still.ts';
import { wordsIn } from './strings.ts';
import { styles } from './styles.ts';

/**
 * One figure of Scaling Lab in any page: a recorded run at once, and training on the reader's own GPU when it is asked
 * for. Nothing is trained out of sight; all figures of a page share one worker and one device, and take turns.
 *
 * @summary An experiment with small neural networks, live in the page.
 * @tagname scaling-lab
 * @slot - a picture or text that stands there until the figure does, and where scripts are off
 * @fires {CustomEvent<ReadyDetail>} lab-ready - the figure is shown
 * @fires {CustomEvent<PredictedDetail>} lab-predicted - the reader has said what they expect, before the answer is seen
 * @fires {CustomEvent<ProgressDetail>} lab-progress - training goes on, a few times a second at most
 * @fires {CustomEvent<MilestoneDetail>} lab-milestone - a run begins or is done, training starts or pauses
 * @fires {CustomEvent<CompleteDetail>} lab-complete - the experiment has ended; the detail has its results
 * @fires {CustomEvent<ErrorDetail>} lab-error - something is wrong; the figure says so too
 * @fires {CustomEvent<RecoveredDetail>} lab-recovered - the GPU or the worker was lost or silent, and training goes on
 * @csspart figure - all of it
 * @csspart title - the question above the figure
 * @csspart legend - names of the curves
 * @csspart plot - the plot
 * @csspart bar - the buttons of the figure
 * @csspart primary - the one primary button
 * @csspart progress - the progress bar
 * @csspart runs - the marks of the runs
 * @csspart knob - a knob with its label
 * @csspart notice - what is wrong
 * @csspart caption - where the curves come from, and the link to the lesson
 * @cssproperty [--lab-chart-height=20rem] - height of the plot
 * @cssproperty [--lab-rem=16px] - size of the type that all others follow
 * @cssproperty --lab-accent - colour of buttons and links
 * @cssproperty --lab-card - ground of the figure
 * @cssproperty --lab-ink - colour of the text
 * @cssproperty --lab-ink-2 - colour of secondary text
 * @cssproperty --lab-line - colour of fine lines
 * @cssproperty --lab-radius - radius of the corners
 * @cssproperty --lab-sans - family of the type
 * @cssproperty --lab-c1 - colour of the first curve; `--lab-c2` to `--lab-c6` follow, `--lab-s1` to `--lab-s6` are sizes
 */
export class ScalingLab extends LoadedFigure {
  static override styles = styles;
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  private get chart(): LabChart | null {
    return this.renderRoot.querySelector('lab-chart');
  }

  /** Trains, or goes on; resolves when that has been asked for. In a queue it waits for its turn. */
  override async run(): Promise<void> {
    await this.open();
    this.waiting?.give();
    this.live?.start();
  }

  /** Stops at a step; `run` goes on exactly there. */
  pause(): void {
    this.live?.pause();
  }

  /** Back to the beginning: the same seed, the same weights. */
  reset(): void {
    this.live?.reset();
  }

  /** The chart as a PNG picture, with title, legend and caption. */
  async toBlob(): Promise<Blob> {
    await this.open();
    await this.updateComplete;
    await this.chart?.updateComplete;
    if (!this.chart?.clientWidth)
      throw new Error('The figure is not shown, so that there is no picture of it.');
    return this.chart.toBlob();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A figure that was moved keeps its settings, but its language may be another one.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move within the page disconnects it for a moment only.
    setTimeout(() => {
      if (!this.isConnected) this.dropLive();
    });
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang' && this.hasUpdated) void this.retell();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.settings && !this.error) this.apply();
    else if ([...changed.keys()].some((key) => key in this.raw)) this.apply();
    speak(this.language);
  }

  protected override updated(): void {
    this.chart?.setAttribute('exportparts', 'bar, legend, plot');
    this.sight.watch(this.renderRoot.querySelector('svg.poster'));
    if (this.loaded && !this.live) this.waiting?.place();
    if (this.showsInside && !this.live?.inside && !this.error) void this.open();
  }

  protected override render(): TemplateResult {
    const words = wordsIn(this.language);
    return html`<div class="root" lang=${TAGS[this.language]}>
      <figure part="figure" aria-label=${this.question || words.figure}>
        ${this.question ? html`<p class="title" part="title">${this.question}</p>` : nothing}
        ${this.error ? renderError(words, this.error, this.told, () => void this.again()) : this.live?.renderProblem(words, { notice, lines })}
        ${this.live?.renderSilence()} ${this.loaded ? this.renderBody() : this.renderWaiting()}
      </figure>
    </div>`;
  }

  private renderWaiting(): TemplateResult {
    return html`<slot
      >${this.error ? nothing : html`<p class="nofigure">${wordsIn(this.language).loading}</p>`}</slot
    >`;
  }

  private renderBody(): unknown {
    const words = wordsIn(this.language);
    const { controls } = this.settings!;
    const knobs = this.knobs?.renderKnobs(controls, this.choice, words, (choice) => {
      this.choice = choice;
      this.live?.choose(choice);
    });
    return [
      this.live
        ? this.renderLive(this.live)
        : this.isOpen
          ? renderStill(this.still)
          : this.waiting!.render(this.still),
      this.live && this.waiting?.renderWayOut(),
      this.waiting?.renderComparison(),
      knobs?.length ? html`<div class="knobs">${knobs}</div>` : nothing,
      html`<p class="status" role="status">${this.status}</p>`,
      renderCaption({
        words,
        sentence:
          this.live?.own === true || !this.settings!.lesson || !this.isOpen
            ? undefined
            : this.recorded?.findings.verdict.sentence,
        provenance: this.provenance,
        link: linkTo(this.settings!.lesson, this.site, this.choice),
      }),
    ];
  }

  private renderLive(live: LiveFigure): TemplateResult {
    const { controls } = this.settings!;
    return live.render({
      recorded: this.recorded?.findings.figures ?? [],
      chosen: this.chosen,
      tabs: controls.includes('figures'),
      bar: controls.includes('run') && this.waiting?.stage !== 'waiting',
      caption: this.provenance,
      prediction: this.predictionHere,
      open: this.isOpen,
      inside: this.showsInside,
      frame: this.waiting?.frameOf(this.figureName),
      scaled: (figure) => scaled(figure, this.settings!.scale),
      choose: (index) => (this.chosen = index),
    });
  }

  private get still(): Still {
    const { controls, poster } = this.settings!;
    return {
      words: wordsIn(this.language),
      figures: (this.recorded?.findings.figures ?? []).map((figure) => scaled(figure, this.settings!.scale)),
      chosen: this.chosen,
      title: this.question,
      room: this.room,
      starting: this.starting,
      controls,
      poster,
      prediction: this.predictionHere,
      frame: this.waiting?.frameOf(this.figureName),
      choose: (index) => (this.chosen = index),
      run: () => void this.run(),
      explore: () => void this.open(),
    };
  }

  private get question(): string {
    return this.recorded ? this.recorded.question[this.language] : '';
  }

  private get status(): string {
    const status = this.live?.status;
    return (status && this.live?.trouble?.[status]) ?? '';
  }

  private get provenance(): string {
    const { recorded, live, language } = this;
    return recorded ? provenanceOf(recorded, live?.own === true, language) : '';
  }

  private async retell(): Promise<void> {
    const { language } = this;
    void this.tellRefusal();
    if (this.live) await prepare(language).catch(() => undefined);
    this.requestUpdate();
    this.live?.retell();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scaling-lab': ScalingLab;
  }
}

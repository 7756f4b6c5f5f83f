import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { measured } from '../components/format.ts';
import type { LabChart, Prediction } from '../components/index.ts';
import { type Language, TAGS } from '../languages.ts';
import type { CompleteDetail, ErrorDetail, LabEventDetails, LabEventName } from './events.ts';
import type { Choice } from './experiment.ts';
import type * as Knobs from './knobs.ts';
import { FigureAttributes } from './attributes.ts';
import type { LiveFigure } from './live.ts';
import { prepare, speak } from './localize.ts';
import { differ, PARTS, readSettings, type Settings } from './settings.ts';
import { Sight } from './sight.ts';
import type { LiveHost } from './training.ts';
import type { Waiting, WaitingHost } from './waiting.ts';
import { loadRecording, type Recorded } from './source.ts';
import {
  linkTo,
  LOAD_ERROR,
  notice,
  provenanceOf,
  renderCaption,
  renderPicture,
  renderError,
  renderRun,
  renderStill,
  scaled,
  type Still,
} from './still.ts';
import { languageOf, wordsIn } from './strings.ts';
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
export class ScalingLab extends FigureAttributes implements LiveHost, WaitingHost {
  static override styles = styles;
  static override properties: PropertyDeclarations = {
    settings: { state: true },
    recorded: { state: true },
    waiting: { state: true },
    loaded: { state: true },
    error: { state: true },
    live: { state: true },
    starting: { state: true },
    knobs: { state: true },
    chosen: { state: true },
    choice: { state: true },
    room: { state: true },
  };
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  private settings: Settings | undefined;
  private recorded: Recorded | undefined;
  /** what is asked before the recorded run is shown; it stays when that was seen */
  private waiting: Waiting | undefined;
  private loaded = false;
  private error: ErrorDetail | undefined;
  private live: LiveFigure | undefined;
  private starting = false;
  private knobs: typeof Knobs | undefined;
  private chosen = 0;
  private choice: Choice = { size: 'auto', seed: undefined, changes: {} };
  private room = { width: 640, height: 320 };

  /** rises with each figure that is loaded: what comes late for an earlier one is dropped */
  private generation = 0;
  private revealing: Promise<void> | undefined;
  private autoStarted = false;
  /** @internal */
  readonly renderPicture = renderPicture;
  /** @internal */
  readonly renderRun = renderRun;
  /** @internal */
  readonly written = measured;
  private readonly sight = new Sight(this, {
    near: () => void this.load(),
    seen: () => this.onSight(),
    resized: (drawing) => this.measure(drawing),
  });

  /** The language that it speaks: of its own `lang`, or the nearest one around it. */
  get language(): Language {
    return languageOf(this);
  }

  private get chart(): LabChart | null {
    return this.renderRoot.querySelector('lab-chart');
  }

  /** Whether readers can see it now. */
  get seen(): boolean {
    return this.sight.seen;
  }

  /** Trains, or goes on; resolves when that has been asked for. In a queue it waits for its turn. */
  async run(): Promise<void> {
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

  /** @internal */
  tell<Name extends LabEventName>(name: Name, detail: LabEventDetails[Name]): void {
    if (name === 'lab-complete') this.waiting?.finish((detail as CompleteDetail).findings);
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
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
        ${this.error ? renderError(words, this.error, () => void this.again()) : this.live?.renderProblem(words, notice)}
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

  /** Takes the attributes over; another experiment begins anew. */
  private apply(): void {
    const before = this.settings;
    try {
      this.settings = readSettings(this.raw, document.baseURI);
      this.error = undefined;
    } catch (error) {
      this.settings = undefined;
      this.loaded = false;
      this.fail(error as Error);
      this.dropLive();
      return;
    }
    const { seed, size, changes, loading } = this.settings;
    const another = differ(before, this.settings, ['lesson', 'spec', 'answer']);
    // What the reader has chosen stays until the author says something else about it.
    if (another || differ(before, this.settings, ['seed', 'size', 'changes'])) {
      this.choice = { size, seed, changes };
      this.live?.choose(this.choice);
    }
    if (another) {
      this.generation++;
      this.loaded = false;
      this.dropLive();
      if (this.sight.near || loading === 'eager') void this.load();
      return;
    }
    if (differ(before, this.settings, ['figure'])) this.chosen = this.indexOfFigure();
    if (this.loaded) this.loadKnobs().catch((error: unknown) => this.failToLoad(error));
  }

  /** The recording and the question, once the figure is near. */
  private async load(): Promise<void> {
    const { settings, generation, loaded } = this;
    if (!settings || loaded) return;
    try {
      const { lesson, answer } = settings;
      const waits = lesson !== undefined && answer === 'wait';
      const [waiting] = await Promise.all([
        waits ? import('./waiting.ts').then(({ Waiting }) => Waiting.of(this, lesson)) : undefined,
        this.loadKnobs(),
      ]);
      const recorded = waiting?.given ?? (lesson === undefined ? undefined : await loadRecording(lesson));
      if (generation !== this.generation || this.loaded) return;
      this.waiting = waiting;
      this.recorded = recorded;
    } catch (error) {
      if (generation === this.generation) this.failToLoad(error);
      return;
    }
    this.chosen = this.indexOfFigure();
    this.loaded = true;
    await this.updateComplete;
    this.tell('lab-ready', { lesson: settings.lesson, recorded: this.recorded !== undefined });
    this.onSight();
  }

  private async loadKnobs(): Promise<void> {
    if (this.settings!.controls.some((name) => !PARTS.includes(name)))
      this.knobs ??= await import('./knobs.ts');
  }

  /** The reader's prediction, or once the answer is seen the author's, while the figure that it belongs to is shown. */
  private get predictionHere(): Prediction | undefined {
    const own = this.waiting?.on(this.figureName);
    if (own || !this.isOpen) return own;
    return this.chosen === this.indexOfFigure() ? this.settings?.prediction : undefined;
  }

  private get isOpen(): boolean {
    return !this.waiting || this.waiting.isOpen;
  }

  /** Pictures of the inside stand beside the curve, as soon as there is something that may be seen. */
  private get showsInside(): boolean {
    return this.settings?.view === 'inside' && this.loaded && (this.isOpen || this.live !== undefined);
  }

  private get figureName(): string | undefined {
    return this.recorded?.findings.figures[this.chosen]?.name;
  }

  private indexOfFigure(): number {
    const asked = this.settings?.figure;
    return Math.max(0, this.recorded?.findings.figures.findIndex(({ name }) => name === asked) ?? 0);
  }

  private again(): Promise<void> {
    this.error = undefined;
    return this.loaded ? this.open() : this.load();
  }

  /** The chart that can be read and run, in the place of the picture. */
  private open(): Promise<void> {
    if (this.error?.name === LOAD_ERROR) this.error = undefined;
    this.revealing ??= this.bringLive().finally(() => (this.revealing = undefined));
    return this.revealing;
  }

  private async bringLive(): Promise<void> {
    // What was just set comes first: it may be another experiment.
    await this.updateComplete;
    if (this.live && !this.showsInside) return;
    await this.load();
    const { settings, generation, language } = this;
    if (!settings || !this.loaded) return;
    this.starting = true;
    try {
      const [{ LiveFigure }] = await Promise.all([import('./live.ts'), prepare(language)]);
      if (generation !== this.generation || !this.isConnected) return;
      if (!this.live) {
        const pressed = this.shadowRoot!.activeElement;
        this.live = new LiveFigure(this, settings, this.choice);
        if (pressed?.matches('button')) await this.live.focus(pressed.matches('.primary'));
      }
      if (this.showsInside) await this.live.bringInside();
    } catch (error) {
      this.failToLoad(error);
    } finally {
      this.starting = false;
    }
  }

  /** @internal */
  show(recorded: Recorded): void {
    this.recorded = recorded;
    this.chosen = this.indexOfFigure();
  }

  /** @internal */
  predicted(): void {
    this.onSight();
  }

  private dropLive(): void {
    void this.live?.dispose();
    this.live = undefined;
    this.autoStarted = false;
  }

  private onSight(): void {
    this.live?.look();
    if (this.settings?.reveal !== 'auto' || this.autoStarted || !this.loaded || !this.seen) return;
    if (this.waiting?.stage === 'waiting') return;
    this.autoStarted = true;
    void this.run();
  }

  private measure({ clientWidth: width, clientHeight: height }: Element): void {
    if (width > 80 && height > 80) this.room = { width, height };
  }

  private async retell(): Promise<void> {
    const { language } = this;
    if (this.live) await prepare(language).catch(() => undefined);
    this.requestUpdate();
    this.live?.retell();
  }

  /** @internal */
  failToLoad(error: unknown): void {
    console.warn(error);
    this.fail(Object.assign(new Error(wordsIn(this.language).notLoaded), { name: LOAD_ERROR }));
  }

  private fail({ name, message }: Error): void {
    this.error = { name: name === 'SchemaError' ? 'SettingsError' : name, message };
    const { error } = this;
    // Listeners may change attributes, which must not happen during an update.
    queueMicrotask(() => this.tell('lab-error', error));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scaling-lab': ScalingLab;
  }
}

/** What a figure has loaded and shows, and how that comes: its settings, its recording, and what trains once it is asked for. */
import type { PropertyDeclarations } from 'lit';
import { measured } from '../components/format.ts';
import type { Prediction } from '../components/index.ts';
import { type Language, SOURCE } from '../languages.ts';
import { FigureAttributes } from './attributes.ts';
import type { CompleteDetail, ErrorDetail, LabEventDetails, LabEventName } from './events.ts';
import type { Choice } from './experiment.ts';
import type * as Knobs from './knobs.ts';
import type { LiveFigure } from './live.ts';
import { prepare } from './localize.ts';
import { differ, PARTS, readSettings, type Settings } from './settings.ts';
import { Sight } from './sight.ts';
import { loadRecording, type Recorded } from './source.ts';
import { LOAD_ERROR, renderPicture, renderRun } from './still.ts';
import { languageOf, wordsIn } from './strings.ts';
import type { LiveHost } from './live-host.ts';
import type { Waiting, WaitingHost } from './waiting.ts';

export abstract class LoadedFigure extends FigureAttributes implements LiveHost, WaitingHost {
  static override properties: PropertyDeclarations = {
    settings: { state: true },
    recorded: { state: true },
    waiting: { state: true },
    loaded: { state: true },
    error: { state: true },
    told: { state: true },
    live: { state: true },
    starting: { state: true },
    knobs: { state: true },
    chosen: { state: true },
    choice: { state: true },
    room: { state: true },
  };

  protected settings: Settings | undefined;
  protected recorded: Recorded | undefined;
  /** what is asked before the recorded run is shown; it stays when that was seen */
  protected waiting: Waiting | undefined;
  protected loaded = false;
  protected error: ErrorDetail | undefined;
  /** what is wrong, in the figure's language where that is not English: the error's message is for the page's author */
  protected told: readonly unknown[] | undefined;
  /** what is wrong with the attributes */
  private refusal: Error | undefined;
  protected live: LiveFigure | undefined;
  protected starting = false;
  protected knobs: typeof Knobs | undefined;
  protected chosen = 0;
  protected choice: Choice = { size: 'auto', seed: undefined, changes: {} };
  protected room = { width: 640, height: 320 };

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
  protected readonly sight = new Sight(this, {
    near: () => void this.load(),
    seen: () => this.onSight(),
    resized: (drawing) => this.measure(drawing),
  });

  /** The language that it speaks: of its own `lang`, or the nearest one around it. */
  get language(): Language {
    return languageOf(this);
  }

  /** Whether readers can see it now. */
  get seen(): boolean {
    return this.sight.seen;
  }

  abstract run(): Promise<void>;

  /** @internal */
  tell<Name extends LabEventName>(name: Name, detail: LabEventDetails[Name]): void {
    if (name === 'lab-complete') this.waiting?.finish((detail as CompleteDetail).findings);
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Takes the attributes over; another experiment begins anew. */
  protected apply(): void {
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
  protected get predictionHere(): Prediction | undefined {
    const own = this.waiting?.on(this.figureName);
    if (own || !this.isOpen) return own;
    return this.chosen === this.indexOfFigure() ? this.settings?.prediction : undefined;
  }

  protected get isOpen(): boolean {
    return !this.waiting || this.waiting.isOpen;
  }

  /** Pictures of the inside stand beside the curve, as soon as there is something that may be seen. */
  protected get showsInside(): boolean {
    return this.settings?.view === 'inside' && this.loaded && (this.isOpen || this.live !== undefined);
  }

  protected get figureName(): string | undefined {
    return this.recorded?.findings.figures[this.chosen]?.name;
  }

  private indexOfFigure(): number {
    const asked = this.settings?.figure;
    return Math.max(0, this.recorded?.findings.figures.findIndex(({ name }) => name === asked) ?? 0);
  }

  protected again(): Promise<void> {
    this.error = undefined;
    return this.loaded ? this.open() : this.load();
  }

  /** The chart that can be read and run, in the place of the picture. */
  protected open(): Promise<void> {
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

  protected dropLive(): void {
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

  /** @internal */
  failToLoad(error: unknown): void {
    console.warn(error);
    this.fail(Object.assign(new Error(wordsIn(this.language).notLoaded), { name: LOAD_ERROR }));
  }

  /** Says what is wrong with the attributes in the figure's language; until its words are there, and without them, in English. */
  protected async tellRefusal(): Promise<void> {
    const { refusal, language } = this;
    this.told = undefined;
    if (!refusal || language === SOURCE) return;
    // Through live.ts: a chunk of its own would make the bundler split what it shares with the first script into a third file.
    const live = await import('./live.ts').catch(() => undefined);
    const told = await live?.sayProblems(refusal, language);
    if (refusal === this.refusal && language === this.language) this.told = told;
  }

  private fail(failure: Error): void {
    const { name, message } = failure;
    const isRefusal = name === 'SchemaError';
    this.error = { name: isRefusal ? 'SettingsError' : name, message };
    this.refusal = isRefusal ? failure : undefined;
    void this.tellRefusal();
    const { error } = this;
    // Listeners may change attributes, which must not happen during an update.
    queueMicrotask(() => this.tell('lab-error', error));
  }
}

import { updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import {
  type CommandEvent,
  duration,
  type LabChart,
  type MarkEvent,
  type SegmentEvent,
  type TryEvent,
  type UndoChangeEvent,
} from '../../components/index.ts';
import type { Figure, Findings, Lesson, PlannedItem, Results, Size } from '../../lessons/lesson.ts';
import type { Recording } from '../../lessons/recording.ts';
import type { DeviceReport, Lab } from '../../worker/protocol.ts';
import { AnnounceEvent } from '../announce.ts';
import { type Curriculum, LESSON_NAMES, metaOf } from '../curriculum.ts';
import { language } from '../language.ts';
import { ProgressEvent } from '../progress.ts';
import type { Predicted, Prose } from '../prose.ts';
import { loadTimes, MOST_SECONDS, runTime, saveTime } from '../run-times.ts';
import { changed, type Changes, describeChanges, SEED } from './changes.ts';
import { type ExperimentMilestone, ExperimentRun } from './experiment-run.ts';
import { say } from './figure-series.ts';
import { renderCommitment } from './commitment.ts';
import { point, renderFigure, shownFigure } from './lesson-figure.ts';
import { renderNext, renderProblem } from './lesson-notices.ts';
import { renderSources, renderStages, renderTables, renderVerdict, type Stage } from './lesson-parts.ts';
import { pathLabel, strings } from './lesson-strings.ts';
import { ViewChoice } from './view-choice.ts';
import { type Place, placeOf } from './marks.ts';
import { describeMilestone } from './milestones.ts';
import { PredictionControl } from './prediction-control.ts';
import { renderComparison, renderPrediction } from './prediction-panel.ts';

const SIZES: readonly Size[] = ['small', 'standard', 'large'];
const FIRST_SEED = 1;

/** What the experiment is done with. */
interface Choice {
  size: Size;
  changes: Changes;
}

/** A lesson: its question, the learner's prediction, the live experiment and its verdict, the text, a check. */
export class LessonPage extends LitElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  /** Where texts, experiments and recordings come from. */
  @property({ attribute: false }) curriculum!: Curriculum;
  /** The lesson. */
  @property() name = '';

  @state() private prose: Prose | undefined;
  @state() private lesson: Lesson | undefined;
  @state() private recording: Recording | undefined;
  @state() private loaded = false;
  @state() private device: DeviceReport | undefined;
  @state() private applied: Choice = { size: 'standard', changes: {} };
  @state() private draft: Choice = this.applied;
  @state() private figure: string | undefined;
  @state() private mark: string | undefined;
  @state() private milestone = '';
  @query('lab-chart') private chart!: LabChart | null;

  private readonly run = new ExperimentRun(
    this,
    () => this.lab,
    (milestone) => this.onMilestone(milestone),
  );
  private readonly predicts = new PredictionControl(
    this,
    () => this.name,
    () => this.onPrediction(),
  );
  private readonly views = new ViewChoice(this, () => this.lesson?.views);
  private sizeIsChosen = false;
  private runWhenReady = false;
  private spoken = '';

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    if (this.prose && this.spoken !== language()) void this.loadProse();
    const { estimate, phase, begun } = this.run;
    if (estimate !== undefined && !begun) this.keepTime(estimate);
    const long = estimate !== undefined && estimate > MOST_SECONDS && phase === 'ready' && !begun;
    if (long && !this.sizeIsChosen && this.applied.size === 'standard') {
      this.sizeIsChosen = true;
      this.change({ size: 'small' });
    }
  }

  protected override updated(changes: PropertyValues): void {
    if (changes.has('mark') || changes.has('figure')) {
      void this.updateComplete.then(() => point(this.chart, this.place));
    }
  }

  protected override render(): TemplateResult {
    const { prose } = this;
    const { question } = metaOf(this.name, language());
    const at = LESSON_NAMES.findIndex((name) => name === this.name) + 1;
    return html`<div
      class="lesson"
      @lab-mark=${(event: MarkEvent) => this.show(event.mark)}
      @lab-try=${(event: TryEvent) => this.change({ changes: event.changes })}
      @lab-answer=${() => this.dispatchEvent(new ProgressEvent(this.name, 'checked'))}
    >
      <header>
        <p class="eyebrow">
          ${strings.lessonOf(at, LESSON_NAMES.length)}${prose ? ` · ${this.minutes(prose)}` : nothing}
        </p>
        <!-- The same element before and after the text is there: it may have the focus. -->
        <h1 tabindex="-1">${question}</h1>
        ${prose && this.renderClaim(prose)}
      </header>
      ${prose && this.renderBody(prose, at)}
    </div>`;
  }

  /** Reading and doing, and the run on this device. */
  private minutes({ minutes }: Prose): string {
    const run = this.device && runTime(this.name, loadTimes(), this.device.software);
    const total = Math.round(minutes + (run?.seconds ?? 0) / 60);
    return run?.measured ? strings.minutesHere(total, duration(run.seconds)) : strings.minutes(total);
  }

  private renderClaim({ claim, description }: Prose): TemplateResult {
    return claim
      ? html`<p class="claim"><span>${strings.claim}:</span> ${claim}</p>`
      : html`<p class="lede">${description}</p>`;
  }

  private renderBody(prose: Prose, at: number): TemplateResult {
    return html`<div class="bench">
        ${this.lesson || !this.loaded ? this.renderExperiment() : this.renderMissing()}
      </div>
      <article class="more prose">${this.renderText(prose)} ${renderNext(at)}</article>`;
  }

  private renderText(prose: Prose): unknown {
    return [
      prose.sections.map(
        ({ name, html: text }) =>
          html`<section id=${name}>
            <h2>${strings.headings[name as keyof typeof strings.headings]}</h2>
            <lab-prose .html=${text} .numbers=${this.numbers} .mark=${this.mark}></lab-prose>
            ${name === 'predict' && prose.predict ? this.renderPredictionPanel(prose.predict) : nothing}
          </section>`,
      ),
      renderSources(prose),
    ];
  }

  private renderPredictionPanel(predicted: Predicted): unknown {
    if (!this.lesson) return nothing;
    const { predicts } = this;
    return renderPrediction({
      predicted,
      prediction: predicts.prediction,
      predicting: predicts.predicting,
      locked: this.isRevealed,
      drawable: this.shown?.figures.some(({ name }) => name === predicted.figure) ?? false,
      begin: () => void this.beginPrediction(predicted),
      end: () => predicts.end(),
      remove: () => predicts.set(undefined),
      set: (value) => predicts.setNumber(value),
    });
  }

  private renderMissing(): TemplateResult {
    return html`<section class="figure card" aria-label=${strings.figure}>
      <p class="caption">${strings.noExperiment}</p>
    </section>`;
  }

  private renderExperiment(): TemplateResult {
    const { run, pending } = this;
    const noGPU = run.problem?.name === 'NoGPUError';
    const remark = this.shown?.remark;
    return html`<section class="figure card" aria-label=${strings.figure}>
        ${renderStages(this.stage, this.stagesDone)} ${this.views.render()}
        ${renderFigure({
          figures: this.shown?.figures ?? [],
          behind: this.behind,
          chosen: this.figure,
          place: this.place,
          predictionOn: (figure) => this.predicts.on(figure, this.prose?.predict),
          predicting: this.predicts.predicting,
          caption: this.provenance,
          choose: (figure) => {
            this.figure = figure;
            this.mark = undefined;
          },
          predict: (prediction) => this.predicts.set(prediction),
        })}
        ${remark ? html`<p class="remark">${say(remark)}</p>` : nothing}
        ${
          this.isWaiting
            ? renderCommitment(this.prompt, this.predicts, () => void this.askPrediction())
            : nothing
        }
        ${this.mark === undefined ? nothing : html`<p class="pointed" role="status">${this.markMeaning}</p>`}
        <lab-plan-bar
          .phase=${noGPU ? 'closed' : run.phase}
          .entries=${run.entries}
          .progress=${run.progress}
          .steps=${run.steps}
          .changed=${pending}
          .building=${run.building}
          .estimate=${run.estimate}
          @lab-command=${(event: CommandEvent) => this.onCommand(event)}
        ></lab-plan-bar>
      </section>
      <section class="card details">
        ${renderProblem(run.problem, this.device)}
        <div class="panelbar">
          <lab-segments
            .label=${strings.size}
            .options=${SIZES.map((size) => [size, strings.sizes[size]] as const)}
            .value=${this.draft.size}
            @lab-segment=${(event: SegmentEvent) => {
              this.sizeIsChosen = true;
              this.change({ size: event.value as Size });
            }}
          ></lab-segments>
          <p class="milestone">${this.milestone}</p>
        </div>
        ${this.renderChanges(pending)}
        ${this.shown?.verdict.sentence.en ? renderVerdict(this.shown, this.whose, this.renderComparison()) : nothing}
        ${this.shown ? renderTables(this.shown.tables) : nothing}
        <p class="caption">${this.provenance}</p>
      </section>`;
  }

  private renderComparison(): unknown {
    const predict = this.prose?.predict;
    const got = predict && this.shown?.verdict.numbers[predict.value];
    return renderComparison(predict, this.predicts.prediction, got, this.whose !== 'recorded');
  }

  private renderChanges(pending: boolean): TemplateResult | typeof nothing {
    const { lesson, draft } = this;
    if (!lesson || !Object.keys(draft.changes).length) return nothing;
    const changes = describeChanges(lesson.plan(draft.size, FIRST_SEED), FIRST_SEED, draft.changes, {
      label: pathLabel,
      usual: strings.usual,
    });
    return html`<lab-changes
      .changes=${changes}
      .kind=${pending && this.run.begun ? 'pending' : 'defaults'}
      @lab-undo-change=${({ key }: UndoChangeEvent) => {
        const { [key]: _undone, ...changes } = draft.changes;
        this.change({ changes });
      }}
    ></lab-changes>`;
  }

  /** What is on the page: the learner's own findings, or the recorded ones while there are none. */
  private get shown(): Findings | undefined {
    const findings = this.run.findings ?? this.recorded;
    return findings && this.views.look(findings);
  }

  /** Figures of the recorded run, while the learner's own are drawn over them. */
  private get behind(): readonly Figure[] {
    return this.run.findings && this.recorded ? this.views.look(this.recorded).figures : [];
  }

  /** The recorded findings, as far as the learner may see them yet. */
  private get recorded(): Findings | undefined {
    const { lesson, recording } = this;
    if (!recording || !lesson?.commitment || this.predicts.committed || this.isRevealed)
      return recording?.findings;
    return lesson.commitment.conceal(recording.findings);
  }

  /** The run that waits for a prediction; nothing once that is made. */
  private get awaited(): string | undefined {
    return this.predicts.committed ? undefined : this.lesson?.commitment?.before(this.applied.size);
  }

  private get prompt(): string {
    const { commitment } = this.lesson ?? {};
    return commitment ? say(commitment.prompt) : '';
  }

  /** All that comes before the awaited run is done. */
  private get isWaiting(): boolean {
    const { phase, entries } = this.run;
    const next = entries.find(({ state }) => state === 'waiting' || state === 'running');
    return this.awaited !== undefined && phase === 'paused' && next?.key === this.awaited;
  }

  /** The run that was predicted has begun or is done: the prediction can't be changed any more. */
  private get isRevealed(): boolean {
    const key = this.lesson?.commitment?.before(this.applied.size);
    return this.run.entries.some((entry) => entry.key === key && entry.state !== 'waiting');
  }

  private get whose(): 'own' | 'running' | 'recorded' {
    if (!this.run.findings) return 'recorded';
    return this.run.phase === 'finished' ? 'own' : 'running';
  }

  /** The numbers of the learner's own run. */
  private get numbers(): Record<string, number> {
    return this.run.hasResults && this.run.findings ? (this.shown?.verdict.numbers ?? {}) : {};
  }

  private get pending(): boolean {
    return JSON.stringify(this.draft) !== JSON.stringify(this.applied);
  }

  private get place(): Place | undefined {
    return this.mark === undefined ? undefined : placeOf(this.shown?.figures ?? [], this.mark);
  }

  private get markMeaning(): string {
    const meaning = this.prose?.marks[this.mark ?? ''] ?? '';
    return this.place ? meaning : strings.markNotHere(meaning);
  }

  private get provenance(): string {
    const { recording } = this;
    if (!recording) return this.loaded && !this.run.findings ? strings.noRecording : '';
    const date = new Date(recording.date).toLocaleDateString(language(), { dateStyle: 'medium' });
    return this.run.findings
      ? strings.recordedBehind(recording.device, date)
      : strings.recorded(recording.device, date);
  }

  private get stage(): Stage {
    if (this.run.phase === 'finished') return 'verdict';
    if (this.run.begun || this.run.phase === 'running') return 'run';
    return this.predicts.committed ? 'run' : 'predict';
  }

  private get stagesDone(): Set<Stage> {
    const done = new Set<Stage>();
    if (this.predicts.prediction) done.add('predict');
    if (this.run.phase === 'finished') done.add('run').add('verdict');
    return done;
  }

  /** The experiment as it is planned, from its beginning, is what lists of lessons ask about. */
  private keepTime(seconds: number): void {
    const { size, changes } = this.applied;
    if (!this.device || size === 'large' || Object.keys(changes).length) return;
    if (runTime(this.name, loadTimes(), false)?.seconds === seconds) return;
    saveTime(this.device.name, this.name, size, seconds);
  }

  private async load(): Promise<void> {
    const { name } = this;
    await this.loadProse();
    [this.lesson, this.recording] = await Promise.all([
      this.curriculum.lesson(name),
      this.curriculum.recording(name).catch(() => undefined),
    ]);
    this.loaded = true;
    if (!this.lesson) return;
    this.device = await this.lab.device().catch(() => undefined);
    if (this.device?.software) {
      this.sizeIsChosen = true;
      this.applied = this.draft = { ...this.applied, size: 'small' };
    }
    if (this.isConnected) await this.open();
  }

  private async loadProse(): Promise<void> {
    this.spoken = language();
    const prose = await this.curriculum.prose(this.name, language());
    this.prose = prose;
  }

  /** Before anything has run, changes take effect at once. */
  private change(change: Partial<Choice>): void {
    this.draft = { ...this.draft, ...change };
    if (this.pending && !this.run.begun && this.run.phase !== 'running') void this.open();
  }

  private async open(run = false): Promise<void> {
    const { lesson } = this;
    if (!lesson) return;
    this.applied = this.draft;
    this.runWhenReady = run;
    const { size } = this.applied;
    if (!(await this.run.open(this.plan(lesson), (results: Results) => lesson.judge(results, size)))) return;
    if (this.runWhenReady) this.run.run({ before: this.awaited });
  }

  private plan(lesson: Lesson): PlannedItem[] {
    const { size, changes } = this.applied;
    const seed = typeof changes[SEED] === 'number' ? changes[SEED] : FIRST_SEED;
    return changed(lesson.plan(size, seed), changes);
  }

  private onCommand({ command }: CommandEvent): void {
    const { run, awaited: before } = this;
    switch (command) {
      case 'run':
        if (this.isWaiting) void this.askPrediction();
        else run.run({ before });
        break;
      case 'restart':
        if (this.pending || run.phase === 'failed') void this.open(true);
        else {
          run.reset();
          run.run({ before });
        }
        break;
      case 'pause':
        run.pause();
        break;
      case 'step':
        if (this.isWaiting) void this.askPrediction();
        else run.run({ steps: 1, before });
        break;
      case 'reset':
        run.reset();
        break;
      case 'skip':
        run.skip();
        break;
    }
  }

  private show(mark: string): void {
    this.mark = this.mark === mark ? undefined : mark;
    if (this.mark !== undefined) this.views.reveal(mark);
    const { place } = this;
    if (place) this.figure = this.shown?.figures[place.figure]?.name;
  }

  /** On the figure whose axis it lies on; the chart needs two frames to show another one. */
  private async beginPrediction({ kind, figure }: Predicted): Promise<void> {
    if (kind === 'number') return;
    const before = shownFigure(this.shown?.figures ?? [], this.figure);
    this.figure = figure;
    if (before?.name !== figure) {
      await this.updateComplete;
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    }
    this.predicts.begin(kind, this.chart);
  }

  /** The handles are put on the chart, and the first has the focus. */
  private async askPrediction(): Promise<void> {
    const predict = this.prose?.predict;
    if (!predict) return;
    await this.beginPrediction(predict);
    await this.chart?.focusPrediction();
  }

  /** What waits for the prediction is trained; without one it waits again. */
  private onPrediction(): void {
    const { phase } = this.run;
    const key = this.lesson?.commitment?.before(this.applied.size);
    const next = this.run.entries.find(({ state }) => state === 'waiting' || state === 'running');
    const goesOn = phase === 'paused' && this.predicts.committed && next?.key === key;
    if (key !== undefined && (phase === 'running' || goesOn)) this.run.run({ before: this.awaited });
    if (this.predicts.prediction) this.dispatchEvent(new ProgressEvent(this.name, 'begun'));
  }

  private onMilestone(milestone: ExperimentMilestone): void {
    const text = this.isWaiting ? this.prompt : describeMilestone(milestone, this.run);
    if (milestone.kind === 'finished' && this.run.hasResults) {
      this.dispatchEvent(new ProgressEvent(this.name, 'run'));
    }
    if (!text) return;
    this.milestone = milestone.kind === 'finished' || this.isWaiting ? '' : text;
    this.dispatchEvent(new AnnounceEvent(text));
  }
}

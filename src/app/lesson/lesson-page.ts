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
import { type Figure, type Findings, type Lesson, type Size, SIZES } from '../../lessons/lesson.ts';
import type { Recording } from '../../lessons/recording.ts';
import type { Lab } from '../../worker/protocol.ts';
import { AnnounceEvent } from '../announce.ts';
import { askAgain } from '../ask-again.ts';
import { type Curriculum, LESSON_NAMES, metaOf } from '../curriculum.ts';
import { language } from '../language.ts';
import { ProgressEvent } from '../progress.ts';
import type { Predicted, Prose } from '../prose.ts';
import { describeChanges } from './changes.ts';
import type { ExperimentMilestone, ExperimentRun } from './experiment-run.ts';
import { FIRST_SEED, LessonExperiment } from './lesson-experiment.ts';
import { say } from './figure-series.ts';
import { renderCommitment } from './commitment.ts';
import { point, renderFigure, shownFigure } from './lesson-figure.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { LessonRecords } from './lesson-records.ts';
import { renderNext, renderNoRecording, renderObstacles, renderResume } from './lesson-notices.ts';
import { renderFindings, renderSources, renderStages, type Stage } from './lesson-parts.ts';
import { pathLabel, strings } from './lesson-strings.ts';
import { ViewChoice } from './view-choice.ts';
import { type Place, placeOf } from './marks.ts';
import { describeMilestone } from './milestones.ts';
import { PredictionControl } from './prediction-control.ts';
import { renderComparison, renderPrediction } from './prediction-panel.ts';

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
  @state() private isRecordingMissing = false;
  @state() private loaded = false;
  @state() private figure: string | undefined;
  @state() private mark: string | undefined;
  @state() private milestone = '';
  @query('lab-chart') private chart!: LabChart | null;

  private readonly experiment = new LessonExperiment(this, {
    lab: () => this.lab,
    committed: () => this.predicts.committed,
    ask: () => void this.askPrediction(),
    milestone: (milestone) => this.onMilestone(milestone),
  });
  private readonly predicts = new PredictionControl(
    this,
    () => this.name,
    () => this.onPrediction(),
  );
  private readonly views = new ViewChoice(this, () => this.lesson?.views);
  private readonly records = new LessonRecords(this, {
    name: () => this.name,
    lab: () => this.lab,
    prose: async () => this.prose ?? (await this.loadProse()),
    lesson: () => this.curriculum.lesson(this.name),
    predicted: () => this.prose?.predict,
    experiment: this.experiment,
    predicts: this.predicts,
    views: this.views,
    figure: () => this.figure,
    show: (figure) => (this.figure = figure),
  });
  private spoken = '';

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    new FocusKeeper(this, () => this.querySelector('lab-plan-bar'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    // A text that can't be loaded stays in the language before.
    if (this.prose && this.spoken !== language()) void this.loadProse().catch(() => (this.spoken = ''));
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
      @lab-try=${(event: TryEvent) => this.experiment.change({ changes: event.changes })}
      @lab-answer=${() => this.dispatchEvent(new ProgressEvent(this.name, 'checked'))}
    >
      <header>
        <p class="eyebrow">
          ${strings.lessonOf(at, LESSON_NAMES.length)}${prose ? ` · ${this.minutes(prose)}` : nothing}
        </p>
        <!-- The same element before and after the text is there: it may have the focus. -->
        <h1 tabindex="-1">${question}</h1>
        ${prose && this.renderClaim(prose)} ${this.records.link.render()}
      </header>
      ${prose && this.renderBody(prose, at)}
    </div>`;
  }

  private minutes({ minutes }: Prose): string {
    const { total, run } = this.experiment.minutes(minutes);
    return run === undefined ? strings.minutes(total) : strings.minutesHere(total, duration(run));
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
      locked: this.experiment.isRevealed,
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
    const { run, experiment } = this;
    const { pending } = experiment;
    const remark = this.shown?.remark;
    return html`<section class="figure card" aria-label=${strings.figure}>
        ${renderStages(this.stage, this.stagesDone)} ${this.views.render()}
        ${renderFigure({
          figures: this.shown?.figures ?? [],
          behind: this.behind,
          overlays: this.records.kept.overlaysOn(this.chosen),
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
          experiment.isWaiting
            ? renderCommitment(experiment.prompt, this.predicts, () => void this.askPrediction())
            : nothing
        }
        ${this.mark === undefined ? nothing : html`<p class="pointed" role="status">${this.markMeaning}</p>`}
        <lab-plan-bar
          .phase=${experiment.isImpossible ? 'closed' : run.phase}
          .entries=${run.entries}
          .progress=${run.progress}
          .steps=${run.steps}
          .changed=${pending}
          .building=${run.building}
          .estimate=${run.estimate}
          @lab-command=${({ command }: CommandEvent) => experiment.command(command)}
        ></lab-plan-bar>
      </section>
      <section class="card details">
        ${this.isRecordingMissing ? renderNoRecording(() => void askAgain().then(() => this.loadRecording())) : nothing}
        ${renderObstacles(experiment)} ${run.resumes ? renderResume(experiment) : nothing}
        <div class="panelbar">
          <lab-segments
            .label=${strings.size}
            .options=${SIZES.map((size) => [size, strings.sizes[size]] as const)}
            .value=${experiment.draft.size}
            @lab-segment=${({ value }: SegmentEvent) => experiment.choose(value as Size)}
          ></lab-segments>
          <p class="milestone">${this.milestone}</p>
          ${this.records.renderSharing(() => this.chart, this.chosen)}
        </div>
        ${this.renderChanges(pending)}
        ${this.shown ? renderFindings(this.shown, this.whose, this.renderComparison()) : nothing}
        <p class="caption">${this.provenance}</p>
        ${this.records.render(this.chosen)}
      </section>`;
  }

  private renderComparison(): unknown {
    const predict = this.prose?.predict;
    const got = predict && this.shown?.verdict.numbers[predict.value];
    return renderComparison(predict, this.predicts.prediction, got, this.whose !== 'recorded');
  }

  private renderChanges(pending: boolean): TemplateResult | typeof nothing {
    const { lesson } = this;
    const { draft } = this.experiment;
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
        this.experiment.change({ changes });
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
    if (!recording || !lesson?.commitment || this.predicts.committed || this.experiment.isRevealed)
      return recording?.findings;
    return lesson.commitment.conceal(recording.findings);
  }

  private get run(): ExperimentRun {
    return this.experiment.run;
  }

  /** The figure that is on the chart. */
  private get chosen(): Figure | undefined {
    return shownFigure(this.shown?.figures ?? [], this.figure);
  }

  private get whose(): 'own' | 'running' | 'recorded' {
    if (!this.run.findings) return 'recorded';
    return this.run.phase === 'finished' ? 'own' : 'running';
  }

  /** The numbers of the learner's own run. */
  private get numbers(): Record<string, number> {
    return this.run.hasResults && this.run.findings ? (this.shown?.verdict.numbers ?? {}) : {};
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

  private async load(): Promise<void> {
    const { name } = this;
    await this.loadProse();
    [this.lesson] = await Promise.all([this.curriculum.lesson(name), this.loadRecording()]);
    this.loaded = true;
    if (!this.lesson) return;
    const device = await this.lab.device().catch(() => undefined);
    await this.records.link.ready;
    this.experiment.prepare(this.lesson, device);
    if (this.isConnected) await this.experiment.open();
  }

  /** A lesson is there without its recording, too. */
  private async loadRecording(): Promise<void> {
    try {
      this.recording = await this.curriculum.recording(this.name);
      this.isRecordingMissing = false;
    } catch {
      this.isRecordingMissing = true;
    }
  }

  private async loadProse(): Promise<Prose> {
    this.spoken = language();
    return (this.prose = await this.curriculum.prose(this.name, language()));
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
    const before = this.chosen;
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

  private onPrediction(): void {
    this.experiment.onPrediction();
    if (this.predicts.prediction) this.dispatchEvent(new ProgressEvent(this.name, 'begun'));
  }

  private onMilestone(milestone: ExperimentMilestone): void {
    const { isWaiting, prompt } = this.experiment;
    const text = isWaiting ? prompt : describeMilestone(milestone, this.run);
    this.records.hear(milestone);
    if (milestone.kind === 'finished' && this.run.hasResults) {
      this.dispatchEvent(new ProgressEvent(this.name, 'run'));
    }
    if (!text) return;
    this.milestone = milestone.kind === 'finished' || isWaiting ? '' : text;
    this.dispatchEvent(new AnnounceEvent(text));
  }
}

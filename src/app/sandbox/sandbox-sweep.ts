import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { type Command, type CommandEvent, compact } from '../../components/index.ts';
import { decodeText } from '../../text-file.ts';
import type { GridCell } from '../../components/lab-run-grid.ts';
import { type Findings, NO_FINDINGS } from '../../findings/findings.ts';
import type { FittedLaw, FormDescription, Lab, Problem, SweepRun } from '../../worker/protocol.ts';
import { SchemaError } from '../../problems.ts';
import { sayProblem } from '../say-problem.ts';
import { AnnounceEvent } from '../frame/announce.ts';
import { ExperimentRun, type ExperimentMilestone } from '../../running/experiment-run.ts';
import { renderRunNotices } from '../lesson/lesson-notices.ts';
import { Resting } from '../lesson/resting.ts';
import { renderProblem } from '../runs/problem.ts';
import { RunControl } from '../../running/run-control.ts';
import { renderAxes } from './axis-editor.ts';
import { type LawChoice, renderScaling } from './scaling-chart.ts';
import { type Draft, taskOf } from './draft.ts';
import { Questions } from './questions.ts';
import { strings as sandbox } from './sandbox-strings.ts';
import { AxisError, readSweepFile, type SweepDraft, type SweepInput, toSweep } from './sweep-draft.ts';
import { saveResults, saveSweep, saveTable } from './sweep-files.ts';
import { doneOf, fitRows, gridOf, type Horizontal, scalingFigure } from './sweep-results.ts';
import { strings } from './sweep-strings.ts';

/** Axes take effect once they have been still for so long, ms. */
const SETTLE_MS = 500;
/** A sweep claims nothing: its page looks at the results themselves. */
const judge = (): Findings => NO_FINDINGS;

/** A sweep: its axes, its runs as they go, and the law through their results. */
export class SandboxSweep extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  @property({ attribute: false }) form!: FormDescription;
  /** What all runs have in common. */
  @property({ attribute: false }) base: Draft = {};
  @property({ attribute: false }) sweep!: SweepDraft;

  @state() private runs: readonly SweepRun[] = [];
  @state() private flops = 0;
  @state() private problems: readonly Problem[] = [];
  @state() private wrongAxis: AxisError | undefined;
  @state() private wrongFile = '';
  @state() private stopped = false;
  @state() private x: Horizontal = 'N';
  @state() private law: LawChoice = 'power';
  @state() private fitted: FittedLaw | undefined;

  private readonly run = new ExperimentRun(
    this,
    () => this.lab,
    (milestone) => this.onMilestone(milestone),
  );
  private readonly resting = new Resting(this, this.run, () => this.lab);
  /** the axes and settings as they stand; nothing while an axis can't be read */
  private input: SweepInput | undefined;
  private misread: AxisError | undefined;
  private fitting = '';
  private readonly questions = new Questions(this);
  private readonly control = new RunControl<SweepInput | AxisError>({
    target: this.run,
    draft: () => this.input ?? this.misread,
    open: (draft) => this.plan(draft),
    ask: (opening) => this.questions.ask(opening),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.control.unsettle();
    this.control.applied = this.input = undefined;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('base') && !changes.has('sweep')) return;
    this.read();
    this.control.settle(this.control.applied ? SETTLE_MS : 0);
  }

  protected override updated(): void {
    void this.fit();
  }

  protected override render(): TemplateResult {
    const { run } = this;
    return html`<section class="card sweep" aria-label=${strings.title}>
        ${renderAxes({
          sweep: this.sweep,
          base: this.base,
          form: this.form,
          wrong: this.wrongAxis,
          change: (sweep) => this.change(sweep),
        })}
        ${this.questions.render()} ${this.renderProblems()}
        <p class="row">
          <b>${this.runs.length ? strings.planned(this.runs.length, compact(this.flops)) : nothing}</b>
          <label class="quiet file"
            >${strings.load}<input
              class="visually-hidden"
              type="file"
              accept=".json,application/json"
              @change=${(event: Event) => void this.load(event.target as HTMLInputElement)}
          /></label>
          <button
            class="quiet"
            type="button"
            title=${strings.saveHelp}
            ?disabled=${!this.input || this.problems.length > 0}
            @click=${() => saveSweep(this.input!)}
          >
            ${strings.save}
          </button>
        </p>
      </section>
      <section class="figure card" aria-label=${strings.runs}>
        ${run.resumes ? this.renderResume() : nothing}
        <lab-plan-bar
          .phase=${run.barPhase}
          .entries=${run.entries}
          .progress=${run.progress}
          .steps=${run.steps}
          .changed=${this.control.pending}
          .building=${run.building}
          .estimate=${run.estimate}
          @lab-command=${({ command }: CommandEvent) => this.onCommand(command)}
        ></lab-plan-bar>
        ${renderRunNotices(run, this.resting.rested)}
        ${renderProblem(run.problem, () => void this.control.open(true))} ${this.renderGrid()}
      </section>
      ${run.begun ? this.renderChart() : nothing}`;
  }

  private renderResume(): TemplateResult {
    return html`<div class="notice" data-kind="link" data-testid="resume">
      <p>${strings.resume}</p>
      <p class="row">
        <button class="pill" type="button" @click=${() => this.onCommand('run')}>${strings.goOn}</button>
        <button class="quiet" type="button" @click=${() => this.run.reset()}>${strings.startOver}</button>
      </p>
    </div>`;
  }

  private renderProblems(): TemplateResult | typeof nothing {
    if (!this.problems.length && !this.wrongFile) return nothing;
    return html`<div class="notice" data-kind="bad" role="alert">
      <b>${this.wrongFile ? strings.wrongFile : strings.wrong}</b>
      ${this.wrongFile ? html`<p lang="en">${this.wrongFile}</p>` : nothing}
      <ul>
        ${this.problems.map((problem) => html`<li>${problem.path && `${problem.path}: `}${sayProblem(problem)}</li>`)}
      </ul>
    </div>`;
  }

  private renderGrid(): TemplateResult | typeof nothing {
    if (!this.runs.length) return nothing;
    const states = new Map(
      this.run.entries.map(({ key, state }): [string, GridCell['state']] => [
        key,
        this.stopped && state !== 'done' ? 'skipped' : state,
      ]),
    );
    const { label, rows, columns, cells } = gridOf(
      this.runs,
      this.run.results.runs,
      states,
      taskOf(this.base),
    );
    const going = this.run.phase === 'running' || this.run.phase === 'paused';
    return html`<lab-run-grid
        .label=${label}
        .rows=${rows}
        .columns=${columns}
        .cells=${cells}
      ></lab-run-grid>
      <p class="row">
        <button
          class="quiet"
          type="button"
          title=${strings.stopHelp}
          aria-disabled=${!going || this.stopped}
          @click=${() => going && this.stop()}
        >
          ${strings.stop}
        </button>
        <button
          class="quiet"
          type="button"
          ?disabled=${!this.run.hasResults}
          @click=${() => void saveTable(this.lab, this.opened, this.run.results.runs)}
        >
          ${strings.csv}
        </button>
        <button
          class="quiet"
          type="button"
          ?disabled=${!this.run.hasResults}
          @click=${() => saveResults(this.opened, this.runs, this.run.results.runs, this.fitted)}
        >
          ${strings.json}
        </button>
      </p>`;
  }

  private renderChart(): TemplateResult {
    return renderScaling({
      figure: scalingFigure(doneOf(this.runs, this.run.results.runs), this.x, this.fitted),
      live: this.run.phase === 'running' ? this.run.findings?.figures[0] : undefined,
      caption: this.caption,
      x: this.x,
      law: this.law,
      fitted: this.fitted,
      chooseX: (x) => (this.x = x),
      chooseLaw: (law) => (this.law = law),
    });
  }

  private get caption(): string {
    return [
      strings.planned(this.runs.length, compact(this.flops)),
      [...this.run.results.runs.values()][0]?.device,
    ]
      .filter(Boolean)
      .join(' · ');
  }

  /** What the sweep that is open was planned from. */
  private get opened(): SweepInput {
    return this.control.applied as SweepInput;
  }

  private change(sweep: SweepDraft, base?: Draft): void {
    this.dispatchEvent(new CustomEvent('sandbox-sweep-change', { detail: { sweep, base } }));
  }

  /** Reads the axes as they were typed. */
  private read(): void {
    this.input = this.misread = undefined;
    try {
      this.input = toSweep(this.base, this.sweep, this.form);
    } catch (error) {
      if (!(error instanceof AxisError)) throw error;
      this.misread = error;
    }
  }

  /** Opens the sweep as it stands: to run it, or, before anything has run, for the estimate. */
  private async plan(draft: SweepInput | AxisError): Promise<boolean> {
    // Said only now: words that come and go move the button that somebody is pressing.
    this.wrongAxis = this.misread;
    this.wrongFile = '';
    this.problems = [];
    if (draft instanceof AxisError) {
      this.control.unwant();
      return false;
    }
    if (!this.control.wanted && this.control.applied && !this.control.changed) return false;
    const planned = await this.lab.plan(draft);
    if (draft !== this.input) return false;
    if (!('problems' in planned))
      return (this.control.wanted || !this.isUnderWay) && this.open(draft, planned.runs, planned.flops);
    this.problems = planned.problems;
    this.control.unwant();
    return false;
  }

  /** Part of the sweep that is open has run, and the rest is to follow. */
  private get isUnderWay(): boolean {
    const { begun, phase } = this.run;
    return phase === 'running' || (begun && !this.stopped && phase !== 'finished');
  }

  private open(input: SweepInput, runs: readonly SweepRun[], flops: number): Promise<boolean> {
    this.runs = runs;
    this.flops = flops;
    this.control.applied = input;
    this.stopped = false;
    this.fitted = undefined;
    const items = runs
      .toSorted((a, b) => a.order - b.order)
      .map(({ key, spec }) => ({ key, spec: { ...spec } }));
    return this.run.open(items, judge);
  }

  private stop(): void {
    this.stopped = true;
    this.run.pause();
  }

  private onCommand(command: Command): void {
    if (command === 'run' || command === 'restart' || command === 'reset') this.stopped = false;
    this.control.command(command);
  }

  private onMilestone(milestone: ExperimentMilestone): void {
    if (milestone.kind === 'finished') {
      this.dispatchEvent(new AnnounceEvent(sandbox.milestones.finished('')));
    }
  }

  /** One fit at a time, for what is there now. */
  private async fit(): Promise<void> {
    const { law, x } = this;
    const rows = fitRows(doneOf(this.runs, this.run.results.runs));
    const wanted = JSON.stringify([law, x, rows]);
    if (wanted === this.fitting) return;
    this.fitting = wanted;
    const fitted =
      law === 'none' || rows.length < 2
        ? undefined
        : await this.lab.fit({ rows, law, x }).catch(() => undefined);
    if (wanted !== this.fitting) return;
    this.fitted = fitted;
    // The other laws need an axis of their own.
    if (fitted?.x !== undefined && fitted.x !== this.x) this.x = fitted.x;
  }

  private async load(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    try {
      const { base, sweep } = readSweepFile(decodeText(new Uint8Array(await file.arrayBuffer()))?.text ?? '');
      const planned = await this.lab.plan(toSweep(base, sweep, this.form));
      if ('problems' in planned) throw new SchemaError(planned.problems);
      this.change(sweep, base);
    } catch (error) {
      this.wrongFile = error instanceof AxisError ? strings.problem(error.reason) : (error as Error).message;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sandbox-sweep': SandboxSweep;
  }
}

import { updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import {
  compact,
  type FormChangeEvent,
  type MadeLink,
  type MarkEvent,
  neutral,
  type Prediction,
  type PredictionEvent,
  type SegmentEvent,
  type TryEvent,
  whole,
} from '../../components/index.ts';
import type { KeptRun } from '../../state/database.ts';
import type { Checked, DeviceReport, FormDescription, Lab, RunSpec } from '../../worker/protocol.ts';
import type { Curriculum } from '../curriculum.ts';
import { KeptRuns } from '../kept-runs.ts';
import { language } from '../language.ts';
import { loadPrediction, savePrediction } from '../lesson/prediction-store.ts';
import { renderPrediction } from '../lesson/prediction-panel.ts';
import type { Prose } from '../prose.ts';
import { ProgressEvent } from '../progress.ts';
import { checkCosts, linkTo, packPrediction, SharedLink, type Shared, unpackPrediction } from '../sharing.ts';
import { renderSlow, smallSizesButton } from '../device/device-notice.ts';
import { differences, type Draft, FIRST, isSmall, set, showValue, SMALL, toSpec } from './draft.ts';
import { keptRun, numbersOf, shared as withoutText } from './keep-run.ts';
import { loadDraft, saveDraft } from './draft-store.ts';
import { renderOwnText } from './own-text.ts';
import { Questions } from './questions.ts';
import type { SandboxRun } from './sandbox-run.ts';
import { strings } from './sandbox-strings.ts';
import { EMPTY_SWEEP, type SweepDraft, unpackSweep } from './sweep-draft.ts';
import { renderProse } from './sandbox-prose.ts';
import { labelOf, nameOf, sectionsOf, taskDescription } from './words.ts';

const NAME = 'sandbox';
/** The number that the prediction of the page is about. */
const PREDICTED = 'trainLoss';
const CHECK_AFTER_MS = 150;

/** All tasks, models and optimizers in one place: single runs, sweeps, and the runs that were kept. */
export class SandboxPage extends LitElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  /** Where the text comes from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  @state() private prose: Prose | undefined;
  @state() private form: FormDescription | undefined;
  @state() private device: DeviceReport | undefined;
  @state() private draft: Draft = FIRST;
  /** what the engine says of the draft, or of one before it */
  @state() private checked: (Checked & { draft: Draft }) | undefined;
  @state() private mode: 'run' | 'sweep' = 'run';
  @state() private sweep: SweepDraft = EMPTY_SWEEP;
  @state() private prediction: Prediction | undefined;
  @state() private predicting = false;
  @state() private mark: string | undefined;
  @state() private textNote = '';
  @state() private said = '';
  @query('sandbox-run') private run!: SandboxRun | null;

  private readonly kept = new KeptRuns(this, {
    lesson: () => NAME,
    columns: () =>
      (['loss', 'accuracy', 'parameters', 'seconds'] as const).map((key) => ({
        key,
        label: strings.columns[key],
      })),
    label: (path) => labelOf(path),
    value: showValue,
    usual: () => strings.usual,
  });
  private readonly link = new SharedLink(
    this,
    () => NAME,
    (...link) => this.applyLink(...link),
  );
  private readonly questions = new Questions(this);
  private checking: ReturnType<typeof setTimeout> | undefined;
  private spoken = '';

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.prediction = loadPrediction(NAME);
    void this.questions.ask(() => this.load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.checking);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    if (this.spoken === language()) return;
    this.spoken = language();
    void this.curriculum.prose(NAME, language()).then(
      (prose) => (this.prose = prose),
      () => (this.spoken = ''), // The text stays in the language before, and is asked for again.
    );
  }

  protected override render(): TemplateResult {
    const { form } = this;
    return html`<div
      class="sandbox"
      @lab-mark=${({ mark }: MarkEvent) => (this.mark = this.mark === mark ? undefined : mark)}
      @lab-try=${({ changes }: TryEvent) => this.begin(changes)}
      @lab-prediction=${({ prediction }: PredictionEvent) => this.predict(prediction)}
    >
      <header>
        <p class="eyebrow">${strings.eyebrow}</p>
        <h1 tabindex="-1">${this.prose?.question ?? strings.eyebrow}</h1>
        ${this.prose ? html`<p class="lede">${this.prose.description}</p>` : nothing} ${this.link.render()}
      </header>
      ${this.questions.render(form ? nothing : html`<p class="caption">${strings.loading}</p>`)}
      ${form ? html`${this.renderForm(form)} ${this.renderBench(form)}` : nothing}
      ${this.prose ? renderProse(this.prose, this.numbers, this.mark, this.renderPrediction()) : nothing}
    </div>`;
  }

  private renderForm(form: FormDescription): TemplateResult {
    const task = String(this.draft['task.name']);
    const description = form.tasks.find(({ name }) => name === task)?.description ?? '';
    const errors = this.errors;
    const { 'task.name': _task, 'model.kind': _model, ...values } = this.draft;
    return html`<section class="settings card" aria-label=${strings.settings}>
      <lab-segments
        .label=${strings.mode}
        bare
        .options=${[['run', strings.modes.run], ['sweep', strings.modes.sweep]] as const /* prettier-ignore */}
        .value=${this.mode}
        @lab-segment=${({ value }: SegmentEvent) => {
          this.mode = value as 'run' | 'sweep';
          this.store();
        }}
      ></lab-segments>
      <p class="caption">${taskDescription(task, description)}</p>
      ${
        task === 'text'
          ? renderOwnText({
              text: this.draft['task.text'] as string | undefined,
              error: errors['task.text'],
              note: this.textNote,
              rare: this.rare,
              form,
              change: (text, note) => {
                this.textNote = note;
                this.change(set(this.draft, 'task.text', text, form));
              },
            })
          : nothing
      }
      <lab-form
        .sections=${sectionsOf(form, this.draft)}
        .values=${values}
        .errors=${errors}
        @lab-form-change=${({ path, value }: FormChangeEvent) => this.change(set(this.draft, path, value, form))}
      ></lab-form>
      <p class="row">
        <span class="caption"
          >${
            this.valid ? strings.size(whole(this.valid.parameters), compact(this.valid.flops)) : nothing
          }</span
        >
        <button class="quiet" type="button" @click=${() => this.begin(this.first)}>${strings.reset}</button>
      </p>
      ${this.renderWrong(errors)}
    </section>`;
  }

  /** What is wrong that has no field to stand at. */
  private renderWrong(errors: Readonly<Record<string, string>>): TemplateResult | typeof nothing {
    const entries = Object.entries(errors);
    if (!entries.length) return nothing;
    return html`<div class="notice" data-kind="bad" role="alert">
      <b>${strings.wrong}</b>
      <ul lang="en">
        ${entries.map(([path, message]) => html`<li>${path ? `${path}: ` : ''}${message}</li>`)}
      </ul>
    </div>`;
  }

  private renderBench(form: FormDescription): TemplateResult {
    return html`<div class="workbench">
      ${renderSlow(this.device, isSmall(this.draft) ? nothing : smallSizesButton(() => this.begin(SMALL)))}
      ${
        this.mode === 'run'
          ? html`<sandbox-run
              .lab=${this.lab}
              .spec=${this.valid?.spec}
              .draft=${this.valid?.draft}
              .unchecked=${this.checked?.draft !== this.draft}
              .device=${this.device}
              .overlays=${this.kept.overlays('loss')}
              .prediction=${this.prediction}
              .predicting=${this.predicting}
              .mark=${this.mark}
              @sandbox-ended=${() => void this.end()}
            ></sandbox-run>`
          : html`<sandbox-sweep
              .lab=${this.lab}
              .form=${form}
              .base=${this.draft}
              .sweep=${this.sweep}
              @sandbox-sweep-change=${(event: CustomEvent<{ sweep: SweepDraft; base?: Draft }>) => {
                this.sweep = event.detail.sweep;
                if (event.detail.base) this.change(event.detail.base);
                this.store();
              }}
            ></sandbox-sweep>`
      }
      <section class="card">
        <div class="panelbar">
          <p class="milestone" role="status">${this.said}</p>
          ${
            this.mode === 'run'
              ? html`<button class="quiet" type="button" @click=${() => void this.keep()}>
                  ${strings.keep}
                </button>`
              : nothing
          }
          <lab-share .make=${() => this.share()}></lab-share>
        </div>
        ${this.kept.render()}
      </section>
    </div>`;
  }

  private renderPrediction(): unknown {
    if (this.mode !== 'run') return nothing;
    return renderPrediction({
      predicted: { kind: 'curve', value: PREDICTED, figure: 'loss' },
      prediction: this.prediction,
      predicting: this.predicting,
      locked: false,
      drawable: this.run?.chart !== null,
      begin: () => {
        const chart = this.run?.chart;
        this.predicting = true;
        if (chart && !this.prediction) this.predict(neutral('curve', chart.bounds, chart));
        chart?.scrollIntoView({ block: 'nearest' });
      },
      end: () => (this.predicting = false),
      remove: () => this.predict(undefined),
      set: () => undefined,
    });
  }

  private get valid(): { draft: Draft; spec: RunSpec; parameters: number; flops: number } | undefined {
    return this.checked && 'spec' in this.checked ? this.checked : undefined;
  }

  /** What of the text is lost to the vocabulary; only of the settings that are shown. */
  private get rare(): { share: number; vocabulary: number } | undefined {
    const { checked } = this;
    if (!checked || !('spec' in checked) || checked.draft !== this.draft || !checked.rareShare)
      return undefined;
    const { vocabulary } = checked.spec.task as { vocabulary?: number };
    return { share: checked.rareShare, vocabulary: vocabulary ?? 0 };
  }

  private get errors(): Readonly<Record<string, string>> {
    if (!this.checked || !('problems' in this.checked)) return {};
    return Object.fromEntries(this.checked.problems.map(({ path, message }) => [path, message]));
  }

  private get numbers(): Record<string, number> {
    const live = this.run?.live;
    if (!live?.info || live.step === 0) return {};
    const { info, history, step } = live;
    return numbersOf({ info, history, step });
  }

  private get first(): Draft {
    return this.device?.software ? SMALL : FIRST;
  }

  private async load(): Promise<void> {
    const form = await this.lab.describe();
    await this.link.ready;
    const stored = this.link.shared ? undefined : loadDraft();
    if (stored) ({ draft: this.draft, mode: this.mode, sweep: this.sweep } = stored);
    this.form = form;
    this.device = await this.lab.device().catch(() => undefined);
    // What suits the device gives way to what a link, an earlier visit or a quick visitor says.
    if (this.draft === FIRST) this.draft = this.first;
    await this.questions.ask(() => this.check());
  }

  /** Settings as somebody else had them. @throws Error that says what the engine refuses */
  private async applyLink(
    { changes, prediction, seed }: Shared,
    signal: AbortSignal,
    agreed: boolean,
  ): Promise<void> {
    const { sweep, ...given } = changes;
    const draft: Draft = { ...given, ...(seed !== 1 && { seed }) };
    const checked = await this.lab.check(toSpec(draft));
    signal.throwIfAborted();
    if ('problems' in checked) {
      throw new Error(checked.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    }
    await checkCosts(this.lab, [checked.cost], agreed);
    signal.throwIfAborted();
    this.sweep = sweep === undefined ? EMPTY_SWEEP : unpackSweep(sweep);
    this.mode = sweep === undefined ? 'run' : 'sweep';
    this.prediction = unpackPrediction(PREDICTED, 'curve', { prediction }) ?? this.prediction;
    this.draft = draft;
    this.checked = { ...checked, draft };
  }

  private begin(changes: Draft): void {
    this.mode = 'run';
    this.change({ ...changes });
  }

  private change(draft: Draft): void {
    this.draft = draft;
    this.store();
    clearTimeout(this.checking);
    this.checking = setTimeout(() => void this.questions.ask(() => this.check()), CHECK_AFTER_MS);
  }

  private async check(): Promise<void> {
    const { draft } = this;
    const checked = await this.lab.check(toSpec(draft));
    if (draft === this.draft) this.checked = { ...checked, draft };
  }

  private store(): void {
    saveDraft({ draft: this.draft, mode: this.mode, sweep: this.sweep });
  }

  private predict(prediction: Prediction | undefined): void {
    this.prediction = prediction;
    if (!prediction) this.predicting = false;
    savePrediction(NAME, prediction);
  }

  /** A run has ended: it is kept, and held against the one of the link. */
  private async end(): Promise<void> {
    this.dispatchEvent(new ProgressEvent(NAME, 'run'));
    const run = await this.keep();
    if (run) this.link.compare(run, this.isChanged(run.changes));
  }

  /** Settings are not those of the link. */
  private isChanged(ran: Draft): boolean {
    const { changes: { sweep: _sweep, ...given } = {}, seed = 1 } = this.link.shared ?? {};
    return differences({ seed, ...given }, { seed: 1, ...ran }).length > 0;
  }

  private async keep(): Promise<KeptRun | undefined> {
    const run = await this.recorded();
    if (!run) return undefined;
    await this.kept.keep(run);
    this.said = strings.kept(run.name);
    return run;
  }

  /** The run that is open as far as it has come. */
  private async recorded(): Promise<KeptRun | undefined> {
    const live = this.run?.live;
    if (!live?.info || live.step === 0) return undefined;
    const { info, history, step } = live;
    const draft = this.run!.ran;
    this.device ??= await this.lab.device();
    return keptRun({
      info,
      history,
      step,
      device: this.device.name,
      draft,
      name: nameOf(info.spec),
      prediction: packPrediction(PREDICTED, this.prediction),
    });
  }

  private async share(): Promise<MadeLink> {
    // A result goes with the settings that gave it, whatever has been set since.
    const ended = this.mode === 'run' && this.run?.ended ? this.run : undefined;
    const draft = ended?.ran ?? this.draft;
    const run = ended && (await this.recorded());
    const { seed = 1, ...changes } = withoutText(draft) as Draft & { seed?: number };
    const link = await linkTo(NAME, {
      lesson: NAME,
      size: 'standard',
      seed,
      changes: { ...changes, ...(this.mode === 'sweep' && { sweep: this.sweep }) },
      prediction: packPrediction(PREDICTED, this.prediction),
      view: {},
      ...(run && {
        result: {
          device: run.device.slice(0, 120),
          digest: run.digest,
          numbers: run.findings.verdict.numbers,
        },
      }),
    });
    return { link, ...(draft['task.text'] !== undefined && { note: strings.text.notShared }) };
  }
}

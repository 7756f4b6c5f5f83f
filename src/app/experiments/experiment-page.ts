/** What all experiments do: knobs make a spec, a run is opened for it, commands drive it, changes are shown. */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import {
  type Change,
  changes,
  type CommandEvent,
  defaults,
  type Knob,
  type KnobChangeEvent,
  type KnobValues,
  loss,
  type UndoChangeEvent,
} from '../../components/index.ts';
import type { DeviceReport, Lab, SpecInput } from '../../worker/protocol.ts';
import { AnnounceEvent } from '../frame/announce.ts';
import { strings } from './experiment-strings.ts';
import { language } from '../../locales/language.ts';
import { LiveRun, type Milestone } from '../runs/live-run.ts';
import { renderProblem } from '../runs/problem.ts';
import { RunControl } from '../../running/run-control.ts';
import type { Curve } from '../runs/run-history.ts';
import { renderSlow, smallSizesButton } from '../device/device-notice.ts';

/** Knobs turned before the first step take effect by themselves, once they have been still for so long. */
const SETTLE_MS = 350;

/** Something to try: knobs that differ from the defaults. */
export interface Preset {
  label: string;
  after: string;
  values: KnobValues;
}

/** The texts below an experiment's tools. */
interface PageText {
  what: readonly string[];
  tries: readonly (readonly [label: string, after: string, values: Preset['values']])[];
  how: readonly (readonly [word: string, meaning: string])[];
}

/** Renders into the page itself, whose style sheet it uses. */
export abstract class ExperimentPage extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;

  /** how the knobs stand */
  @state() protected draft: KnobValues;
  /** how they stood in the run before, whose curve stays on the chart */
  @state() protected earlier: KnobValues;
  @state() protected previous: Curve | undefined;
  @state() protected device: DeviceReport | undefined;

  protected readonly live = new LiveRun(
    this,
    () => this.lab,
    (milestone) => this.onMilestone(milestone),
  );
  private readonly control = new RunControl<KnobValues>({
    target: this.live,
    draft: () => (this.begun ? this.draft : undefined),
    open: (draft) => this.open(draft),
  });
  /** the device decides what the page begins with: until it has answered, nothing is opened */
  private begun = false;

  private made: { language: string; knobs: readonly Knob[] } | undefined;

  /** @param makeKnobs is asked again when the language changes */
  constructor(
    private readonly makeKnobs: () => readonly Knob[],
    private readonly small: KnobValues,
  ) {
    super();
    this.draft = this.earlier = this.control.applied = defaults(this.knobs);
  }

  /** How the knobs stood when the run was built. */
  protected get applied(): KnobValues {
    return this.control.applied ?? this.draft;
  }

  protected get knobs(): readonly Knob[] {
    if (this.made?.language !== language()) this.made = { language: language(), knobs: this.makeKnobs() };
    return this.made.knobs;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.control.unsettle();
  }

  protected abstract toSpec(values: KnobValues): SpecInput;

  /** The run is open and stands at step 0. */
  protected onOpened(): void {
    // for experiments that have something to fetch
  }

  /** The knobs' first values: those that suit the device. */
  private get first(): KnobValues {
    return { ...defaults(this.knobs), ...(this.device?.software && this.small) };
  }

  /** Knobs that stand differently than in the run that is open. */
  protected get pending(): Change[] {
    return changes(this.knobs, this.applied, this.draft);
  }

  protected renderControls(unit: 'tokens' | 'examples'): TemplateResult {
    const { live, pending } = this;
    const shown = pending.length ? pending : changes(this.knobs, this.earlier, this.applied);
    return html`<lab-run-bar
        .phase=${this.begun ? live.barPhase : 'opening'}
        .step=${live.step}
        .steps=${live.info?.spec.steps ?? this.applied.steps}
        .changed=${pending.length > 0}
        .note=${this.live.note}
        .building=${live.building}
        .speed=${live.speed}
        .estimate=${live.info?.secondsEstimated}
        .unit=${unit}
        @lab-command=${({ command }: CommandEvent) => this.control.command(command)}
      ></lab-run-bar>
      ${this.renderProblem()}
      ${
        shown.length
          ? html`<lab-changes
              .changes=${shown}
              .kind=${pending.length && live.step > 0 ? 'pending' : this.previous ? 'previous' : 'defaults'}
              @lab-undo-change=${(event: UndoChangeEvent) => this.undo(event)}
            ></lab-changes>`
          : nothing
      }
      <lab-knobs
        .knobs=${this.knobs}
        .values=${this.draft}
        @lab-knob-change=${(event: KnobChangeEvent) => this.turn({ [event.key]: event.value })}
      ></lab-knobs>`;
  }

  private renderTries(presets: readonly Preset[]): TemplateResult {
    return html`<h2>${strings.tries}</h2>
      <ul>
        ${presets.map(
          ({ label, after, values }) =>
            html`<li>
              <button class="word" type="button" @click=${() => this.turn({ ...this.first, ...values })}>
                ${label}</button
              >${after}
            </li>`,
        )}
      </ul>`;
  }

  /** Below the tools: the model and its device, what is seen here, what to try, and how it works. */
  protected renderArticle({ what, tries, how }: PageText): TemplateResult {
    return html`<article class="more">
      ${this.renderFacts()}
      <h2>${strings.what}</h2>
      ${what.map((paragraph) => html`<p>${paragraph}</p>`)}
      ${this.renderTries(tries.map(([label, after, values]) => ({ label, after, values })))}
      <h2>${strings.how}</h2>
      <dl>
        ${how.map(
          ([word, meaning]) =>
            html`<dt>${word}</dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
    </article>`;
  }

  /** Where it runs, and how large the model is. */
  private renderFacts(): TemplateResult {
    const { info } = this.live;
    const facts = [
      info && strings.parameters(info.parameters),
      this.device && strings.device(this.device.name),
    ].filter(Boolean);
    return html`<p class="eyebrow" data-testid="facts">${facts.join(' · ') || ' '}</p>`;
  }

  private renderProblem(): TemplateResult | typeof nothing {
    const { live } = this;
    if (live.problem)
      return renderProblem(live.problem, () => void (live.canGoOn ? live.goOn() : this.control.open(true)));
    const isSmall = !changes(this.knobs, this.draft, { ...this.draft, ...this.small }).length;
    return renderSlow(this.device, isSmall ? nothing : smallSizesButton(() => this.turn(this.small)));
  }

  /** Turns knobs. Before the first step nothing is lost by building the run anew at once. */
  private turn(values: KnobValues): void {
    this.draft = { ...this.draft, ...values };
    this.control.unsettle();
    if (!this.begun || !this.pending.length || this.live.step > 0 || this.live.phase === 'running') return;
    this.control.settle(SETTLE_MS);
  }

  /** Back to how the knob stood: in the run that is open, or else in the one before. */
  private undo({ key }: UndoChangeEvent): void {
    this.turn({ [key]: (this.pending.length ? this.applied : this.earlier)[key]! });
  }

  private async begin(): Promise<void> {
    this.device = await this.lab.device().catch(() => undefined);
    // Knobs that somebody has turned before the device answered stay as they are.
    if (!this.begun && !this.pending.length) this.draft = this.earlier = this.control.applied = this.first;
    this.begun = true;
    if (this.isConnected) await this.control.open();
  }

  /** Builds a run for the knobs as they stand. */
  private async open(draft: KnobValues): Promise<boolean> {
    if (this.live.history.training.length > 0) {
      this.previous = this.live.history.validation;
      this.earlier = this.applied;
    }
    this.control.applied = draft;
    if (!(await this.live.open(this.toSpec(draft)))) return false;
    this.onOpened();
    return true;
  }

  private onMilestone({ kind, step, message }: Milestone): void {
    const { milestones } = strings;
    const text = {
      ready: () => '',
      running: () => milestones.running,
      paused: () => milestones.paused(step),
      finished: () => milestones.finished(step, loss(this.live.history.validation.latest)),
      diverged: () => milestones.diverged(step),
      failed: () => milestones.failed(message ?? ''),
      recovered: () => milestones.recovered(step),
    }[kind]();
    const note = kind === 'finished' && this.live.note ? ` ${this.live.note}.` : '';
    if (text) this.dispatchEvent(new AnnounceEvent(text + note));
  }
}

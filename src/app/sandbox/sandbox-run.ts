import { html, type nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import {
  type ChartSeries,
  type Command,
  type CommandEvent,
  type LabChart,
  loss,
  type Prediction,
  whole,
} from '../../components/index.ts';
import type { DeviceReport, Lab, RunSpec } from '../../worker/protocol.ts';
import { AnnounceEvent } from '../frame/announce.ts';
import { LiveRun, type Milestone } from '../runs/live-run.ts';
import { renderProblem } from '../runs/problem.ts';
import { RunControl } from '../../running/run-control.ts';
import type { Draft } from './draft.ts';
import { renderRunChart } from './run-chart.ts';
import { renderRunVerdict } from './run-verdict.ts';
import { strings } from './sandbox-strings.ts';
import { SandboxViews } from './sandbox-views.ts';

/** Settings changed before the first step take effect by themselves, once they have been still for so long. */
const SETTLE_MS = 400;
/** A run of the sandbox has come to its end. */
export class RunEndedEvent extends Event {
  static readonly type = 'sandbox-ended';
  constructor() {
    super(RunEndedEvent.type, { bubbles: true, composed: true });
  }
}

/** One run, live: curves, controls, metrics, and what the model does, where that can be shown. */
export class SandboxRun extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  /** What is to be run, checked; nothing while the settings are wrong. */
  @property({ attribute: false }) spec: RunSpec | undefined;
  /** The settings from which the spec follows. */
  @property({ attribute: false }) draft: Draft | undefined;
  /** The settings have changed, and the worker is still checking the new ones. */
  @property({ type: Boolean }) unchecked = false;
  @property({ attribute: false }) device: DeviceReport | undefined;
  /** Curves of kept runs. */
  @property({ attribute: false }) overlays: readonly ChartSeries[] = [];
  @property({ attribute: false }) prediction: Prediction | undefined;
  @property({ type: Boolean }) predicting = false;
  /** The moment that the text points at. */
  @property() mark: string | undefined;

  readonly live = new LiveRun(
    this,
    () => this.lab,
    (milestone) => this.onMilestone(milestone),
  );
  /** the settings of the run that is open */
  ran: Draft = {};
  private readonly control = new RunControl<RunSpec>({
    target: this.live,
    draft: () => this.spec,
    open: (spec) => this.openWith(spec),
  });
  /** a button that was pressed while the settings were being checked */
  private asked: Command | undefined;
  private readonly views = new SandboxViews(this, this.live);
  @query('lab-chart') chart!: LabChart | null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.control.unsettle();
    this.control.applied = undefined;
  }

  /** Before the first step nothing is lost by building the run anew. */
  protected override willUpdate(changes: PropertyValues<this>): void {
    if (this.asked && !this.unchecked) this.answer(this.asked);
    if (!changes.has('spec')) return;
    this.control.unsettle();
    if (!this.control.changed || this.live.step > 0 || this.live.phase === 'running') return;
    this.control.settle(this.control.applied ? SETTLE_MS : 0);
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (!changes.has('mark')) return;
    this.chart?.read({ start: 0, end: this.live.step }[this.mark ?? '']);
  }

  /** The run that is open has come to its end. */
  get ended(): boolean {
    return this.live.phase === 'finished' || this.live.phase === 'diverged';
  }

  private async openWith(spec: RunSpec): Promise<boolean> {
    this.control.applied = spec;
    this.ran = this.draft ?? {};
    this.views.forget();
    if (!(await this.live.open(spec))) return false;
    this.views.opened();
    return true;
  }

  protected override render(): TemplateResult {
    const { live } = this;
    const unit = live.info?.spec.model.kind === 'transformer' ? 'tokens' : 'points';
    return html`<section class="figure card" aria-label=${strings.figure}>
        <div class="panels ${this.views.isPlane ? 'beside' : ''}">
          ${this.views.renderPlane()}
          ${renderRunChart({
            live,
            unit,
            device: this.device?.name,
            overlays: this.overlays,
            prediction: this.prediction,
            predicting: this.predicting,
          })}
        </div>
        <lab-run-bar
          .phase=${live.barPhase}
          .step=${live.step}
          .steps=${live.info?.spec.steps ?? this.spec?.steps ?? 0}
          .changed=${this.control.pending}
          .note=${this.live.note}
          .building=${live.building}
          .speed=${live.speed}
          .estimate=${live.info?.secondsEstimated}
          .unit=${unit === 'tokens' ? 'tokens' : 'examples'}
          @lab-command=${({ command }: CommandEvent) => this.onCommand(command)}
        ></lab-run-bar>
        ${this.renderProblem()} ${renderRunVerdict(live)}
      </section>
      ${this.views.renderText()}`;
  }

  private renderProblem(): TemplateResult | typeof nothing {
    const { live } = this;
    return renderProblem(live.problem, () => void (live.canGoOn ? live.goOn() : this.control.open(true)));
  }

  /** Does what a button asked while the settings were being checked; drops it where they are wrong. */
  private answer(command: Command): void {
    this.asked = undefined;
    if (this.spec) this.onCommand(command);
  }

  private onCommand(command: Command): void {
    if (this.unchecked && (command === 'run' || command === 'restart')) this.asked = command;
    else this.control.command(command);
  }

  private onMilestone({ kind, step, message }: Milestone): void {
    const words = strings.milestones;
    const latest = loss(this.live.history.validation.latest);
    const text = {
      ready: '',
      recovered: '',
      running: words.running,
      paused: words.paused(whole(step)),
      finished: words.finished(latest),
      diverged: words.diverged(whole(step)),
      failed: words.failed(message ?? ''),
    }[kind];
    const note = kind === 'finished' && this.live.note ? ` ${this.live.note}.` : '';
    if (text) this.dispatchEvent(new AnnounceEvent(text + note));
    if (kind === 'finished' || kind === 'diverged') this.dispatchEvent(new RunEndedEvent());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sandbox-run': SandboxRun;
  }
  interface HTMLElementEventMap {
    'sandbox-ended': RunEndedEvent;
  }
}

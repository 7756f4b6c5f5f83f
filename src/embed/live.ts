/** The figure once a reader wants more than to look: a chart that is read point by point, and training on demand. */
import { html, type LitElement, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ExperimentRun, type ExperimentMilestone } from '../app/lesson/experiment-run.ts';
import type * as DeviceWords from '../app/device/words.ts';
import { renderFigure } from '../app/lesson/lesson-figure.ts';
import { LabChart } from '../components/chart/index.ts';
import { define } from '../components/define.ts';
import type { Command, CommandEvent, Prediction } from '../components/index.ts';
import { LabPlanBar } from '../components/lab-plan-bar.ts';
import { LabSegments } from '../components/lab-segments.ts';
import type { Figure, Size } from '../lessons/lesson.ts';
import type { WorkerLife } from '../worker/client.ts';
import { SILENT_SECONDS } from '../worker/heartbeat.ts';
import type { DeviceReport, ExperimentLab } from '../worker/protocol.ts';
import type { CompleteDetail, LabEventDetails, LabEventName } from './events.ts';
import { type Choice, type Experiment, FIRST_SEED, lessonExperiment } from './experiment.ts';
import { hub } from './hub.ts';
import { speak } from './localize.ts';
import type { Settings } from './settings.ts';
import type { Language } from './strings.ts';

/** An experiment of no chosen size that takes longer than this is done at the small one, s. */
const MOST_SECONDS = 90;
const ESTIMATE_PATIENCE_MS = 3000;

/** The element around it. */
export interface LiveHost {
  readonly language: Language;
  /** in sight, in a tab that is in sight */
  readonly seen: boolean;
  readonly renderRoot: ParentNode;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
  tell<Name extends LabEventName>(name: Name, detail: LabEventDetails[Name]): void;
}

/** How it is looked at. */
export interface LiveView {
  /** of the recorded run */
  recorded: readonly Figure[];
  chosen: number;
  tabs: boolean;
  bar: boolean;
  caption: string;
  prediction: Prediction | undefined;
  scaled: (figure: Figure) => Figure;
  choose: (index: number) => void;
}

export class LiveFigure {
  /** why it does not train though it was asked to */
  status: 'queued' | 'offscreen' | 'done' | undefined;
  /** what went wrong, for people; ended by the next attempt */
  problem: { kind: 'forbidden' | 'no-gpu' | 'gpu-lost' | 'failed'; message: string } | undefined;

  /** the worker has not answered for a while: ends it, and goes on from what is kept */
  end: (() => void) | undefined;

  /** what trains where no graphics do */
  private slow: DeviceReport | undefined;
  /** what is said of it */
  private words: typeof DeviceWords | undefined;

  private readonly run: ExperimentRun;
  private lab: (ExperimentLab & WorkerLife) | undefined;
  private ignore: (() => void) | undefined;
  private experiment: Experiment | undefined;
  /** what was asked for last and is not done: to train, all or so many steps */
  private wanted: { steps?: number } | undefined;
  /** what the plan that is open was made from */
  private opened: { choice: Choice; size: Size } | undefined;
  private opening = false;
  /** sent back to the beginning; its status has not come yet */
  private rewound = false;
  private gone = false;

  constructor(
    private readonly host: LiveHost,
    private readonly settings: Settings,
    private choice: Choice,
  ) {
    define('lab-chart', LabChart);
    define('lab-plan-bar', LabPlanBar);
    define('lab-segments', LabSegments);
    const redraw = (): void => this.redraw();
    // The element may be moved within its page; it says itself when it is gone.
    const inner: ReactiveControllerHost = {
      addController: () => undefined,
      removeController: () => undefined,
      requestUpdate: redraw,
      updateComplete: Promise.resolve(true),
    };
    this.run = new ExperimentRun(
      inner,
      () => this.lab!,
      (milestone) => this.hear(milestone),
    );
  }

  /** Own figures are there, or about to be. */
  get own(): boolean {
    return this.run.findings !== undefined;
  }

  get busy(): boolean {
    return this.opening || this.run.phase === 'running';
  }

  /** Settings were touched since the plan was made. */
  get pending(): boolean {
    return this.opened !== undefined && JSON.stringify(this.opened.choice) !== JSON.stringify(this.choice);
  }

  choose(choice: Choice): void {
    this.choice = choice;
    this.host.requestUpdate();
  }

  /** Trains, or goes on; all anew if settings were touched. Single steps go on with the plan that there is. */
  start(steps?: number): void {
    if (this.pending && !this.opening && steps === undefined) {
      void this.restart();
      return;
    }
    this.problem = undefined;
    this.wanted = steps === undefined ? {} : { steps };
    this.pursue();
  }

  pause(): void {
    this.wanted = this.status = undefined;
    if (this.run.phase === 'running') this.run.pause();
    else this.stop();
  }

  reset(): void {
    this.wanted = this.status = undefined;
    if (this.run.phase === 'closed' || this.run.phase === 'opening') return;
    this.run.reset();
    this.rewound = true;
  }

  /** Comes into sight or leaves it: what trains stops at a step, and goes on there. */
  look(): void {
    if (this.host.seen) this.pursue();
    else if (this.wanted) {
      this.status = 'offscreen';
      if (this.run.phase === 'running') this.run.pause();
      else if (!this.opening) hub.release(this);
    }
    this.host.requestUpdate();
  }

  /** Frees the GPU. */
  async dispose(): Promise<void> {
    this.gone = true;
    this.wanted = undefined;
    this.ignore?.();
    await this.run.close();
    hub.leave(this);
  }

  granted(): void {
    this.status = undefined;
    this.host.requestUpdate();
    void this.go();
  }

  render(view: LiveView): TemplateResult {
    const { run } = this;
    const figures = (run.findings?.figures ?? view.recorded).map(view.scaled);
    return html`${renderFigure({
      figures: view.tabs ? figures : figures.slice(view.chosen, view.chosen + 1),
      behind: run.findings ? view.recorded.map(view.scaled) : [],
      overlays: [],
      chosen: figures[view.chosen]?.name,
      place: undefined,
      predictionOn: () => view.prediction,
      predicting: false,
      caption: view.caption,
      choose: (figure) => view.choose(figures.findIndex(({ name }) => name === figure)),
      predict: () => undefined,
    })}
    ${
      view.bar
        ? html`<lab-plan-bar
            exportparts="primary, progress, runs"
            .phase=${this.opening && run.phase === 'closed' ? 'opening' : run.phase === 'closed' ? 'ready' : run.phase}
            .entries=${run.entries}
            .progress=${run.progress}
            .steps=${run.steps}
            .changed=${this.pending}
            .building=${run.building}
            .estimate=${run.estimate}
            @lab-command=${(event: CommandEvent) => {
              event.stopPropagation();
              this.obey(event.command);
            }}
          ></lab-plan-bar>`
        : nothing
    }
    ${this.renderSlowness()}`;
  }

  private renderSlowness(): TemplateResult | typeof nothing {
    const { slow, words } = this;
    if (!slow || !words) return nothing;
    return html`<p class="status">${words.slowness(slow)} ${words.whyNoGPU(slow, hub.wanted)}</p>`;
  }

  /** Takes the focus from a button that is gone: the bar, or the plot to be read by arrow keys. */
  async focus(bar: boolean): Promise<void> {
    await this.host.updateComplete;
    const element = this.host.renderRoot.querySelector<LitElement>(bar ? 'lab-plan-bar' : 'lab-chart');
    await element?.updateComplete;
    element?.focus({ preventScroll: true });
  }

  private obey(command: Command): void {
    switch (command) {
      case 'run':
        this.start();
        break;
      case 'restart':
        void this.restart();
        break;
      case 'pause':
        this.pause();
        break;
      case 'step':
        this.start(1);
        break;
      case 'reset':
        this.reset();
        break;
      case 'skip':
        this.run.skip();
        break;
    }
  }

  private async restart(): Promise<void> {
    if (this.pending || !this.opened) {
      this.opened = undefined;
      await this.run.close();
    } else this.reset();
    this.start();
  }

  /** Asks for a turn, if there is something to do and somebody to see it. */
  private pursue(): void {
    if (!this.wanted || this.gone) return;
    if (!this.host.seen) this.status = 'offscreen';
    else if (!hub.hasTurn(this)) {
      this.status = 'queued';
      hub.request(this);
    } else if (!this.busy) void this.go();
    this.host.requestUpdate();
  }

  /** It is our turn. */
  private async go(): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    try {
      if (!this.opened) await this.open();
      // Before anything has run, changes take effect at once.
      while (this.pending && !this.run.begun) await this.open();
    } catch (error) {
      this.fail(error as Error);
    } finally {
      this.opening = false;
    }
    if (this.gone) return;
    const { phase } = this.run;
    // Meanwhile it may have been paused, scrolled away, or found finished.
    const goesOn = this.rewound || phase === 'ready' || phase === 'paused';
    this.rewound = false;
    if (phase === 'running') return;
    if (!goesOn) this.wanted = undefined;
    if (!this.wanted || !this.host.seen) this.stop();
    else if (hub.hasTurn(this)) this.run.run(this.wanted);
    this.host.requestUpdate();
  }

  private async open(): Promise<void> {
    this.opened = undefined;
    this.host.requestUpdate();
    const { settings, choice } = this;
    const lab = await hub.join(this, settings.device);
    if (lab !== this.lab) {
      this.ignore?.();
      this.ignore = lab.watch((silence) => this.onSilence(silence !== undefined));
    }
    this.lab = lab;
    this.experiment ??= settings.lesson
      ? await lessonExperiment(this.lab, settings.lesson)
      : (await import('./spec-experiment.ts')).specExperiment(this.lab, settings.spec!);
    // The first call starts the worker, which nobody would end.
    if (this.gone) return;
    const device = await this.lab.device();
    const { software } = device;
    this.slow = software ? device : undefined;
    // It trains without these words, too.
    if (software) this.words ??= await import('../app/device/words.ts').catch(() => undefined);
    const first = choice.size === 'auto' ? (software ? 'small' : 'standard') : choice.size;
    await this.openAt(first, choice);
    if (choice.size !== 'auto' || first === 'small' || !settings.lesson) return;
    const deadline = performance.now() + ESTIMATE_PATIENCE_MS;
    while (this.run.phase === 'ready' && this.run.estimate === undefined && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    if (this.run.phase === 'ready' && (this.run.estimate ?? 0) > MOST_SECONDS)
      await this.openAt('small', choice);
  }

  private async openAt(size: Size, choice: Choice): Promise<void> {
    const { experiment } = this;
    const plan = await experiment!.plan(size, choice);
    if (this.gone) return;
    this.opened = { choice, size };
    await this.run.open(plan, (results) => {
      speak(this.host.language); // The run under way has names, too.
      return experiment!.judge(results, size);
    });
  }

  private hear(milestone: ExperimentMilestone): void {
    const { kind } = milestone;
    if (kind === 'failed') {
      this.fail(
        Object.assign(new Error(this.run.problem?.message), { name: this.run.problem?.name ?? 'failed' }),
      );
    } else if (kind === 'finished') {
      this.wanted = undefined;
      this.status = 'done';
      this.stop();
      this.host.tell('lab-complete', this.completed);
    } else if (kind === 'paused') {
      this.host.tell('lab-milestone', { kind });
      // While it opens, that only says that the worker holds a part of it from before.
      if (!this.opening) {
        hub.release(this);
        if (this.wanted?.steps !== undefined) this.wanted = undefined;
        // Whoever scrolled away and back has not asked for a pause.
        if (this.host.seen) this.pursue();
      }
    } else if (kind === 'running' || kind === 'ready') {
      if (kind === 'ready') this.rewound = false;
      this.host.tell('lab-milestone', { kind });
    } else if ('key' in milestone) {
      this.host.tell('lab-milestone', milestone);
      if (kind === 'recovered') this.host.tell('lab-recovered', { reason: 'gpu', key: milestone.key });
    }
    this.host.requestUpdate();
  }

  private onSilence(isSilent: boolean): void {
    if (this.end === undefined && !(isSilent && this.busy)) return;
    this.end = isSilent ? () => this.lab?.end() : undefined;
    const message = `The worker has not answered for ${SILENT_SECONDS} s.`;
    if (isSilent) this.host.tell('lab-error', { name: 'WorkerSilent', message });
    else this.host.tell('lab-recovered', { reason: 'worker', key: undefined });
    this.host.requestUpdate();
  }

  private stop(): void {
    hub.release(this);
    this.host.requestUpdate();
  }

  private fail({ name, message }: Error): void {
    this.wanted = this.status = this.opened = undefined;
    this.stop();
    // The browser tells of its policy a moment after the worker's end.
    setTimeout(() => {
      const kinds: Record<string, 'no-gpu' | 'gpu-lost'> = { NoGPUError: 'no-gpu', GPULostError: 'gpu-lost' };
      const kind = hub.forbidden ? 'forbidden' : (kinds[name] ?? 'failed');
      this.problem = { kind, message };
      this.host.tell('lab-error', { name: hub.forbidden ? 'WorkerForbidden' : name, message });
      this.host.requestUpdate();
    }, 50);
  }

  private redraw(): void {
    const { progress, phase } = this.run;
    if (progress && phase === 'running') {
      const { share, step, secondsLeft, stepsPerSecond } = progress;
      this.host.tell('lab-progress', { share, step, secondsLeft, stepsPerSecond });
    }
    this.host.requestUpdate();
  }

  private get completed(): CompleteDetail {
    const { findings, results } = this.run;
    const [first] = this.settings.spec ? results.runs.values() : [];
    return {
      lesson: this.settings.lesson,
      size: this.opened?.size ?? 'standard',
      seed: first?.spec.seed ?? this.opened?.choice.seed ?? FIRST_SEED,
      findings,
      results: Object.fromEntries(results.runs),
    };
  }
}

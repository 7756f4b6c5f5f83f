/** The training of a figure: on demand, in sight, in turns with the other figures of the page. */
import type { ReactiveControllerHost } from 'lit';
import type * as DeviceWords from '../app/device/words.ts';
import { ExperimentRun, type ExperimentMilestone } from '../running/experiment-run.ts';
import { Problem } from '../running/problem-kind.ts';
import { type Controlled, RunControl, type RunOptions } from '../running/run-control.ts';
import type { RunPhase } from '../components/index.ts';
import type { Size } from '../lessons/lesson.ts';
import type { WorkerLife } from '../worker/client.ts';
import { SILENT_SECONDS } from '../worker/heartbeat.ts';
import type { DeviceReport, ExperimentLab } from '../worker/protocol.ts';
import { completed } from './completed.ts';
import { type Choice, type Experiment, lessonExperiment } from './experiment.ts';
import { hub, type Trainee } from './hub.ts';
import type { Failure, LiveHost } from './live-host.ts';
import { speak } from './localize.ts';
import { sayProblems } from './say-problems.ts';
import type { Settings } from './settings.ts';
import type * as Troubles from './trouble.ts';

/** An experiment of no chosen size that takes longer than this is done at the small one, s. */
const MOST_SECONDS = 90;
const ESTIMATE_PATIENCE_MS = 3000;

export class Training implements Trainee, Controlled {
  /** why it does not train though it was asked to */
  status: 'queued' | 'offscreen' | 'done' | undefined;
  /** what went wrong; ended by the next attempt */
  problem: Failure | undefined;

  /** the worker has not answered for a while: ends it, and goes on from what is kept */
  end: (() => void) | undefined;

  /** what trains where no graphics do */
  protected slow: DeviceReport | undefined;
  /** what is said of devices; nothing where that could not be loaded */
  words: typeof DeviceWords | undefined;

  /** what is said when it does not go on */
  private troubles: typeof Troubles | undefined;

  protected readonly runner: ExperimentRun;
  private lab: (ExperimentLab & WorkerLife) | undefined;
  private ignore: (() => void) | undefined;
  private experiment: Experiment | undefined;
  /** what was asked for last and is not done: to train, all or so many steps */
  private wanted: { steps?: number } | undefined;
  /** the size of the plan that is open */
  protected size: Size | undefined;
  protected opening = false;
  protected readonly control = new RunControl<Choice>({
    target: this,
    draft: () => this.choice,
    open: () => this.renew(),
  });
  /** a reset was asked for, and the worker has not confirmed it yet */
  private rewound = false;
  private gone = false;

  constructor(
    protected readonly host: LiveHost,
    protected readonly settings: Settings,
    private choice: Choice,
  ) {
    const redraw = (): void => this.redraw();
    // The element may be moved within its page; it says itself when it is gone.
    const inner: ReactiveControllerHost = {
      addController: () => undefined,
      removeController: () => undefined,
      requestUpdate: redraw,
      updateComplete: Promise.resolve(true),
    };
    this.runner = new ExperimentRun(
      inner,
      () => this.lab!,
      (milestone) => this.hear(milestone),
    );
    void this.loadTroubles();
  }

  /** The figure shows the reader's own run. */
  get own(): boolean {
    return this.runner.findings !== undefined;
  }

  get trouble(): ReturnType<typeof Troubles.troubleIn> | undefined {
    return this.troubles?.troubleIn(this.host.language);
  }

  /** One sentence, in the language of the figure that is being drawn. */
  get whyNoGPU(): string {
    return this.words?.whyNoGPU(this.slow, hub.wanted, false) ?? '';
  }

  get busy(): boolean {
    return this.opening || this.runner.phase === 'running';
  }

  get phase(): RunPhase {
    // What is asked for while a plan is being opened is kept here.
    return this.opening ? 'ready' : this.runner.phase;
  }

  choose(choice: Choice): void {
    this.choice = choice;
    this.host.requestUpdate();
  }

  /** Trains, or goes on; all anew if settings were touched. */
  start(): void {
    this.control.command('run');
  }

  /** Trains with the plan that there is, as soon as it is in sight and its turn. */
  run({ steps }: RunOptions = {}): void {
    this.problem = undefined;
    this.wanted = steps === undefined ? {} : { steps };
    this.pursue();
  }

  skip(): void {
    this.runner.skip();
  }

  pause(): void {
    this.wanted = this.status = undefined;
    if (this.runner.phase === 'running') this.runner.pause();
    else this.stop();
  }

  reset(): void {
    this.wanted = this.status = undefined;
    if (this.runner.phase === 'closed' || this.runner.phase === 'opening') return;
    this.runner.reset();
    this.rewound = true;
  }

  /** Comes into sight or leaves it: what trains stops at a step, and goes on there. */
  look(): void {
    if (this.host.seen) this.pursue();
    else if (this.wanted) {
      this.status = 'offscreen';
      if (this.runner.phase === 'running') this.runner.pause();
      else if (!this.opening) hub.release(this);
    }
    this.host.requestUpdate();
  }

  /** Frees the GPU. */
  async dispose(): Promise<void> {
    this.gone = true;
    this.wanted = undefined;
    this.ignore?.();
    await this.runner.close();
    hub.leave(this);
  }

  granted(): void {
    this.status = undefined;
    this.host.requestUpdate();
    void this.go();
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
      if (!this.control.applied) await this.open();
      // Before anything has run, changes take effect at once.
      while (this.control.pending && !this.runner.begun) await this.open();
    } catch (error) {
      this.fail(error as Error);
    } finally {
      this.opening = false;
    }
    if (this.gone) return;
    const { phase } = this.runner;
    // Meanwhile it may have been paused, scrolled away, or found finished.
    const goesOn = this.rewound || phase === 'ready' || phase === 'paused';
    this.rewound = false;
    if (phase === 'running') return;
    if (!goesOn) this.wanted = undefined;
    if (!this.wanted || !this.host.seen) this.stop();
    else if (hub.hasTurn(this)) this.runner.run(this.wanted);
    this.host.requestUpdate();
  }

  /** Trains all anew, unless a plan is being opened: that takes the settings over by itself. */
  private async renew(): Promise<boolean> {
    if (this.control.applied && !this.opening) {
      this.control.applied = undefined;
      await this.runner.close();
    }
    this.run();
    // It is opened when it is its turn.
    return false;
  }

  private async open(): Promise<void> {
    this.control.applied = undefined;
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
    // A call now would start a worker that nobody ends.
    if (this.gone) return;
    const device = await this.lab.device();
    const { software } = device;
    this.slow = software ? device : undefined;
    if (software) await this.loadWords();
    const first = choice.size === 'auto' ? (software ? 'small' : 'standard') : choice.size;
    await this.openAt(first, choice);
    if (choice.size !== 'auto' || first === 'small' || !settings.lesson) return;
    const deadline = performance.now() + ESTIMATE_PATIENCE_MS;
    while (
      this.runner.phase === 'ready' &&
      this.runner.estimate === undefined &&
      performance.now() < deadline
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
    if (this.runner.phase === 'ready' && (this.runner.estimate ?? 0) > MOST_SECONDS)
      await this.openAt('small', choice);
  }

  private async loadTroubles(): Promise<void> {
    this.troubles ??= await import('./trouble.ts').catch(() => undefined);
    this.host.requestUpdate();
  }

  /** Everything works without them, too. */
  private async loadWords(): Promise<void> {
    this.words ??= await import('../app/device/words.ts').catch(() => undefined);
  }

  /** What the engine refuses, in the figure's language. */
  private async loadTold(problem: Failure, error: Error): Promise<void> {
    problem.told = await sayProblems(error, this.host.language);
    this.host.requestUpdate();
  }

  private async openAt(size: Size, choice: Choice): Promise<void> {
    const { experiment } = this;
    const plan = await experiment!.plan(size, choice);
    if (this.gone) return;
    this.control.applied = choice;
    this.size = size;
    await this.runner.open(plan, (results) => {
      speak(this.host.language); // The run under way has names, too.
      return experiment!.judge(results, size);
    });
  }

  private hear(milestone: ExperimentMilestone): void {
    const { kind } = milestone;
    if (kind === 'failed') {
      this.fail(
        Object.assign(new Error(this.runner.problem?.message), {
          name: this.runner.problem?.name ?? 'failed',
        }),
      );
    } else if (kind === 'finished') {
      this.wanted = undefined;
      this.status = 'done';
      this.stop();
      this.host.tell(
        'lab-complete',
        completed(this.runner, this.settings, this.size, this.control.applied?.seed),
      );
    } else if (kind === 'paused') {
      this.host.tell('lab-milestone', { kind });
      // While a plan is being opened, `paused` only means that the worker found a part of it.
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
      const { key } = milestone;
      this.host.tell('lab-milestone', { kind: milestone.kind, key });
      if (milestone.kind === 'recovered')
        this.host.tell('lab-recovered', { reason: milestone.lost === 'worker' ? 'worker' : 'gpu', key });
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

  private fail(error: Error): void {
    const { name, message } = error;
    this.wanted = this.status = this.control.applied = undefined;
    this.stop();
    // The browser tells of its policy a moment after the worker's end.
    setTimeout(() => {
      const { kind } = new Problem(name, message);
      this.problem = { kind: hub.forbidden ? 'forbidden' : kind, message };
      if (this.problem.kind === 'no-device') void this.loadWords().then(() => this.host.requestUpdate());
      if (name === 'SchemaError') void this.loadTold(this.problem, error);
      this.host.tell('lab-error', { name: hub.forbidden ? 'WorkerForbidden' : name, message });
      this.host.requestUpdate();
    }, 50);
  }

  private redraw(): void {
    const { progress, phase } = this.runner;
    if (progress && phase === 'running') {
      const { share, step, secondsLeft, stepsPerSecond } = progress;
      this.host.tell('lab-progress', { share, step, secondsLeft, stepsPerSecond });
    }
    this.host.requestUpdate();
  }
}

/** The experiment of a lesson as the learner sets it up: its size, what was changed, and what waits for a prediction. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Command, PlanProgress } from '../../components/index.ts';
import type { Lesson, PlannedItem, Results, Size } from '../../lessons/lesson.ts';
import type { DeviceReport, Lab } from '../../worker/protocol.ts';
import { MOST_SECONDS, saveTime } from '../runs/run-times.ts';
import { judge } from '../../lessons/judge.ts';
import { RunControl } from '../../running/run-control.ts';
import { type ExperimentMilestone, ExperimentRun } from '../../running/experiment-run.ts';
import { type Choice, planOf, seedOf } from './choice.ts';
import { Resting } from './resting.ts';
import type { RunClock } from './run-clock.ts';
import { say } from '../../figures/series.ts';
import { loadUnfinished, saveUnfinished } from './unfinished.ts';

export interface LessonExperimentHost {
  lab: () => Lab;
  /** the learner has made the prediction, or has given it up */
  committed: () => boolean;
  /** asks the learner for the prediction */
  ask: () => void;
  milestone: (milestone: ExperimentMilestone) => void;
}

export class LessonExperiment implements ReactiveController {
  lesson: Lesson | undefined;
  /** told of once the first experiment is open: only then is it known whether this device trains it */
  device: DeviceReport | undefined;
  draft: Choice = { size: 'standard', changes: {} };
  readonly run: ExperimentRun;
  readonly resting: Resting;
  /** loaded with the first run */
  clock: RunClock | undefined;

  private readonly control: RunControl<Choice>;
  private sizeIsChosen = false;
  private timed: number | undefined;
  private heard: PlanProgress | undefined;
  private said: PlanProgress | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly around: LessonExperimentHost,
  ) {
    host.addController(this);
    this.run = new ExperimentRun(host, around.lab, (milestone) => {
      this.remember(milestone);
      around.milestone(milestone);
    });
    this.resting = new Resting(host, this.run, around.lab);
    this.control = new RunControl({
      target: this.run,
      draft: () => this.lesson && this.draft,
      open: (draft) => this.openWith(draft),
      options: () => ({ before: this.awaited }),
    });
  }

  /** The settings of the open experiment; of the next one where none is open. */
  get applied(): Choice {
    return this.control.applied ?? this.draft;
  }

  /** Progress, with an estimate of the time left that does not jump. */
  get progress(): PlanProgress | undefined {
    const { progress } = this.run;
    if (progress !== this.heard) {
      this.heard = progress;
      this.said = progress && {
        ...progress,
        secondsLeft: this.clock?.hear(progress.secondsLeft, performance.now()) ?? progress.secondsLeft,
      };
    }
    return this.said;
  }

  /** Training takes much longer than was estimated. */
  get isLate(): boolean {
    return this.run.phase === 'running' && this.clock?.isLate(performance.now()) === true;
  }

  /** Stores the estimate of the time; switches to the small size where the standard one would take too long here. */
  hostUpdate(): void {
    const { estimate, phase, begun } = this.run;
    if (estimate === undefined || begun) return;
    this.keepTime(estimate);
    if (
      estimate > MOST_SECONDS &&
      phase === 'ready' &&
      !this.sizeIsChosen &&
      this.applied.size === 'standard'
    )
      this.choose('small');
  }

  get pending(): boolean {
    return this.control.pending;
  }

  get seed(): number {
    return seedOf(this.applied);
  }

  /** The plan of the open experiment. */
  get plan(): PlannedItem[] {
    return this.lesson ? planOf(this.lesson, this.applied) : [];
  }

  /** Key of the run that must not begin before the prediction is made; undefined once it is made. */
  get awaited(): string | undefined {
    return this.around.committed() ? undefined : this.held;
  }

  /** Everything before that run is done, so training waits for the prediction now. */
  get isWaiting(): boolean {
    return this.awaited !== undefined && this.run.phase === 'paused' && this.isNext(this.awaited);
  }

  /** The predicted run has begun, so the prediction cannot be changed any more. */
  get isRevealed(): boolean {
    return this.run.entries.some(({ key, state }) => key === this.held && state !== 'waiting');
  }

  /** This device cannot train any of it. */
  get isImpossible(): boolean {
    return ['no-device', 'no-kernels'].includes(this.run.problem?.kind ?? '');
  }

  get prompt(): string {
    const { commitment } = this.lesson ?? {};
    return commitment ? say(commitment.prompt) : '';
  }

  choose(size: Size): void {
    this.sizeIsChosen = true;
    this.change({ size });
  }

  /** Chooses the first settings, unless a link has: those of an unfinished earlier visit, or what suits the device. */
  prepare(lesson: Lesson, device: DeviceReport | undefined): void {
    this.lesson = lesson;
    if (this.sizeIsChosen) return;
    const unfinished = loadUnfinished(lesson.name);
    if (unfinished) this.begin(unfinished);
    else if (device?.software) this.begin({ size: 'small' });
  }

  /** Takes over settings, such as those of a link, before an experiment is opened. */
  begin(choice: Partial<Choice>): void {
    this.sizeIsChosen = true;
    this.draft = this.control.applied = { ...this.applied, ...choice };
  }

  /** Before anything has run, changes take effect at once. */
  change(change: Partial<Choice>): void {
    this.draft = { ...this.draft, ...change };
    this.host.requestUpdate();
    if (this.pending && !this.run.begun && this.run.phase !== 'running') void this.open();
  }

  open(): Promise<void> {
    return this.control.open();
  }

  private async openWith(draft: Choice): Promise<boolean> {
    const lesson = this.lesson!;
    this.control.applied = draft;
    return this.run.open(this.plan, (results: Results) => judge(lesson, results, draft.size));
  }

  /** Does what a button says; but a run that waits for the prediction asks for it instead of starting. */
  command(command: Command): void {
    if (this.isWaiting && (command === 'run' || command === 'step')) this.around.ask();
    else this.control.command(command);
  }

  /** The prediction was made or taken back: the run that waits for it goes on, or waits again. */
  onPrediction(): void {
    const { held, run } = this;
    if (held === undefined) return;
    const goesOn = run.phase === 'paused' && this.around.committed() && this.isNext(held);
    if (run.phase === 'running' || goesOn) run.run({ before: this.awaited });
  }

  /** Key of the run that the lesson asks to predict before it is trained. */
  private get held(): string | undefined {
    return this.lesson?.commitment?.before(this.applied.size);
  }

  private isNext(key: string): boolean {
    return this.run.entries.find(({ state }) => state === 'waiting' || state === 'running')?.key === key;
  }

  /** Times the run, and stores its settings while it is unfinished, so that the next visit can go on. */
  private remember({ kind }: ExperimentMilestone): void {
    if (!this.lesson) return;
    if (kind === 'running') void this.startClock(performance.now());
    if (kind === 'paused' || kind === 'failed') this.clock?.stop(performance.now());
    if (kind === 'ready' || kind === 'finished') this.clock?.reset();
    if (kind === 'running') saveUnfinished(this.lesson.name, this.applied);
    if (kind === 'finished' || kind === 'ready') saveUnfinished(this.lesson.name, undefined);
  }

  /** Where the clock does not load, the time left is shown as the engine measures it. */
  private async startClock(now: number): Promise<void> {
    try {
      this.clock ??= new (await import('./run-clock.ts')).RunClock();
    } catch (error) {
      console.warn(error);
    }
    if (this.run.phase === 'running') this.clock?.start(this.run.estimate, now);
  }

  /** Stores the estimate for the lists of lessons; only for unchanged experiments. */
  private keepTime(seconds: number): void {
    const { size, changes } = this.applied;
    const { device, lesson } = this;
    if (!device || !lesson || size === 'large' || Object.keys(changes).length || this.timed === seconds)
      return;
    this.timed = seconds;
    saveTime(device.name, lesson.name, size, seconds);
  }
}

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
  /** the learner has said what the awaited run will give */
  committed: () => boolean;
  /** asks for that */
  ask: () => void;
  milestone: (milestone: ExperimentMilestone) => void;
}

export class LessonExperiment implements ReactiveController {
  lesson: Lesson | undefined;
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

  /** What the experiment that is open is done with, or one to come, where none is. */
  get applied(): Choice {
    return this.control.applied ?? this.draft;
  }

  /** How far it has come, and calmly how long it still takes. */
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

  /** It takes much longer than was expected. */
  get isLate(): boolean {
    return this.run.phase === 'running' && this.clock?.isLate(performance.now()) === true;
  }

  /** Keeps the estimate; an experiment that would take too long here starts at the small size. */
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

  /** The plan as it was opened. */
  get plan(): PlannedItem[] {
    return this.lesson ? planOf(this.lesson, this.applied) : [];
  }

  /** The run that waits for a prediction; nothing once that is made. */
  get awaited(): string | undefined {
    return this.around.committed() ? undefined : this.held;
  }

  /** All that comes before the awaited run is done. */
  get isWaiting(): boolean {
    return this.awaited !== undefined && this.run.phase === 'paused' && this.isNext(this.awaited);
  }

  /** The run that was predicted has begun or is done: the prediction can't be changed any more. */
  get isRevealed(): boolean {
    return this.run.entries.some(({ key, state }) => key === this.held && state !== 'waiting');
  }

  /** Nothing of it runs on this device, whatever is tried. */
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

  /** What the learner begins with, unless a link has said it: what an earlier visit left, or what suits the device. */
  prepare(lesson: Lesson, device: DeviceReport | undefined): void {
    this.lesson = lesson;
    this.device = device;
    if (this.sizeIsChosen) return;
    const unfinished = loadUnfinished(lesson.name);
    if (unfinished) this.begin(unfinished);
    else if (device?.software) this.begin({ size: 'small' });
  }

  /** Takes settings over as they are, such as those of a link, before anything is opened. */
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

  /** The run that waits for a prediction is not begun before that is made. */
  command(command: Command): void {
    if (this.isWaiting && (command === 'run' || command === 'step')) this.around.ask();
    else this.control.command(command);
  }

  /** What waits for the prediction is trained; without one it waits again. */
  onPrediction(): void {
    const { held, run } = this;
    if (held === undefined) return;
    const goesOn = run.phase === 'paused' && this.around.committed() && this.isNext(held);
    if (run.phase === 'running' || goesOn) run.run({ before: this.awaited });
  }

  /** The run that is trained only when it was predicted. */
  private get held(): string | undefined {
    return this.lesson?.commitment?.before(this.applied.size);
  }

  private isNext(key: string): boolean {
    return this.run.entries.find(({ state }) => state === 'waiting' || state === 'running')?.key === key;
  }

  /** What is under way is found again by the next visit, and timed. */
  private remember({ kind }: ExperimentMilestone): void {
    if (!this.lesson) return;
    if (kind === 'running') void this.startClock(performance.now());
    if (kind === 'paused' || kind === 'failed') this.clock?.stop(performance.now());
    if (kind === 'ready' || kind === 'finished') this.clock?.reset();
    if (kind === 'running') saveUnfinished(this.lesson.name, this.applied);
    if (kind === 'finished' || kind === 'ready') saveUnfinished(this.lesson.name, undefined);
  }

  /** A run is whole without it: then its times are said as they are measured. */
  private async startClock(now: number): Promise<void> {
    try {
      this.clock ??= new (await import('./run-clock.ts')).RunClock();
    } catch (error) {
      console.warn(error);
    }
    if (this.run.phase === 'running') this.clock?.start(this.run.estimate, now);
  }

  /** The experiment as it is planned, from its beginning, is what lists of lessons ask about. */
  private keepTime(seconds: number): void {
    const { size, changes } = this.applied;
    const { device, lesson } = this;
    if (!device || !lesson || size === 'large' || Object.keys(changes).length || this.timed === seconds)
      return;
    this.timed = seconds;
    saveTime(device.name, lesson.name, size, seconds);
  }
}

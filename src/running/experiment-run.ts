/**
 * A lesson's experiment from the page's side: opens the plan, follows its events, and judges what is there. The page
 * is asked to redraw a few times a second at most; judging never takes more than a fraction of the time.
 */
import type { ReactiveControllerHost } from 'lit';
import { drawingInterval } from '../components/frame.ts';
import type { PlanEntry, PlanProgress, RunPhase } from '../components/index.ts';
import type { Findings } from '../findings/findings.ts';
import type { PlannedItem, Results } from '../lessons/lesson.ts';
import type {
  BenchmarkResult,
  ExperimentEvent,
  ExperimentLab,
  KeptNotice,
  RunResult,
} from '../worker/protocol.ts';
import { liveFigure } from '../figures/live-figure.ts';
import { divergencesOf } from '../replicas.ts';
import { Live } from './live.ts';
import { Problem } from './problem-kind.ts';
import type { RunOptions } from './run-control.ts';
import { PartialRun } from './partial.ts';

/** Least time between two redrawings that training causes, ms. */
const REDRAW_EVERY_MS = 100;
/** After judging, the page has its thread to itself for this many times as long as judging took. */
const PATIENCE = 5;

export type ExperimentMilestone =
  | { kind: 'begins' | 'done' | 'skipped'; key: string }
  | { kind: 'recovered'; key: string; lost: 'device' | 'worker' }
  | { kind: RunPhase; message?: string };

export class ExperimentRun extends Live<ExperimentLab> {
  entries: PlanEntry[] = [];
  progress: (PlanProgress & { key: string }) | undefined;
  estimate: number | undefined;
  /** an earlier visit stopped in the middle, and nothing was asked for since */
  resumes = false;
  /** what the runs so far say; figures of the run under way included, its verdict not */
  findings: Findings | undefined;
  /** key of the run that another tab trains, and that is waited for */
  waitsFor: string | undefined;
  /** what is to be said of the results that the browser keeps */
  notices: readonly KeptNotice[] = [];

  /** how far an earlier visit came is not known yet */
  private isOpening = false;
  private runs = new Map<string, RunResult>();
  private benchmarks = new Map<string, BenchmarkResult>();
  /** runs that are under way, the first begun first */
  private readonly partials = new Map<string, PartialRun>();
  private plan: readonly PlannedItem[] = [];
  private judge: ((results: Results) => Findings) | undefined;
  /** up to which run it was last asked to train */
  before: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private judgedFor = 0;

  constructor(
    host: ReactiveControllerHost,
    lab: () => ExperimentLab,
    private readonly milestone: (milestone: ExperimentMilestone) => void,
  ) {
    super(host, lab);
  }

  /** Steps of the run under way, of several that of which the progress is told. */
  get steps(): number {
    const [first] = this.partials.values();
    return (this.partials.get(this.progress?.key ?? '') ?? first)?.steps ?? 0;
  }

  /** The run under way that was begun first. */
  get underWay(): { key: string; result: RunResult } | undefined {
    const [first] = this.partials;
    return first && { key: first[0], result: first[1].result };
  }

  get begun(): boolean {
    return this.entries.some(({ state }) => state !== 'waiting');
  }

  /** Whether any run of the learner's own is done. */
  get hasResults(): boolean {
    return this.runs.size > 0 || this.benchmarks.size > 0;
  }

  /** The learner's own results, finished ones. */
  get results(): Results {
    return { runs: this.runs, benchmarks: this.benchmarks };
  }

  /** Those and what the runs under way have come to. */
  get resultsSoFar(): Results {
    const parts = [...this.partials].map(([key, run]) => [key, run.result] as const);
    return { ...this.results, runs: new Map([...this.runs, ...parts]) };
  }

  /** Opens a plan in the place of the one before. False when it was refused, failed, or was overtaken. */
  async open(plan: readonly PlannedItem[], judge: (results: Results) => Findings): Promise<boolean> {
    const opened = this.opened.open<ExperimentEvent>(
      (listener) => this.lab().openExperiment(plan, listener),
      (event) => this.hear(event),
    );
    this.forget();
    this.phase = 'opening';
    this.isOpening = true;
    this.plan = plan;
    this.judge = judge;
    this.entries = plan.map(({ key }) => ({ key, state: 'waiting' }));
    this.host.requestUpdate();
    try {
      return await opened;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  override run(options: RunOptions = {}): void {
    this.before = options.before;
    super.run(options);
  }

  async close(): Promise<void> {
    const closed = this.opened.close();
    this.forget();
    this.phase = 'closed';
    await closed;
  }

  /** The worker was ended: what is kept is found again, and training goes on there if it was under way. */
  private async again(): Promise<void> {
    const { plan, judge, before } = this;
    const wasRunning = this.phase === 'running';
    if (!judge || !(await this.open(plan, judge)) || !wasRunning) return;
    this.run({ before });
  }

  private forget(): void {
    this.resumes = false;
    this.entries = [];
    this.problem = this.estimate = undefined;
    this.notices = [];
    this.clear();
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.runs = new Map();
    this.benchmarks = new Map();
    this.partials.clear();
    this.progress = this.findings = this.building = this.waitsFor = undefined;
    this.entries = this.entries.map(({ key }) => ({ key, state: 'waiting' }));
  }

  private hear(event: ExperimentEvent): void {
    switch (event.kind) {
      case 'estimate':
        this.estimate = event.seconds;
        break;
      case 'kept':
        return;
      case 'notice':
        this.note(event.notice);
        break;
      case 'waiting':
        this.waitsFor = event.key;
        break;
      case 'building':
        this.waitsFor = undefined;
        this.building = event;
        this.mark(event.key, 'running');
        break;
      case 'begins':
        this.building = this.waitsFor = undefined;
        this.partials.set(event.key, new PartialRun(event.head));
        this.mark(event.key, 'running');
        this.milestone({ kind: 'begins', key: event.key });
        break;
      case 'losses':
      case 'evaluation':
      case 'snapshot':
        this.hearPart(event);
        break;
      case 'progress':
        this.progress = event;
        break;
      case 'result':
        this.runs.set(event.key, event.result);
        this.settle(event.key, 'done', event.result);
        if (!event.found) this.milestone({ kind: 'done', key: event.key });
        break;
      case 'benchmark':
        this.benchmarks.set(event.key, event.result);
        this.settle(event.key, 'done');
        this.milestone({ kind: 'done', key: event.key });
        break;
      case 'skipped':
        this.settle(event.key, 'skipped');
        this.milestone({ kind: 'skipped', key: event.key });
        break;
      case 'recovered':
        this.partials.delete(event.key);
        this.milestone({ kind: 'recovered', key: event.key, lost: event.lost });
        break;
      case 'status':
        this.become(event);
        return;
    }
    this.redrawSoon();
  }

  private hearPart(event: ExperimentEvent & { kind: 'losses' | 'evaluation' | 'snapshot' }): void {
    const run = this.partials.get(event.key);
    run?.hear(event);
    if (run?.hasDivergences) this.mark(event.key, 'running', run.result);
  }

  /** What has become of the database replaces what was said of it. */
  private note(notice: KeptNotice): void {
    const others = this.notices.filter(({ kind }) => kind === 'set-aside');
    if (notice.kind === 'set-aside') this.notices = [...this.notices, notice];
    else this.notices = notice.kind === 'not-kept' ? [...others, notice] : others;
  }

  private become({ status, name, message }: ExperimentEvent & { kind: 'status' }): void {
    if (name === 'WorkerEnded') {
      void this.again();
      return;
    }
    this.resumes = status === 'paused' && this.isOpening;
    this.isOpening = false;
    if (status === 'ready' && this.phase !== 'opening') this.clear();
    this.phase = status;
    this.waitsFor = undefined;
    this.problem = status === 'failed' ? new Problem(name ?? 'failed', message ?? '') : undefined;
    if (status !== 'running') this.look();
    this.milestone({ kind: status, ...(message !== undefined && { message }) });
    this.host.requestUpdate();
  }

  protected override tellFailure(message: string): void {
    this.milestone({ kind: 'failed', message });
  }

  /** @param result what the run has come to */
  private mark(key: string, state: PlanEntry['state'], result?: RunResult): void {
    const list = result ? divergencesOf(result) : [];
    const diverged = result && list.length ? { list: [...list], replicas: result.spec.replicas } : undefined;
    this.entries = this.entries.map((entry) => (entry.key === key ? { key, state, diverged } : entry));
  }

  private settle(key: string, state: 'done' | 'skipped', result?: RunResult): void {
    if (this.waitsFor === key) this.waitsFor = undefined;
    this.partials.delete(key);
    this.mark(key, state, result);
  }

  private redrawSoon(): void {
    const wait = Math.max(REDRAW_EVERY_MS, drawingInterval(), PATIENCE * this.judgedFor);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.look();
      this.host.requestUpdate();
    }, wait);
  }

  /**
   * Judges what is there: figures with the runs under way, tables and verdict without them. As long as a run has learned
   * nothing its loss would only flatten what the others came to.
   */
  private look(): void {
    if (!this.judge || (!this.hasResults && !this.partials.size)) return;
    const started = performance.now();
    try {
      const finished = this.judge(this.results);
      const all = [...this.partials].map(([key, run]) => [key, run.result] as const);
      const learned = all.filter(([, { evaluations }]) => evaluations.some(({ step }) => step > 0));
      const shown = learned.length || finished.figures.length ? learned : all;
      if (shown.length) {
        const runs = new Map([...this.runs, ...shown]);
        const { figures } = this.judge({ ...this.results, runs });
        this.findings = { ...finished, figures: figures.length ? figures : [liveFigure(shown[0]![1])] };
      } else {
        this.findings = finished;
      }
    } catch (error) {
      // A lesson that cannot judge a run under way keeps what it last said.
      console.warn(error);
    }
    this.judgedFor = performance.now() - started;
  }
}

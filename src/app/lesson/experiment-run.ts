/**
 * A lesson's experiment from the page's side: opens the plan, follows its events, and judges what is there. The page
 * is asked to redraw a few times a second at most; judging never takes more than a fraction of the time.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { drawingInterval } from '../../components/frame.ts';
import type { PlanEntry, PlanProgress, RunPhase } from '../../components/index.ts';
import type { Findings, PlannedItem, Results } from '../../lessons/lesson.ts';
import type {
  BenchmarkResult,
  ExperimentEvent,
  ExperimentLab,
  KeptNotice,
  RunResult,
} from '../../worker/protocol.ts';
import { Opened } from '../opened.ts';
import { liveFigure } from './live-figure.ts';
import { PartialRun } from './partial.ts';

/** Least time between two redrawings that training causes, ms. */
const REDRAW_EVERY_MS = 100;
/** After judging, so many times as long as it took is left to the page. */
const PATIENCE = 5;

export type ExperimentMilestone =
  { kind: 'begins' | 'done' | 'skipped' | 'recovered'; key: string } | { kind: RunPhase; message?: string };

export class ExperimentRun implements ReactiveController {
  phase: RunPhase = 'closed';
  entries: PlanEntry[] = [];
  progress: PlanProgress | undefined;
  building: { done: number; total: number } | undefined;
  estimate: number | undefined;
  /** an earlier visit stopped in the middle, and nothing was asked for since */
  resumes = false;
  /** what the runs so far say; figures of the run under way included, its verdict not */
  findings: Findings | undefined;
  /** key of the run that another tab trains, and that is waited for */
  waitsFor: string | undefined;
  /** what is to be said of the results that the browser keeps */
  notices: readonly KeptNotice[] = [];
  /** what went wrong, for people */
  problem: { name: string; message: string } | undefined;

  private readonly opened = new Opened((id) => this.lab().closeExperiment(id));
  /** how far an earlier visit came is not known yet */
  private isOpening = false;
  private runs = new Map<string, RunResult>();
  private benchmarks = new Map<string, BenchmarkResult>();
  private partial: { key: string; run: PartialRun } | undefined;
  private plan: readonly PlannedItem[] = [];
  private judge: ((results: Results) => Findings) | undefined;
  /** up to which run it was last asked to train */
  private before: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private judgedFor = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lab: () => ExperimentLab,
    private readonly milestone: (milestone: ExperimentMilestone) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    void this.close();
  }

  /** Steps of the run under way. */
  get steps(): number {
    return this.partial?.run.steps ?? 0;
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

  /** Trains on: so many steps, up to the run `before`, or to the end. */
  run({ steps, before }: { steps?: number; before?: string | undefined } = {}): void {
    this.phase = 'running';
    this.before = before;
    this.host.requestUpdate();
    this.command((lab, id) => lab.runExperiment(id, steps, before));
  }

  pause(): void {
    this.command((lab, id) => lab.pauseExperiment(id));
  }

  skip(): void {
    this.command((lab, id) => lab.skipExperiment(id));
  }

  reset(): void {
    this.command((lab, id) => lab.resetExperiment(id));
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

  private command(send: (lab: ExperimentLab, id: number) => Promise<void>): void {
    this.opened.ask((id) => send(this.lab(), id)).catch((error: unknown) => this.fail(error));
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
    this.partial = this.progress = this.findings = this.building = this.waitsFor = undefined;
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
        this.partial = { key: event.key, run: new PartialRun(event.head) };
        this.mark(event.key, 'running');
        this.milestone({ kind: 'begins', key: event.key });
        break;
      case 'losses':
      case 'evaluation':
        if (this.partial?.key === event.key) this.partial.run.hear(event);
        break;
      case 'progress':
        this.progress = event;
        break;
      case 'result':
        this.runs.set(event.key, event.result);
        this.settle(event.key, 'done');
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
        this.partial = undefined;
        this.milestone({ kind: 'recovered', key: event.key });
        break;
      case 'status':
        this.become(event);
        return;
    }
    this.redrawSoon();
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
    this.problem = status === 'failed' ? { name: name ?? 'failed', message: message ?? '' } : undefined;
    if (status !== 'running') this.look();
    this.milestone({ kind: status, ...(message !== undefined && { message }) });
    this.host.requestUpdate();
  }

  private fail(error: unknown): void {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    this.phase = 'failed';
    if (this.problem?.message === message) return;
    this.problem = { name, message };
    this.milestone({ kind: 'failed', message });
    this.host.requestUpdate();
  }

  private mark(key: string, state: PlanEntry['state']): void {
    this.entries = this.entries.map((entry) => (entry.key === key ? { key, state } : entry));
  }

  private settle(key: string, state: 'done' | 'skipped'): void {
    if (this.waitsFor === key) this.waitsFor = undefined;
    if (this.partial?.key === key) this.partial = undefined;
    this.mark(key, state);
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
   * Judges what is there: figures with the run under way, tables and verdict without it. As long as that run has learned
   * nothing its loss would only flatten what the others came to.
   */
  private look(): void {
    if (!this.judge || (!this.hasResults && !this.partial)) return;
    const started = performance.now();
    try {
      const finished = this.judge(this.results);
      const result = this.partial?.run.result;
      const hasLearned = result?.evaluations.some(({ step }) => step > 0);
      if (this.partial && result && (hasLearned || !finished.figures.length)) {
        const runs = new Map(this.runs).set(this.partial.key, result);
        const { figures } = this.judge({ ...this.results, runs });
        this.findings = { ...finished, figures: figures.length ? figures : [liveFigure(result)] };
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

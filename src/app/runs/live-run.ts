/**
 * One run at a time, from the page's side: opens it, follows its events, and closes it when the page goes.
 * The page is asked to redraw a few times a second at most, however many events come.
 */
import type { ReactiveControllerHost } from 'lit';
import { describeDiverged, type RunPhase, type Speed } from '../../components/index.ts';
import type { Lab, Points, RunEvent, RunInfo, SpecInput, View, ViewRequest } from '../../worker/protocol.ts';
import { Live } from '../../running/live.ts';
import { Problem } from '../../running/problem-kind.ts';
import { RunHistory } from './run-history.ts';

/** Least time between two redrawings that training causes, ms. */
const REDRAW_EVERY_MS = 50;

export interface Milestone {
  kind: 'ready' | 'running' | 'paused' | 'finished' | 'diverged' | 'failed' | 'recovered';
  step: number;
  message: string | undefined;
}

export class LiveRun extends Live<Lab> {
  step = 0;
  info: RunInfo | undefined;
  history = new RunHistory(1);
  speed: Speed | undefined;

  private openings = 0;
  private spec: SpecInput | undefined;
  /** the last checkpoint that the worker sent: another worker can go on from it */
  private kept: Extract<RunEvent, { kind: 'kept' }> | undefined;
  /** it was opened from a checkpoint, so the curves before it stay on the chart */
  private resumes = false;
  /** training time without pauses, s, and since when it runs */
  private trained = 0;
  private since: number | undefined;
  private redraw: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: ReactiveControllerHost,
    lab: () => Lab,
    private readonly milestone: (milestone: Milestone) => void,
  ) {
    super(host, lab);
  }

  /** Which run it is and how far; changes whenever pictures of the model do. */
  get state(): string | undefined {
    if (['closed', 'opening', 'failed'].includes(this.phase)) return undefined;
    return `${this.openings} ${this.step}`;
  }

  /** Closes this run and opens another. @returns false where it was refused, failed, or a later call came first */
  async open(spec: SpecInput): Promise<boolean> {
    this.spec = spec;
    this.kept = undefined;
    return this.openAt();
  }

  private async openAt(): Promise<boolean> {
    const { spec, kept } = this;
    const opened = this.opened.open<RunEvent>(
      (listener) => this.lab().open(spec!, listener, kept?.state),
      (event) => this.hear(event),
    );
    this.openings++;
    this.resumes = kept !== undefined;
    if (!kept) this.clear();
    this.phase = 'opening';
    this.building = this.problem = undefined;
    this.host.requestUpdate();
    try {
      if (!(await opened)) return false;
      // The events may come a moment after the answer.
      if ((this.phase as RunPhase) === 'opening') this.phase = 'ready';
      this.host.requestUpdate();
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** After the device or the worker was lost: trains on from where the run was kept. */
  async goOn(): Promise<void> {
    if (this.isDeviceLost) this.run();
    else if (await this.openAt()) this.run();
  }

  /** Whether something is kept of a run that failed. */
  get canGoOn(): boolean {
    return this.phase === 'failed' && (this.isDeviceLost || this.kept !== undefined);
  }

  /** The run is open in a worker that answers. */
  private get isDeviceLost(): boolean {
    return this.problem?.kind === 'device-lost';
  }

  async close(): Promise<void> {
    const closed = this.opened.close();
    this.phase = 'closed';
    this.clear();
    await closed;
  }

  /** A sentence about replicas that have diverged; empty where none has, and for a run of one, whose phase says it. */
  get note(): string {
    const { diverged, replicaCount } = this.history;
    return replicaCount > 1 ? describeDiverged(diverged, replicaCount) : '';
  }

  /** A picture of the model; undefined where the run is closed before it is ready. */
  view(request: ViewRequest): Promise<View | undefined> {
    return this.opened.ask((id) => this.lab().view(id, request));
  }

  /** The examples; undefined where the run is closed before they arrive. */
  points(): Promise<Points | undefined> {
    return this.opened.ask((id) => this.lab().points(id));
  }

  private clear(): void {
    this.step = 0;
    this.trained = 0;
    this.since = undefined;
    this.speed = undefined;
    this.history = new RunHistory(this.info?.spec.replicas ?? 1);
  }

  private hear(event: RunEvent): void {
    switch (event.kind) {
      case 'building':
        this.building = event;
        break;
      case 'ready':
        this.info = event.info;
        if (!this.resumes) this.clear();
        break;
      case 'kept':
        this.kept = event;
        return;
      case 'losses':
        this.history.addLosses(event, this.seconds());
        this.step = Math.max(this.step, event.first + event.losses.length / event.replicas);
        break;
      case 'evaluation':
        this.history.addEvaluation(event);
        break;
      case 'speed':
        this.speed = event;
        break;
      case 'status':
        this.become(event);
        return;
      case 'recovered':
        this.milestone({ kind: 'recovered', step: event.step, message: undefined });
        break;
    }
    this.redrawSoon();
  }

  private become({ status, step, name, message }: Extract<RunEvent, { kind: 'status' }>): void {
    if (name === 'WorkerEnded') {
      const wasRunning = this.phase === 'running';
      void this.openAt().then((isOpen) => isOpen && wasRunning && this.run());
      return;
    }
    this.trained = this.seconds();
    this.since = status === 'running' ? performance.now() : undefined;
    this.phase = status;
    if (status === 'ready') {
      this.clear();
      this.kept = undefined;
    }
    // A crashed worker no longer knows the step.
    this.step = status === 'failed' ? Math.max(this.step, step) : step;
    if (status === 'failed' || status === 'diverged') {
      this.problem = new Problem(name ?? status, message ?? '');
    } else {
      this.problem = undefined;
    }
    this.milestone({ kind: status, step, message });
    this.host.requestUpdate();
  }

  protected override tellFailure(message: string): void {
    this.milestone({ kind: 'failed', step: this.step, message });
  }

  private seconds(): number {
    return this.trained + (this.since === undefined ? 0 : (performance.now() - this.since) / 1000);
  }

  private redrawSoon(): void {
    this.redraw ??= setTimeout(() => {
      this.redraw = undefined;
      this.host.requestUpdate();
    }, REDRAW_EVERY_MS);
  }
}

/**
 * One run at a time, from the page's side: opens it, follows its events, and closes it when the page goes.
 * The page is asked to redraw a few times a second at most, however many events come.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { describeDiverged, type RunPhase, type Speed } from '../components/index.ts';
import type { Lab, Points, RunEvent, RunInfo, SpecInput, View, ViewRequest } from '../worker/protocol.ts';
import { Opened } from './opened.ts';
import { RunHistory } from './run-history.ts';

/** Least time between two redrawings that training causes, ms. */
const REDRAW_EVERY_MS = 50;

/** The worker is there, and the run in it; what it lacks is a device. */
const GPU_LOST = 'GPULostError';

export interface Milestone {
  kind: 'ready' | 'running' | 'paused' | 'finished' | 'diverged' | 'failed' | 'recovered';
  step: number;
  message: string | undefined;
}

export class LiveRun implements ReactiveController {
  phase: RunPhase = 'closed';
  step = 0;
  building: { done: number; total: number } | undefined;
  info: RunInfo | undefined;
  history = new RunHistory(1);
  speed: Speed | undefined;
  /** what went wrong, for people */
  problem: { name: string; message: string } | undefined;

  private readonly opened = new Opened((id) => this.lab().close(id));
  private openings = 0;
  private spec: SpecInput | undefined;
  /** the last state that the worker has sent, from which another one could go on */
  private kept: Extract<RunEvent, { kind: 'kept' }> | undefined;
  /** it is opened where it was kept: the curves stay */
  private resumes = false;
  /** training time without pauses, s, and since when it runs */
  private trained = 0;
  private since: number | undefined;
  private redraw: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lab: () => Lab,
    private readonly milestone: (milestone: Milestone) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    void this.close();
  }

  /** Which run it is and how far; changes whenever pictures of the model do. */
  get state(): string | undefined {
    if (['closed', 'opening', 'failed'].includes(this.phase)) return undefined;
    return `${this.openings} ${this.step}`;
  }

  /** Opens another run in the place of this one. False when it was refused, failed, or was overtaken by another. */
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
    if (this.problem?.name === GPU_LOST) this.run();
    else if (await this.openAt()) this.run();
  }

  /** Whether something is kept of a run that failed. */
  get canGoOn(): boolean {
    return this.phase === 'failed' && (this.problem?.name === GPU_LOST || this.kept !== undefined);
  }

  /** Trains on, `steps` steps or to the end. */
  run(steps?: number): void {
    this.phase = 'running';
    this.host.requestUpdate();
    this.command((lab, id) => lab.run(id, steps));
  }

  pause(): void {
    this.command((lab, id) => lab.pause(id));
  }

  reset(): void {
    this.command((lab, id) => lab.reset(id));
  }

  async close(): Promise<void> {
    const closed = this.opened.close();
    this.phase = 'closed';
    this.clear();
    await closed;
  }

  /** What is to be said of replicas that have diverged while others go on; may be empty. */
  get note(): string {
    return describeDiverged(this.history.diverged, this.history.replicaCount);
  }

  /** A picture of the model, or nothing when the run is gone before it is ready. */
  view(request: ViewRequest): Promise<View | undefined> {
    return this.opened.ask((id) => this.lab().view(id, request));
  }

  /** The examples, or nothing when the run is gone before they are here. */
  points(): Promise<Points | undefined> {
    return this.opened.ask((id) => this.lab().points(id));
  }

  private command(send: (lab: Lab, id: number) => Promise<void>): void {
    this.opened.ask((id) => send(this.lab(), id)).catch((error: unknown) => this.fail(error));
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
      this.problem = { name: name ?? status, message: message ?? '' };
    } else {
      this.problem = undefined;
    }
    this.milestone({ kind: status, step, message });
    this.host.requestUpdate();
  }

  private fail(error: unknown): void {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    this.phase = 'failed';
    if (this.problem?.message === message) return;
    this.problem = { name, message };
    this.milestone({ kind: 'failed', step: this.step, message });
    this.host.requestUpdate();
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

/** What a run and an experiment on a page have in common: something open in the worker, its phase, and what went wrong. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RunPhase } from '../components/index.ts';
import type { ExperimentLab } from '../worker/protocol.ts';
import { Opened } from './opened.ts';
import type { Controlled, RunOptions } from './run-control.ts';
import { Problem } from './problem-kind.ts';

export abstract class Live<L extends ExperimentLab> implements ReactiveController, Controlled {
  phase: RunPhase = 'closed';
  building: { done: number; total: number } | undefined;
  problem: Problem | undefined;

  protected readonly opened = new Opened((id) => this.lab().close(id));

  constructor(
    protected readonly host: ReactiveControllerHost,
    protected readonly lab: () => L,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    void this.close();
  }

  /** The phase as a bar shows it: without a device nothing can be pressed. */
  get barPhase(): RunPhase {
    return this.problem?.kind === 'no-device' ? 'closed' : this.phase;
  }

  /** Trains on: so many steps, up to the run `before`, or to the end. */
  run({ steps, before }: RunOptions = {}): void {
    this.phase = 'running';
    this.host.requestUpdate();
    this.command((lab, id) => lab.run(id, steps, before));
  }

  pause(): void {
    this.command((lab, id) => lab.pause(id));
  }

  skip(): void {
    this.command((lab, id) => lab.skip(id));
  }

  reset(): void {
    this.command((lab, id) => lab.reset(id));
  }

  /** Ends when its memory is freed. */
  abstract close(): Promise<void>;

  /** Tells whoever watches that it failed. */
  protected abstract tellFailure(message: string): void;

  protected fail(error: unknown): void {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    this.phase = 'failed';
    if (this.problem?.message === message) return;
    this.problem = new Problem(name, message);
    this.tellFailure(message);
    this.host.requestUpdate();
  }

  private command(send: (lab: L, id: number) => Promise<void>): void {
    this.opened.ask((id) => send(this.lab(), id)).catch((error: unknown) => this.fail(error));
  }
}

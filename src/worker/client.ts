/** The lab as the page sees it: the same protocol, spoken to a worker that starts when it is first needed. */
import * as Comlink from 'comlink';
import { crashOf, WorkerEnded } from './crash.ts';
import { Pulse } from './heartbeat.ts';
import type { Checked, ExperimentEvent, Lab, PlannedSweep, RunEvent, View } from './protocol.ts';

/** A worker that has not answered for a while, though something is asked of it. */
export interface Silence {
  /** where the run under way would go on */
  step: number | undefined;
}

/** The worker, as the page sees it. */
export interface WorkerLife {
  /** Hears when the worker falls silent, and, with nothing, when it is heard again. @returns what ends that */
  watch(listener: (silence: Silence | undefined) => void): () => void;
  /** Ends the worker. All that is open hears that it failed with `WorkerEnded`; the next call starts another one. */
  end(): void;
}

/** One life of the worker. */
interface Connection {
  remote: Comlink.Remote<Lab>;
  pulse: Pulse;
  /** rejects when the worker dies; never resolves */
  crashed: Promise<never>;
  die: (error: Error) => void;
}

type Failed = (error: Error) => void;

class LabClient implements Lab, WorkerLife {
  private connection: Connection | undefined;
  /** who hears of each run and experiment that is open or being opened, when the worker dies */
  private readonly listeners = new Set<Failed>();
  private readonly listenerOf = new Map<number, Failed>();
  private readonly watchers = new Set<(silence: Silence | undefined) => void>();
  private keptStep: number | undefined;

  constructor(private readonly start: () => Worker) {}

  device(): ReturnType<Lab['device']> {
    return this.call((lab) => lab.device());
  }

  open(...[spec, listener, kept]: Parameters<Lab['open']>): Promise<number> {
    const failed = ({ name, message }: Error): void =>
      listener({ kind: 'status', status: 'failed', step: 0, name, message } satisfies RunEvent);
    const hear = this.noting(listener);
    return this.opened(failed, (lab) => lab.open(spec, Comlink.proxy(hear), kept));
  }

  run(...[id, steps]: Parameters<Lab['run']>): Promise<void> {
    return this.call((lab) => lab.run(id, steps));
  }

  pause(id: number): Promise<void> {
    return this.call((lab) => lab.pause(id));
  }

  reset(id: number): Promise<void> {
    return this.call((lab) => lab.reset(id));
  }

  view(...[id, request]: Parameters<Lab['view']>): ReturnType<Lab['view']> {
    return this.call<View>((lab) => lab.view(id, request));
  }

  points(id: number): ReturnType<Lab['points']> {
    return this.call((lab) => lab.points(id));
  }

  close(id: number): Promise<void> {
    return this.closed(id, (lab) => lab.close(id));
  }

  openExperiment(...[items, listener]: Parameters<Lab['openExperiment']>): Promise<number> {
    const failed = ({ name, message }: Error): void =>
      listener({ kind: 'status', status: 'failed', name, message } satisfies ExperimentEvent);
    const hear = this.noting(listener);
    return this.opened(failed, (lab) => lab.openExperiment(items, Comlink.proxy(hear)));
  }

  runExperiment(...[id, steps, before]: Parameters<Lab['runExperiment']>): Promise<void> {
    return this.call((lab) => lab.runExperiment(id, steps, before));
  }

  pauseExperiment(id: number): Promise<void> {
    return this.call((lab) => lab.pauseExperiment(id));
  }

  skipExperiment(id: number): Promise<void> {
    return this.call((lab) => lab.skipExperiment(id));
  }

  resetExperiment(id: number): Promise<void> {
    return this.call((lab) => lab.resetExperiment(id));
  }

  closeExperiment(id: number): Promise<void> {
    return this.closed(id, (lab) => lab.closeExperiment(id));
  }

  describe(): ReturnType<Lab['describe']> {
    return this.call((lab) => lab.describe());
  }

  check(...[spec]: Parameters<Lab['check']>): ReturnType<Lab['check']> {
    return this.call<Checked>((lab) => lab.check(spec));
  }

  plan(...[sweep]: Parameters<Lab['plan']>): ReturnType<Lab['plan']> {
    return this.call<PlannedSweep>((lab) => lab.plan(sweep));
  }

  table(...[sweep, results]: Parameters<Lab['table']>): ReturnType<Lab['table']> {
    return this.call((lab) => lab.table(sweep, results));
  }

  fit(...[request]: Parameters<Lab['fit']>): ReturnType<Lab['fit']> {
    return this.call((lab) => lab.fit(request));
  }

  watch(listener: (silence: Silence | undefined) => void): () => void {
    this.watchers.add(listener);
    return () => this.watchers.delete(listener);
  }

  end(): void {
    this.connection?.die(new WorkerEnded());
  }

  /** Notes where the run under way was last kept. */
  private noting<Event extends RunEvent | ExperimentEvent>(
    listener: (event: Event) => void,
  ): (event: Event) => void {
    return (event) => {
      if (event.kind === 'kept') this.keptStep = event.step;
      else if (event.kind === 'begins' || event.kind === 'ready') this.keptStep = undefined;
      listener(event);
    };
  }

  private async opened(failed: Failed, ask: (lab: Comlink.Remote<Lab>) => Promise<number>): Promise<number> {
    this.listeners.add(failed);
    try {
      const id = await this.call(ask);
      this.listenerOf.set(id, failed);
      return id;
    } catch (error) {
      this.listeners.delete(failed);
      throw error;
    }
  }

  private async closed(id: number, ask: (lab: Comlink.Remote<Lab>) => Promise<void>): Promise<void> {
    const listener = this.listenerOf.get(id);
    this.listenerOf.delete(id);
    // What a worker had that is gone is gone with it.
    if (!listener) return;
    this.listeners.delete(listener);
    await this.call(ask);
  }

  /** Comlink waits forever for a worker that has died, so each call also waits for that. */
  private call<T>(ask: (lab: Comlink.Remote<Lab>) => Promise<T>): Promise<T> {
    const { remote, crashed, pulse } = (this.connection ??= this.connect());
    return pulse.during(Promise.race([ask(remote), crashed]));
  }

  private connect(): Connection {
    const worker = this.start();
    const pulse = new Pulse(worker, (isSilent) => this.tell(isSilent ? { step: this.keptStep } : undefined));
    let reject: (error: Error) => void;
    const crashed = Promise.race([crashOf(worker), new Promise<never>((_resolve, end) => (reject = end))]);
    crashed.catch(() => undefined); // Whoever waits for a call hears of it.
    const connection: Connection = {
      remote: Comlink.wrap<Lab>(worker),
      pulse,
      crashed,
      die: (error) => {
        if (this.connection !== connection) return;
        pulse.end();
        worker.terminate();
        this.connection = this.keptStep = undefined;
        const listeners = [...this.listeners];
        this.listeners.clear();
        this.listenerOf.clear();
        // They may open again at once, before the calls of before are rejected.
        for (const failed of listeners) failed(error);
        reject(error);
      },
    };
    crashed.catch((error: unknown) => connection.die(error as Error));
    return connection;
  }

  private tell(silence: Silence | undefined): void {
    for (const watcher of this.watchers) watcher(silence);
  }
}

/** A lab whose worker starts at the first call. */
export function createLab(start: () => Worker): Lab & WorkerLife {
  return new LabClient(start);
}

/** The lab as the page sees it: the same protocol, spoken to a worker that starts when it is first needed. */
import * as Comlink from 'comlink';
import { crashOf } from './crash.ts';
import type { Checked, ExperimentEvent, Lab, PlannedSweep, RunEvent, View } from './protocol.ts';

/** One life of the worker. */
interface Connection {
  remote: Comlink.Remote<Lab>;
  /** rejects when the worker dies; never resolves */
  crashed: Promise<never>;
}

class LabClient implements Lab {
  private connection: Connection | undefined;
  /** who hears of each run and experiment that is open or being opened, when the worker dies */
  private readonly listeners = new Set<(message: string) => void>();
  private readonly listenerOf = new Map<number, (message: string) => void>();

  constructor(private readonly start: () => Worker) {}

  device(): ReturnType<Lab['device']> {
    return this.call((lab) => lab.device());
  }

  open(...[spec, listener, kept]: Parameters<Lab['open']>): Promise<number> {
    const failed = (message: string): void =>
      listener({ kind: 'status', status: 'failed', step: 0, message } satisfies RunEvent);
    return this.opened(failed, (lab) => lab.open(spec, Comlink.proxy(listener), kept));
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
    const failed = (message: string): void =>
      listener({ kind: 'status', status: 'failed', message } satisfies ExperimentEvent);
    return this.opened(failed, (lab) => lab.openExperiment(items, Comlink.proxy(listener)));
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

  private async opened(
    failed: (message: string) => void,
    ask: (lab: Comlink.Remote<Lab>) => Promise<number>,
  ): Promise<number> {
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
    if (listener) this.listeners.delete(listener);
    // Without a worker there is nothing left to close.
    if (this.connection) await this.call(ask);
  }

  /** Comlink waits forever for a worker that has died, so each call also waits for that. */
  private call<T>(ask: (lab: Comlink.Remote<Lab>) => Promise<T>): Promise<T> {
    const { remote, crashed } = (this.connection ??= this.connect());
    return Promise.race([ask(remote), crashed]);
  }

  private connect(): Connection {
    const worker = this.start();
    const crashed = crashOf(worker);
    crashed.catch((error: unknown) => {
      worker.terminate();
      this.connection = undefined;
      for (const failed of this.listeners) failed((error as Error).message);
      this.listeners.clear();
      this.listenerOf.clear();
    });
    return { remote: Comlink.wrap<Lab>(worker), crashed };
  }
}

/** A lab whose worker starts at the first call. */
export function createLab(start: () => Worker): Lab {
  return new LabClient(start);
}

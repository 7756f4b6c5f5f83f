/** The lab as the page sees it: the same protocol, spoken to a worker that starts when it is first needed. */
import * as Comlink from 'comlink';
import type { MissingPartError } from '../loading.ts';
import { crashOf, WorkerCrash, WorkerEnded } from './crash.ts';
import { Pulse } from './heartbeat.ts';
import type { ExperimentEvent, Lab, RunEvent } from './protocol.ts';

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

/** How the worker is called: by the name of a method, with what it is given. */
type Methods = Record<string, (...given: unknown[]) => Promise<unknown>>;

/** One life of the worker. */
interface Connection {
  remote: Methods;
  pulse: Pulse;
  /** rejects when the worker dies; never resolves */
  crashed: Promise<never>;
  die: (error: Error) => void;
}

type Failed = (error: Error) => void;

type Listener = (event: RunEvent | ExperimentEvent) => void;

class LabClient implements WorkerLife {
  private connection: Connection | undefined;
  /** who hears of each run and experiment that is open or being opened, when the worker dies */
  private readonly listeners = new Set<Failed>();
  private readonly listenerOf = new Map<number, Failed>();
  private readonly watchers = new Set<(silence: Silence | undefined) => void>();
  private keptStep: number | undefined;
  /** why the last worker crashed: scripts may not have come */
  private crash: string | undefined;
  /** they are asked for anew */
  private refreshing: Promise<unknown> | undefined;

  constructor(
    private readonly start: () => Worker,
    private readonly refresh: (message: string) => Promise<unknown>,
  ) {}

  /** Calls a method of the lab. One that takes a listener opens something, and gives its number, which `close` ends. */
  invoke(name: string, given: unknown[]): Promise<unknown> {
    const call = (): Promise<unknown> => this.call((lab) => lab[name]!(...given));
    if (name === 'close') return this.closed(given[0] as number, call);
    const at = given.findIndex((value) => typeof value === 'function');
    if (at < 0) return call();
    const listener = given[at] as Listener;
    given[at] = Comlink.proxy(this.noting(listener));
    return this.opened(
      ({ name, message }) => listener({ kind: 'status', status: 'failed', step: 0, name, message }),
      call as () => Promise<number>,
    );
  }

  watch(listener: (silence: Silence | undefined) => void): () => void {
    this.watchers.add(listener);
    return () => this.watchers.delete(listener);
  }

  end(): void {
    this.connection?.die(new WorkerEnded());
  }

  /** Notes where the run under way was last kept. */
  private noting(listener: Listener): Listener {
    return (event) => {
      if (event.kind === 'kept') this.keptStep = event.step;
      else if (event.kind === 'begins' || event.kind === 'ready') this.keptStep = undefined;
      listener(event);
    };
  }

  private async opened(failed: Failed, ask: () => Promise<number>): Promise<number> {
    this.listeners.add(failed);
    try {
      const id = await ask();
      this.listenerOf.set(id, failed);
      return id;
    } catch (error) {
      this.listeners.delete(failed);
      throw error;
    }
  }

  private async closed(id: number, ask: () => Promise<unknown>): Promise<void> {
    const listener = this.listenerOf.get(id);
    this.listenerOf.delete(id);
    // A run without a listener ended with its worker: there is nothing to close.
    if (!listener) return;
    this.listeners.delete(listener);
    await ask();
  }

  /** Comlink waits forever for a worker that has died, so each call also waits for that. */
  private call<T>(ask: (lab: Methods) => Promise<T>): Promise<T> {
    if (this.crash !== undefined)
      this.refreshing = this.refresh(this.crash).finally(() => (this.refreshing = undefined));
    this.crash = undefined;
    if (this.refreshing) return this.refreshing.then(() => this.call(ask));
    const { remote, crashed, pulse, die } = (this.connection ??= this.connect());
    const answer = ask(remote).catch((error: unknown) => {
      const { name, message } = error as Error;
      if (name !== ('MissingPartError' satisfies MissingPartError['name'])) throw error;
      // A worker remembers scripts that failed to load; a new one asks for them again.
      const crash = new WorkerCrash(message);
      die(crash);
      throw crash;
    });
    return pulse.during(Promise.race([answer, crashed]));
  }

  private connect(): Connection {
    const worker = this.start();
    const pulse = new Pulse(worker, (isSilent) => this.tell(isSilent ? { step: this.keptStep } : undefined));
    let reject: (error: Error) => void;
    const crashed = Promise.race([crashOf(worker), new Promise<never>((_resolve, end) => (reject = end))]);
    crashed.catch(() => undefined); // Whoever waits for a call hears of it.
    const connection: Connection = {
      remote: Comlink.wrap(worker) as unknown as Methods,
      pulse,
      crashed,
      die: (error) => {
        if (this.connection !== connection) return;
        pulse.end();
        worker.terminate();
        this.connection = this.keptStep = undefined;
        if (error instanceof WorkerCrash) this.crash = error.message;
        const listeners = [...this.listeners];
        this.listeners.clear();
        this.listenerOf.clear();
        // Listeners first: they may open their runs anew before the calls under way are rejected.
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

/**
 * A lab whose worker starts at the first call. All methods but those of the client itself are forwarded to the worker by name.
 * @param refresh fetches scripts anew before a worker replaces one that crashed; the crash's message may name a script
 */
export function createLab(
  start: () => Worker,
  refresh: (message: string) => Promise<unknown> = () => Promise.resolve(),
): Lab & WorkerLife {
  const client = new LabClient(start, refresh);
  const life: WorkerLife = { watch: (listener) => client.watch(listener), end: () => client.end() };
  return new Proxy(life, {
    get(own, name) {
      // `await` looks for `then`, and lit for `_$litDirective$`: neither is a method of the worker.
      if (name in own || name === 'then' || typeof name === 'symbol' || !/^[a-z]+$/i.test(name))
        return Reflect.get(own, name) as unknown;
      return (...given: unknown[]) => client.invoke(name, given);
    },
  }) as Lab & WorkerLife;
}

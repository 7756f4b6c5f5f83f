/**
 * Work that waits its turn. Nothing runs within the call that adds it: work begins with the next task of the event loop,
 * and gives way to others every few milliseconds, so that a worker that computes still hears its messages.
 */

export interface Work {
  run: () => void;
  /** called instead where the queue ends first */
  abandon?: (error: Error) => void;
}

/** For how long work may keep the event loop, in ms; a single piece may take longer. */
const SLICE_MS = 12;

export class WorkQueue {
  private waiting: Work[] = [];
  private next = 0;
  private isScheduled = false;
  private ended: Error | undefined;

  /** @param onError work has failed, and the queue has ended with it */
  constructor(private readonly onError: (error: Error) => void) {}

  add(...work: readonly Work[]): void {
    if (this.ended) {
      for (const { abandon } of work) abandon?.(this.ended);
      return;
    }
    for (const piece of work) this.waiting.push(piece);
    this.schedule();
  }

  /** Abandons what has not run, and all that will be added. */
  end(error: Error): void {
    this.ended ??= error;
    const left = this.waiting.slice(this.next);
    this.waiting = [];
    this.next = 0;
    for (const { abandon } of left) abandon?.(this.ended);
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    afterOthers(() => {
      this.isScheduled = false;
      try {
        this.run();
      } catch (error) {
        this.end(error as Error);
        this.onError(error as Error);
      }
    });
  }

  private run(): void {
    const until = performance.now() + SLICE_MS;
    while (this.next < this.waiting.length) {
      this.waiting[this.next++]!.run();
      if (performance.now() < until) continue;
      this.schedule();
      return;
    }
    this.waiting = [];
    this.next = 0;
  }
}

/** Calls back in a task of its own, behind those that wait already; timers would wait 4 ms. */
function afterOthers(call: () => void): void {
  if (typeof setImmediate === 'function') {
    setImmediate(call);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    call();
  };
  port2.postMessage(undefined);
}

/**
 * Does a plan, run by run on one device, or several runs at a time: over several workers, or side by side. What is finished is
 * never done again, and what was interrupted goes on with the same bits. It can be paused and sent back to the beginning; several
 * workers on one store share the work. The lessons' experiments, sweeps in the page and the command line are all done by it.
 */
import { SchemaError } from '../../schema.ts';
import { loadBenchmark } from '../measuring/load-benchmark.ts';
import type { PlanEvent } from './plan-events.ts';
import type { PlanRunnerOptions } from './plan-options.ts';
import { type Job, jobsOf, type PlanItem } from './plan-jobs.ts';
import { PlanKept } from './plan-kept.ts';
import { PlanRun } from './plan-run.ts';
import { Recovery, sleep } from './recovery.ts';
import { SideBySide } from './side-by-side.ts';
import { headOf, type RunResult } from '../results/result.ts';
import { type Lease, LeaseLostError } from './store.ts';
import type { PlannedRun } from '../spec/sweep.ts';
import { Trainers } from './trainers.ts';

/** How much training may be lost at most when the program is killed or the device lost. */
const SAVE_EVERY_MS = 10_000;
/** How often it looks whether a run that another worker trains is done or free. */
const ASK_EVERY_MS = 1000;

export class PlanRunner {
  readonly jobs: readonly Job[];
  private readonly recovery: Recovery;
  private readonly trainers: Trainers;
  private readonly kept: PlanKept;
  /** runs that are built: under way, or paused */
  private readonly current = new Map<Job, PlanRun>();
  /** what is being done, each until it is done or stopped */
  private readonly underWay = new Map<Job, Promise<boolean>>();
  private readonly sideBySide = new SideBySide();
  /** a run found no room beside the others */
  private isCrowded = false;
  private controller: AbortController | undefined;
  private running: Promise<void> | undefined;
  private resetting: Promise<void> = Promise.resolve();
  private skipping = false;
  /** key of the item before which it pauses */
  private until: string | undefined;
  /** runs that were trained again for their weights */
  private readonly remade = new Set<Job>();

  /** @throws SchemaError when a run begins with one that is not in the plan */
  constructor(
    items: readonly PlanItem[],
    private readonly options: PlanRunnerOptions,
  ) {
    this.jobs = jobsOf(items);
    this.recovery = new Recovery(options.connect, options.pausesMs);
    this.trainers = new Trainers(options, this.recovery);
    this.kept = new PlanKept(options.store);
  }

  get left(): PlannedRun[] {
    return this.jobs.flatMap(({ over, run }) => (run && !over ? [run] : []));
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  private get isOver(): boolean {
    return this.jobs.every(({ over }) => over);
  }

  /** Looks for what is done already, and for the part of the next run that was done; tells of both. */
  async find(): Promise<'ready' | 'paused' | 'finished'> {
    for (const job of this.jobs) await this.findResult(job);
    if (this.isOver) return 'finished';
    const next = this.jobs.find(({ over }) => !over)!;
    const part = next.run && (await this.kept.partOf(next.run));
    if (part) this.tell({ kind: 'begins', key: next.key, head: part.result, part: part.result });
    return part || this.jobs.some(({ over }) => over) ? 'paused' : 'ready';
  }

  /**
   * Does what is left, up to the item `until`; with `steps`, only so many of the next run. While it is under way
   * already, waits for that. Resolves when it has stopped, for whatever reason but an error.
   */
  run(steps?: number, until?: string): Promise<void> {
    this.until = until;
    if (this.running) return this.running;
    this.controller = new AbortController();
    this.recovery.again();
    const running = this.work(this.controller, steps).finally(() => {
      if (this.running === running) this.running = undefined;
    });
    return (this.running = running);
  }

  /** Resolves when the GPU has stopped; `run` goes on exactly there. */
  async pause(): Promise<void> {
    this.controller?.abort();
    await this.running?.catch(() => undefined);
  }

  /** Leaves out the run under way, the first of several, and those that begin with it. */
  async skip(): Promise<void> {
    const goesOn = this.isRunning;
    const inHand = (job: Job): boolean => this.underWay.has(job) || this.current.has(job);
    const job = this.jobs.find(inHand) ?? this.jobs.find(({ over }) => !over);
    this.skipping = true;
    await this.pause();
    // No effect on a run that ended by itself while it was being stopped: it is done.
    this.leaveOut(job);
    this.skipping = false;
    if (goesOn)
      void this.run(undefined, this.until).catch(() => undefined); // Its status says what is wrong.
    else this.rest();
  }

  /** Forgets all results: back to the beginning. A `run` that is called meanwhile begins there. */
  reset(): Promise<void> {
    const stopped = this.pause();
    this.running = undefined;
    this.resetting = stopped.then(async () => {
      for (const job of this.current.keys()) this.drop(job);
      this.remade.clear();
      for (const job of this.jobs) {
        job.over = job.skipped = false;
        if (job.run) await this.options.store.forget(job.run);
      }
      this.tell({ kind: 'status', status: 'ready' });
    });
    return this.resetting;
  }

  async close(): Promise<void> {
    await this.resetting;
    await this.pause();
    for (const job of this.current.keys()) this.drop(job);
  }

  private async work(controller: AbortController, steps?: number): Promise<void> {
    await this.resetting;
    this.tell({ kind: 'status', status: 'running' });
    await this.options.before?.();
    try {
      await this.workOn(controller, steps);
      this.rest();
    } catch (error) {
      for (const job of this.current.keys()) this.drop(job);
      this.tell({ kind: 'status', status: 'failed', error: error as Error });
      throw error;
    }
  }

  /** Does jobs, as many at a time as there is room for, until none is left or it is stopped. */
  private async workOn(controller: AbortController, steps?: number): Promise<void> {
    const { underWay } = this;
    const { signal } = controller;
    const failures: unknown[] = [];
    const fail = (error: unknown): false => {
      failures.push(error);
      controller.abort(); // What else is under way is kept.
      return false;
    };
    let waitsFor: Job | undefined;
    while (!signal.aborted) {
      if (underWay.size > 0 && (this.isCrowded || underWay.size >= (await this.width()))) {
        await Promise.race(underWay.values());
        continue;
      }
      this.isCrowded = false;
      const { job, lease } = await this.next();
      if (job && (lease || job.benchmark)) {
        waitsFor = undefined;
        const done = lease ? this.withLease(job, lease, signal, steps) : this.measure(job, signal);
        const doing = done.catch(fail).finally(() => underWay.delete(job));
        underWay.set(job, doing);
        if (steps !== undefined && (await doing)) break;
      } else if (underWay.size > 0) {
        // The remaining runs begin with one that is under way, or are trained by another worker.
        await Promise.race([...underWay.values(), sleep(ASK_EVERY_MS, signal)]);
      } else if (job) {
        if (job !== waitsFor) this.tell({ kind: 'waiting', key: job.key });
        waitsFor = job;
        await sleep(ASK_EVERY_MS, signal);
      } else break;
    }
    await Promise.all(underWay.values());
    if (failures.length > 0) throw failures[0];
  }

  /** How many runs may be under way at once. */
  private async width(): Promise<number> {
    return this.sideBySide.takes(this.jobs, this.underWay) ? Infinity : this.trainers.width();
  }

  /** The first job that nobody else does, with its lease; else one that somebody else does; or nothing. */
  private async next(): Promise<{ job?: Job; lease?: Lease }> {
    let held: Job | undefined;
    for (const job of this.jobs) {
      if (job.over || this.underWay.has(job)) continue;
      if (job.key === this.until) break;
      if (job.benchmark) return { job };
      if (await this.findResult(job)) continue;
      // It begins with the weights of a run that is still being trained.
      if (job.parent && !job.parent.over) continue;
      const lease = await this.options.store.lease(job.run!);
      if (lease) return { job, lease };
      held ??= job;
    }
    return held ? { job: held } : {};
  }

  /** @returns that there was something to do, which was stopped or is done */
  private async measure(job: Job, signal: AbortSignal): Promise<true> {
    try {
      const { runBenchmark } = await loadBenchmark();
      const result = await runBenchmark(await this.recovery.connect(signal), job.benchmark!);
      job.over = true;
      this.tell({ kind: 'benchmark', key: job.key, result });
    } catch (error) {
      await this.recover(job, error, signal);
    }
    return true;
  }

  /** @returns whether there was something to train, and it was stopped or is done */
  private async withLease(job: Job, lease: Lease, signal: AbortSignal, steps?: number): Promise<boolean> {
    this.sideBySide.enter(job);
    try {
      // Another worker may have done it just before it let go.
      if (await this.findResult(job)) return false;
      return await this.train(job, lease, signal, steps);
    } catch (error) {
      if (error instanceof SchemaError && this.underWay.size > 1) {
        // The device may have room for it once the others are done.
        this.isCrowded = true;
      } else if (!lease.lost.aborted && !(error instanceof LeaseLostError)) {
        await this.recover(job, error, signal);
      }
      this.drop(job);
      return false;
    } finally {
      this.sideBySide.leave(job);
      await lease.release();
    }
  }

  /** @throws what went wrong, unless it was a loss and the job is worth another try */
  private async recover({ key }: Job, error: unknown, signal: AbortSignal): Promise<void> {
    const lost = await this.recovery.from(error, signal, key);
    this.tell({ kind: 'recovered', key, lost });
  }

  private async train(job: Job, lease: Lease, signal: AbortSignal, steps?: number): Promise<boolean> {
    const under = await this.resume(job, signal);
    // The run whose weights it begins with must be trained again first.
    if (!under) return false;
    const next = this.jobs.find((other) => !other.over && other !== job)?.run;
    const lookAhead = this.trainers.ahead(under, next?.spec);
    const { seconds } = under;
    const outcome = await under.train({
      steps,
      signal,
      lost: lease.lost,
      onEvent: (event) => {
        this.tell({ kind: 'training', key: job.key, seconds, event });
        lookAhead(event);
      },
      onKept: (step) => {
        this.recovery.reached(job.key, step);
        this.tell({ kind: 'kept', key: job.key, step });
      },
      onSnapshot: (snapshot) => this.tell({ kind: 'snapshot', key: job.key, snapshot }),
      onReached: (step) => this.sideBySide.reached(job, step, signal, lease.lost),
    });
    if (outcome === 'lost') this.drop(job);
    if (outcome === 'lost' || outcome === 'paused') return outcome === 'paused';
    const result = await under.finish(outcome, job.isParent);
    this.recovery.again(job.key);
    this.end(job, result, false);
    return true;
  }

  /** The run as it was paused, unless another worker has brought it further since; or it is begun. */
  private async resume(job: Job, signal: AbortSignal): Promise<PlanRun | undefined> {
    const { store, saveEveryMs = SAVE_EVERY_MS } = this.options;
    const run = job.run!;
    const part = await this.kept.partOf(run);
    const paused = this.current.get(job);
    if (paused && (part?.result.step ?? 0) <= paused.trainer.step) return paused;
    this.drop(job);
    const from = job.parent && (await this.kept.weightsOf(job.parent));
    if (job.parent && !from) {
      this.remake(job.parent, job);
      return undefined;
    }
    const trainer = await this.trainers.build(
      run.spec,
      { from, checkpoint: part?.checkpoint },
      { signal, onProgress: (done, total) => this.tell({ kind: 'building', key: job.key, done, total }) },
    );
    const under = new PlanRun(run, trainer, store, saveEveryMs, part?.result);
    this.current.set(job, under);
    this.tell({ kind: 'begins', key: job.key, head: headOf(trainer), ...(part && { part: part.result }) });
    return under;
  }

  /** A run that is done, but whose weights are gone, is trained again for the one that begins with them. */
  private remake(parent: Job, child: Job): void {
    if (this.remade.has(parent)) {
      throw new Error(
        `${child.key} begins with the weights of ${parent.key}, which could not be kept, though it was trained again for them.`,
      );
    }
    this.remade.add(parent);
    parent.over = false;
  }

  /** Whether a run is done already; then it is over. */
  private async findResult(job: Job): Promise<boolean> {
    const result = await this.kept.resultOf(job, this.jobs);
    if (result) this.end(job, result, true);
    return result !== undefined;
  }

  private end(job: Job, result: RunResult, found: boolean): void {
    job.over = true;
    this.drop(job);
    this.tell({ kind: 'result', key: job.key, result, found });
  }

  private leaveOut(job: Job | undefined): void {
    if (!job || job.over) return;
    this.drop(job);
    job.over = job.skipped = true;
    this.tell({ kind: 'skipped', key: job.key });
    for (const child of this.jobs) if (child.parent === job) this.leaveOut(child);
  }

  /** Says where it stands, unless a run is being skipped: then it goes on in a moment. */
  private rest(): void {
    if (!this.skipping) this.tell({ kind: 'status', status: this.isOver ? 'finished' : 'paused' });
  }

  private drop(job: Job): void {
    this.current.get(job)?.destroy();
    this.current.delete(job);
  }

  private tell(event: PlanEvent): void {
    this.options.listener(event);
  }
}

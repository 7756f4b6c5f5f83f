/**
 * Does a plan, run by run, on one device: what is finished is never done again, and what was interrupted goes on with
 * the same bits. It can be paused, gone on with, and sent back to the beginning; several workers on one store share the
 * work. The lessons' experiments, sweeps in the page and the command line are all done by it.
 */
import type { Device } from '../gpu/device.ts';
import { type BenchmarkResult, runBenchmark } from './benchmark.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { TrainerEvent } from './events.ts';
import { differences } from './identity.ts';
import { type Job, jobsOf, type PlanItem } from './plan-jobs.ts';
import { PlanRun } from './plan-run.ts';
import { Recovery, sleep } from './recovery.ts';
import { headOf, type RunHead, type RunResult } from './result.ts';
import { RunData } from './run-data.ts';
import type { RunSpec } from './spec.ts';
import { type Lease, LeaseLostError, type Part, type ResultStore } from './store.ts';
import type { PlannedRun } from './sweep.ts';

/** How much training may be lost at most when the program is killed or the device lost. */
const SAVE_EVERY_MS = 10_000;
/** How often it looks whether a run that another worker trains is done or free. */
const ASK_EVERY_MS = 1000;

/** What a plan tells while it is done; `key` names the item. */
export type PlanEvent =
  | { kind: 'building'; key: string; done: number; total: number }
  /** a run begins or goes on, with what it had come to before */
  | { kind: 'begins'; key: string; head: RunHead; part?: RunResult }
  /** @param seconds of training before this stretch */
  | { kind: 'training'; key: string; seconds: number; event: TrainerEvent }
  /** if all ended now, the run would go on at this step */
  | { kind: 'kept'; key: string; step: number }
  /** a run is done, now or before (`found`) */
  | { kind: 'result'; key: string; result: RunResult; found: boolean }
  | { kind: 'benchmark'; key: string; result: BenchmarkResult }
  | { kind: 'skipped'; key: string }
  /** another worker trains the run, and nothing else is left to do: it is waited for */
  | { kind: 'waiting'; key: string }
  /** the device was lost: the run goes on on another one, from where it was kept */
  | { kind: 'recovered'; key: string }
  | { kind: 'status'; status: 'ready' | 'running' | 'paused' | 'finished' }
  | { kind: 'status'; status: 'failed'; error: Error };

export interface PlanRunnerOptions {
  /** gives a device, and another one when it was lost */
  connect: () => Promise<Device>;
  store: ResultStore;
  listener: (event: PlanEvent) => unknown;
  /** what must have ended before the first run begins */
  before?: () => Promise<unknown>;
  data?: RunData;
  /** runs every kernel once before a run, so that its time is that of training alone */
  warmUp?: boolean;
  saveEveryMs?: number;
  /** pauses before a lost device is asked for again */
  pausesMs?: readonly number[];
}

export class PlanRunner {
  readonly jobs: readonly Job[];
  private readonly recovery: Recovery;
  private readonly data: RunData;
  /** the run under way, or paused */
  private current: { job: Job; under: PlanRun } | undefined;
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
    this.data = options.data ?? new RunData();
  }

  /** Runs that are still to be done. */
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
    const part = next.run && (await this.partOf(next.run));
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
    const running = this.work(this.controller.signal, steps).finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  /** Resolves when the GPU has stopped; `run` goes on exactly there. */
  async pause(): Promise<void> {
    this.controller?.abort();
    await this.running?.catch(() => undefined);
  }

  /** Leaves out the run under way, and those that begin with it. */
  async skip(): Promise<void> {
    const goesOn = this.isRunning;
    this.skipping = true;
    await this.pause();
    // A run that ended by itself while it was being stopped is done, not left out.
    if (this.isSkipping()) this.leaveOut(this.current?.job ?? this.jobs.find(({ over }) => !over));
    this.skipping = false;
    if (goesOn)
      void this.run(undefined, this.until).catch(() => undefined); // Its status says what is wrong.
    else this.rest();
  }

  /** Forgets all results: back to the beginning. A `run` that is asked for meanwhile begins there. */
  reset(): Promise<void> {
    const stopped = this.pause();
    this.running = undefined;
    this.resetting = stopped.then(async () => {
      this.drop();
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
    this.drop();
  }

  private async work(signal: AbortSignal, steps?: number): Promise<void> {
    await this.resetting;
    this.tell({ kind: 'status', status: 'running' });
    await this.options.before?.();
    try {
      let waitsFor: Job | undefined;
      while (!signal.aborted) {
        const { job, lease } = await this.next();
        if (job === undefined) break;
        if (job.benchmark) await this.measure(job, signal);
        else if (lease) {
          waitsFor = undefined;
          const isDone = await this.withLease(job, lease, signal, steps);
          if (isDone && steps !== undefined) break;
        } else {
          if (job !== waitsFor) this.tell({ kind: 'waiting', key: job.key });
          waitsFor = job;
          await sleep(ASK_EVERY_MS, signal);
        }
      }
      this.rest();
    } catch (error) {
      this.drop();
      this.tell({ kind: 'status', status: 'failed', error: error as Error });
      throw error;
    }
  }

  /** The first job that nobody else does, with its lease; else one that somebody else does; or nothing. */
  private async next(): Promise<{ job?: Job; lease?: Lease }> {
    let held: Job | undefined;
    for (const job of this.jobs) {
      if (job.over) continue;
      if (job.key === this.until) break;
      if (job.benchmark) return { job };
      if (await this.findResult(job)) continue;
      // The run that it begins with is being trained elsewhere.
      if (job.parent && !job.parent.over) continue;
      const lease = await this.options.store.lease(job.run!);
      if (lease) return { job, lease };
      held ??= job;
    }
    return held ? { job: held } : {};
  }

  private async measure(job: Job, signal: AbortSignal): Promise<void> {
    try {
      const result = await runBenchmark(await this.recovery.connect(signal), job.benchmark!);
      job.over = true;
      this.tell({ kind: 'benchmark', key: job.key, result });
    } catch (error) {
      await this.recovery.from(error, signal);
      this.tell({ kind: 'recovered', key: job.key });
    }
  }

  /** @returns whether there was something to train, and it was stopped or is done */
  private async withLease(job: Job, lease: Lease, signal: AbortSignal, steps?: number): Promise<boolean> {
    try {
      // Another worker may have done it just before it let go.
      if (await this.findResult(job)) return false;
      return await this.train(job, lease, signal, steps);
    } catch (error) {
      if (!lease.lost.aborted && !(error instanceof LeaseLostError)) {
        await this.recovery.from(error, signal);
        this.tell({ kind: 'recovered', key: job.key });
      }
      this.drop();
      return false;
    } finally {
      await lease.release();
    }
  }

  private async train(job: Job, lease: Lease, signal: AbortSignal, steps?: number): Promise<boolean> {
    const under = await this.resume(job, signal);
    // The run whose weights it begins with comes first, once more.
    if (!under) return false;
    const next = this.jobs.find((other) => !other.over && other !== job)?.run;
    const lookAhead = this.data.ahead(under.run.spec, next?.spec);
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
    });
    if (outcome === 'lost') this.drop();
    if (outcome === 'lost' || outcome === 'paused') return outcome === 'paused';
    const result = await under.finish(outcome, job.isParent);
    this.recovery.again();
    this.skipping = false;
    this.end(job, result, false);
    return true;
  }

  /** The run as it was paused, unless another worker has brought it further since; or it is begun. */
  private async resume(job: Job, signal: AbortSignal): Promise<PlanRun | undefined> {
    const { store } = this.options;
    const run = job.run!;
    const part = await this.partOf(run);
    if (this.current?.job === job && (part?.result.step ?? 0) <= this.current.under.trainer.step)
      return this.current.under;
    this.drop();
    const from = job.parent && (await this.weightsOf(job.parent));
    if (job.parent && !from) {
      this.remake(job.parent, job);
      return undefined;
    }
    const device = await this.recovery.connect(signal);
    const under = await PlanRun.begin(run, device, store, this.options.saveEveryMs ?? SAVE_EVERY_MS, {
      from,
      part,
      data: this.data.of(run.spec),
      warmUp: this.options.warmUp,
      onProgress: (done, total) => this.tell({ kind: 'building', key: job.key, done, total }),
    });
    this.current = { job, under };
    const head = headOf(under.trainer);
    this.tell({ kind: 'begins', key: job.key, head, ...(part && { part: part.result }) });
    return under;
  }

  /** What was kept of a run that was interrupted, if it is of this run. */
  private async partOf(run: PlannedRun): Promise<Part | undefined> {
    const part = await this.options.store.loadPart(run);
    if (!part || !isOf(run, part.checkpoint) || !isOf(run, part.result)) return undefined;
    return part.result.step === part.checkpoint.step ? part : undefined;
  }

  private async weightsOf({ run }: Job): Promise<Checkpoint | undefined> {
    const weights = await this.options.store.loadCheckpoint(run!);
    return weights && isOf(run!, weights) ? weights : undefined;
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

  /** Whether a run is done and, where a run that is still to be done begins with it, its weights are there as well. */
  private async findResult(job: Job): Promise<boolean> {
    const result = job.run && (await this.options.store.load(job.run));
    if (!result) return false;
    if (job.isParent && !(await this.weightsOf(job))) {
      const children = this.jobs.filter(({ parent }) => parent === job);
      const areDone = await Promise.all(children.map(({ run }) => this.options.store.load(run!)));
      if (!areDone.every(Boolean)) return false;
    }
    this.end(job, result, true);
    return true;
  }

  private end(job: Job, result: RunResult, found: boolean): void {
    job.over = true;
    if (this.current?.job === job) this.drop();
    this.tell({ kind: 'result', key: job.key, result, found });
  }

  private leaveOut(job: Job | undefined): void {
    if (!job || job.over) return;
    if (this.current?.job === job) this.drop();
    job.over = job.skipped = true;
    this.tell({ kind: 'skipped', key: job.key });
    for (const child of this.jobs) if (child.parent === job) this.leaveOut(child);
  }

  private isSkipping(): boolean {
    return this.skipping;
  }

  /** Says where it stands, unless a run is being skipped: then it goes on in a moment. */
  private rest(): void {
    if (!this.skipping) this.tell({ kind: 'status', status: this.isOver ? 'finished' : 'paused' });
  }

  /** Frees the run under way. */
  private drop(): void {
    this.current?.under.destroy();
    this.current = undefined;
  }

  private tell(event: PlanEvent): void {
    this.options.listener(event);
  }
}

/** Whether what a store holds under the name of a run is of that run. */
function isOf({ spec }: PlannedRun, kept: { spec: RunSpec }): boolean {
  return differences(kept.spec, spec).length === 0;
}

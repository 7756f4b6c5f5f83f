/** A lesson's experiment or a sweep in the worker: a plan, told to the page as `ExperimentEvent`s. */
import type { Device } from '../gpu/device.ts';
import type { TrainerEvent } from '../training/events.ts';
import { requireKernels } from '../training/benchmark.ts';
import { estimatePlan } from '../training/estimate.ts';
import type { Job } from '../training/plan-jobs.ts';
import { type PlanEvent, PlanRunner } from '../training/plan-runner.ts';
import type { RunResult } from '../training/result.ts';
import { RunData } from '../training/run-data.ts';
import type { ResultStore } from '../training/store.ts';
import { Trainer } from '../training/trainer.ts';
import { planItems } from './jobs.ts';
import type { ExperimentEvent, ExperimentItem } from './protocol.ts';

/** Least time between two `progress` events. */
const PROGRESS_EVERY_MS = 100;
/** How much training may be lost at most when the tab is closed or the device lost. */
const SAVE_EVERY_MS = 3000;

export class ExperimentSession {
  private readonly runner: PlanRunner;
  private readonly data = new RunData();
  private isClosed = false;
  private estimating: Promise<void> = Promise.resolve();
  private progressAt = 0;
  /** FLOPs that this session has done, and how long they took, s */
  private readonly done = { cost: 0, seconds: 0 };

  private constructor(
    connect: () => Promise<Device>,
    items: readonly ExperimentItem[],
    kept: ResultStore,
    private readonly listener: (event: ExperimentEvent) => unknown,
  ) {
    this.runner = new PlanRunner(planItems(items), {
      connect,
      store: kept,
      data: this.data,
      saveEveryMs: SAVE_EVERY_MS,
      before: () => this.estimating,
      listener: (event) => this.hear(event),
    });
  }

  /** @throws SchemaError, NoGPUError, NoKernelsError: the message is for people */
  static async open(
    connect: () => Promise<Device>,
    items: readonly ExperimentItem[],
    kept: ResultStore,
    listener: (event: ExperimentEvent) => unknown,
  ): Promise<ExperimentSession> {
    const session = new ExperimentSession(connect, items, kept, listener);
    const device = await connect();
    if (session.runner.jobs.some(({ benchmark }) => benchmark)) requireKernels(device);
    const status = await session.runner.find();
    // Events and answers come by different ways: the page has heard where it stands before it has the answer.
    await listener({ kind: 'status', status });
    // Running it will say what is wrong.
    session.estimating = session.estimate(device).catch(() => undefined);
    void session.estimating.then(() => session.warmUp(device)).catch(() => undefined);
    return session;
  }

  /** Does what is left, up to the run `before`; while it is under way already, waits for that. */
  run(steps?: number, before?: string): Promise<void> {
    return this.runner.run(steps, before);
  }

  pause(): Promise<void> {
    return this.runner.pause();
  }

  skip(): Promise<void> {
    return this.runner.skip();
  }

  /** Back to the beginning. A `run` that is asked for meanwhile begins there. */
  async reset(): Promise<void> {
    await this.runner.reset();
    this.done.cost = this.done.seconds = 0;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.estimating;
    await this.runner.close();
  }

  private async estimate(device: Device): Promise<void> {
    const { left } = this.runner;
    if (!left.length) return;
    const { seconds } = await estimatePlan(device, left, this.data);
    this.listener({ kind: 'estimate', seconds });
  }

  /**
   * Has the kernels of all runs compiled while the learner reads. Adapters that compute on the CPU compile when a kernel
   * first runs, and would only be kept from other work.
   */
  private async warmUp(device: Device): Promise<void> {
    if (device.isSoftware) return;
    for (const { spec } of this.runner.left) {
      if (this.runner.isRunning || this.isClosed) return;
      (await Trainer.create(device, spec, { data: this.data.of(spec) })).destroy();
    }
  }

  private hear(event: PlanEvent): void {
    switch (event.kind) {
      case 'begins':
        this.listener({ kind: 'begins', key: event.key, head: event.head });
        if (event.part) this.repeat(event.key, event.part);
        return;
      case 'training':
        if (event.event.kind === 'speed') this.progress(event.key, event.event, event.seconds);
        else this.listener({ ...event.event, key: event.key });
        return;
      case 'result': {
        const job = this.runner.jobs.find(({ key }) => key === event.key)!;
        if (!event.found) {
          this.done.cost += job.cost;
          this.done.seconds += event.result.seconds;
        }
        // A page writes results as JSON, which knows lists alone.
        const { losses } = event.result;
        const lists = { ...losses, values: losses.values.map((curve) => Array.from(curve)) };
        this.listener({ ...event, result: { ...event.result, losses: lists } });
        return;
      }
      case 'status':
        this.listener(
          event.status === 'failed'
            ? { kind: 'status', status: 'failed', name: event.error.name, message: event.error.message }
            : event,
        );
        return;
      default:
        this.listener(event);
    }
  }

  /** Tells of the part of a run that was trained before. */
  private repeat(key: string, { spec, losses: { first, values }, evaluations }: RunResult): void {
    const steps = values[0]!.length;
    const losses = new Float32Array(steps * spec.replicas);
    values.forEach((own, r) => own.forEach((loss, i) => (losses[i * spec.replicas + r] = loss)));
    this.listener({ kind: 'losses', key, first, replicas: spec.replicas, losses });
    for (const { step, sets } of evaluations) this.listener({ kind: 'evaluation', key, step, sets });
  }

  private progress(key: string, event: TrainerEvent & { kind: 'speed' }, seconds: number): void {
    const now = performance.now();
    if (now - this.progressAt < PROGRESS_EVERY_MS) return;
    this.progressAt = now;
    const { jobs } = this.runner;
    const job = jobs.find((other) => other.key === key)!;
    const { step, secondsLeft, stepsPerSecond, tokensPerSecond, gflops } = event;
    const cost = (some: readonly Job[]): number => some.reduce((sum, { cost }) => sum + cost, 0);
    const after = cost(jobs.filter((other) => !other.over && other !== job));
    const total = cost(jobs.filter(({ skipped }) => !skipped));
    const here = (job.cost * step) / job.run!.spec.steps;
    const spent = this.done.seconds + seconds + step / stepsPerSecond;
    const perCost = spent / Math.max(1, this.done.cost + here);
    this.listener({
      kind: 'progress',
      key,
      step,
      share: (total - after - job.cost + here) / total,
      secondsLeft: secondsLeft + after * perCost,
      stepsPerSecond,
      tokensPerSecond,
      gflops,
    });
  }
}

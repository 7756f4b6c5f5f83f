/** A lesson's experiment or a sweep in the worker: a plan, told to the page as `ExperimentEvent`s. */
import type { CrewSource } from '../crew/source.ts';
import type { Device } from '../gpu/device.ts';
import type { TrainerEvent } from '../training/trainer/events.ts';
import { loadBenchmark } from '../training/measuring/load-benchmark.ts';
import { estimatePlan } from '../training/spec/estimate.ts';
import type { Job } from '../training/plan/plan-jobs.ts';
import type { PlanEvent } from '../training/plan/plan-events.ts';
import { PlanRunner } from '../training/plan/plan-runner.ts';
import type { RunResult } from '../training/results/result.ts';
import { RunData } from '../training/spec/run-data.ts';
import type { ResultStore } from '../training/plan/store.ts';
import { Trainer } from '../training/trainer/trainer.ts';
import { planItems } from './jobs.ts';
import type { ExperimentEvent, ExperimentItem } from './protocol.ts';

type Speed = TrainerEvent & { kind: 'speed' };

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
  /** of each run under way the last speed, and how long it had been trained before this stretch, s */
  private readonly underWay = new Map<string, { speed: Speed; seconds: number }>();
  /** FLOPs that this session has done, and how long they took, s */
  private readonly done = { cost: 0, seconds: 0 };

  private constructor(
    connect: () => Promise<Device>,
    items: readonly ExperimentItem[],
    kept: ResultStore,
    private readonly listener: (event: ExperimentEvent) => unknown,
    private readonly crew: CrewSource | undefined,
  ) {
    this.runner = new PlanRunner(planItems(items), {
      connect,
      crew: crew && ((device) => crew.on(device)),
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
    crew?: CrewSource,
  ): Promise<ExperimentSession> {
    const session = new ExperimentSession(connect, items, kept, listener, crew);
    const device = await connect();
    if (session.runner.jobs.some(({ benchmark }) => benchmark)) {
      // Loaded now: a script that cannot be loaded stops the plan at its beginning, not in its middle.
      (await loadBenchmark()).requireKernels(device);
    }
    const status = await session.runner.find();
    // Events and answers travel apart: waited for, so that the page has the status before the answer.
    await listener({ kind: 'status', status });
    // An error here is met again, and said, when the plan runs.
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

  /** Back to the beginning. A `run` that is called meanwhile begins there. */
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
    const { seconds } = await estimatePlan(device, left, {
      data: this.data,
      cores: this.crew?.sizeOn(device),
    });
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
    if (event.kind === 'result' || event.kind === 'skipped' || event.kind === 'recovered')
      this.underWay.delete(event.key);
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
        // Pages write results as JSON, which would make objects of typed arrays.
        const { losses } = event.result;
        const lists = { ...losses, values: losses.values.map((curve) => Array.from(curve)) };
        this.listener({ ...event, result: { ...event.result, losses: lists } });
        return;
      }
      case 'status':
        this.underWay.clear();
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
  private repeat(key: string, { spec, losses, evaluations, snapshots = [] }: RunResult): void {
    const { first, values } = losses;
    const steps = values[0]!.length;
    const all = new Float32Array(steps * spec.replicas);
    values.forEach((own, r) => own.forEach((loss, i) => (all[i * spec.replicas + r] = loss)));
    this.listener({ kind: 'losses', key, first, replicas: spec.replicas, losses: all });
    for (const { step, sets } of evaluations) this.listener({ kind: 'evaluation', key, step, sets });
    for (const snapshot of snapshots) this.listener({ kind: 'snapshot', key, snapshot });
  }

  /** Tells of the first of the runs under way, and how far all of them have come. */
  private progress(key: string, speed: Speed, seconds: number): void {
    this.underWay.set(key, { speed, seconds });
    const now = performance.now();
    if (now - this.progressAt < PROGRESS_EVERY_MS) return;
    this.progressAt = now;
    const { jobs } = this.runner;
    const cost = (some: readonly Job[]): number => some.reduce((sum, { cost }) => sum + cost, 0);
    const total = cost(jobs.filter(({ skipped }) => !skipped));
    const left = jobs.filter(({ over }) => !over);
    const after = cost(left.filter(({ key }) => !this.underWay.has(key)));
    const here = left.flatMap((job) => {
      const of = this.underWay.get(job.key);
      return of ? [{ ...of, job, trained: (job.cost * of.speed.step) / job.run!.spec.steps }] : [];
    });
    const sum = (of: (each: (typeof here)[number]) => number): number =>
      here.reduce((sum, each) => sum + of(each), 0);
    const trained = sum((each) => each.trained);
    // Runs that train at once slow each other down: the cost done so far, over the time of all, allows for that.
    const spent =
      this.done.seconds + sum((each) => each.seconds + each.speed.step / each.speed.stepsPerSecond);
    const perCost = spent / Math.max(1, this.done.cost + trained);
    const secondsOfAll = sum((each) => each.speed.secondsLeft) + after * perCost;
    const { speed: first, job } = here[0]!;
    this.listener({
      kind: 'progress',
      key: job.key,
      step: first.step,
      share: (total - cost(left) + trained) / total,
      secondsLeft: Math.max(secondsOfAll / here.length, ...here.map((each) => each.speed.secondsLeft)),
      stepsPerSecond: first.stepsPerSecond,
      tokensPerSecond: sum((each) => each.speed.tokensPerSecond),
      gflops: sum((each) => each.speed.gflops),
    });
  }
}

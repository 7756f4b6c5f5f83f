/** A lesson's experiment in the worker: its runs one after the other, each paused and gone on with exactly. */
import type { Device } from '../gpu/device.ts';
import { runBenchmark } from '../training/benchmark.ts';
import type { Checkpoint } from '../training/checkpoint.ts';
import { estimatePlan } from '../training/estimate.ts';
import type { TrainerEvent } from '../training/events.ts';
import { ResultRecorder, type RunResult } from '../training/result.ts';
import { RunData } from '../training/run-data.ts';
import type { ResultStore } from '../training/store.ts';
import type { PlannedRun } from '../training/sweep.ts';
import { Trainer } from '../training/trainer.ts';
import { jobsOf, type Job } from './jobs.ts';
import { isLost } from './lost.ts';
import type { BenchmarkSpec, ExperimentEvent, ExperimentItem, RunStatus } from './protocol.ts';

/** Least time between two `progress` events. */
const PROGRESS_EVERY_MS = 100;
/** How much training may be lost at most when the tab is closed or the device lost. */
const SAVE_EVERY_MS = 3000;

/** The run under way. */
interface Current {
  job: Job;
  run: PlannedRun;
  trainer: Trainer;
  recorder: ResultRecorder;
  /** time of training, without pauses, s */
  seconds: number;
  /** when it was last kept */
  savedAt: number;
}

export class ExperimentSession {
  private current: Current | undefined;
  private controller: AbortController | undefined;
  private running: Promise<void> | undefined;
  private skipping = false;
  private isClosed = false;
  /** key of the run before which it pauses */
  private before: string | undefined;
  private resetting: Promise<void> = Promise.resolve();
  private estimating: Promise<void> = Promise.resolve();
  private progressAt = 0;
  private readonly data = new RunData();
  /** FLOPs that this session has done, and how long they took, s */
  private readonly done = { cost: 0, seconds: 0 };

  private constructor(
    private readonly connect: () => Promise<Device>,
    private readonly jobs: readonly Job[],
    private readonly kept: ResultStore,
    private readonly listener: (event: ExperimentEvent) => unknown,
  ) {}

  /** @throws SchemaError, NoGPUError: the message is for people */
  static async open(
    connect: () => Promise<Device>,
    items: readonly ExperimentItem[],
    kept: ResultStore,
    listener: (event: ExperimentEvent) => unknown,
  ): Promise<ExperimentSession> {
    const session = new ExperimentSession(connect, jobsOf(items), kept, listener);
    const device = await connect();
    await session.findResults();
    const isInside = await session.findPart();
    // Events and answers come by different ways: the page has heard where it stands before it has the answer.
    await listener({ kind: 'status', status: session.standing(isInside) });
    // Running it will say what is wrong.
    session.estimating = session.estimate(device).catch(() => undefined);
    void session.estimating.then(() => session.warmUp(device)).catch(() => undefined);
    return session;
  }

  /** Does what is left, up to the run `before`; while it is under way already, waits for that. */
  run(steps?: number, before?: string): Promise<void> {
    this.before = before;
    if (this.running) return this.running;
    this.controller = new AbortController();
    const running = this.work(this.controller.signal, steps).finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  async pause(): Promise<void> {
    this.controller?.abort();
    await this.running?.catch(() => undefined);
  }

  async skip(): Promise<void> {
    const goesOn = this.running !== undefined;
    this.skipping = true;
    await this.pause();
    if (this.isSkipping()) this.leaveOut(this.current?.job ?? this.jobs.find(({ over }) => !over));
    this.skipping = false;
    if (goesOn)
      void this.run(undefined, this.before).catch(() => undefined); // Its status says what is wrong.
    else this.rest();
  }

  /** Back to the beginning. A `run` that is asked for meanwhile begins there. */
  reset(): Promise<void> {
    const stopped = this.pause();
    this.running = undefined;
    this.resetting = stopped.then(async () => {
      this.drop();
      for (const job of this.jobs) {
        job.over = job.skipped = false;
        if (job.run) await this.kept.forget(job.run);
      }
      this.done.cost = this.done.seconds = 0;
      this.say('ready');
    });
    return this.resetting;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.estimating;
    await this.resetting;
    await this.pause();
    this.drop();
  }

  /** A run that ends by itself while it is being stopped is done, not left out. */
  private isSkipping(): boolean {
    return this.skipping;
  }

  private async estimate(device: Device): Promise<void> {
    const { left } = this;
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
    for (const { spec } of this.left) {
      if (this.running || this.isClosed) return;
      (await Trainer.create(device, spec, { data: this.data.of(spec) })).destroy();
    }
  }

  /** Runs that are still to be done. */
  private get left(): PlannedRun[] {
    return this.jobs.flatMap(({ over, run }) => (run && !over ? [run] : []));
  }

  private async findResults(): Promise<void> {
    for (const job of this.jobs) {
      const result = job.run && (await this.kept.load(job.run));
      if (!result) continue;
      // Another experiment may have had the same run without keeping its weights, as nothing there began with it.
      const isParent = this.jobs.some(({ from }) => from === job.key);
      if (isParent && !(await this.kept.loadCheckpoint(job.run!))) continue;
      job.over = true;
      this.listener({ kind: 'result', key: job.key, result, found: true });
    }
  }

  /** Whether an earlier visit ended in the middle of the next run; what it came to is told. */
  private async findPart(): Promise<boolean> {
    const next = this.jobs.find(({ over }) => !over);
    const part = next?.run && (await this.kept.loadPart(next.run));
    if (!part) return false;
    this.listener({ kind: 'begins', key: next.key, head: part.result });
    this.repeat(next.key, part.result);
    return true;
  }

  /** How far an earlier visit came. */
  private standing(isInside: boolean): RunStatus {
    if (this.jobs.every(({ over }) => over)) return 'finished';
    return isInside || this.jobs.some(({ over }) => over) ? 'paused' : 'ready';
  }

  private async work(signal: AbortSignal, steps?: number): Promise<void> {
    await this.resetting;
    this.say('running');
    await this.estimating;
    try {
      for (;;) {
        const job = this.jobs.find(({ over }) => !over);
        if (!job) break;
        if (signal.aborted || job.key === this.before) {
          this.rest();
          return;
        }
        if (job.benchmark) await this.measure(job, job.benchmark);
        else if (!(await this.train(job, signal, steps)) || steps !== undefined) {
          this.rest();
          return;
        }
      }
      this.say('finished');
    } catch (error) {
      this.drop();
      this.say('failed', (error as Error).message);
      throw error;
    }
  }

  private async measure(job: Job, spec: BenchmarkSpec): Promise<void> {
    const result = await runBenchmark(await this.connect(), spec);
    job.over = true;
    this.listener({ kind: 'benchmark', key: job.key, result });
  }

  /** Trains one run on. False when it was stopped before its end. */
  private async train(job: Job, signal: AbortSignal, steps?: number): Promise<boolean> {
    const current = (this.current ??= await this.begin(job));
    const { trainer, recorder, run } = current;
    const next = this.jobs.find((other) => !other.over && other !== job)?.run;
    const lookAhead = this.data.ahead(run.spec, next?.spec);
    const started = performance.now();
    const before = current.seconds;
    try {
      const outcome = await trainer.run({
        ...(steps !== undefined && { steps }),
        signal,
        onEvent: (event) => {
          recorder.hear(event);
          this.hear(current, event);
          lookAhead(event);
        },
        onCheckpoint: async (checkpoint) => {
          if (performance.now() - current.savedAt > SAVE_EVERY_MS)
            await this.keepPart(current, await checkpoint());
        },
      });
      current.seconds = before + (performance.now() - started) / 1000;
      if (outcome === 'paused') {
        await this.keepPart(current, await trainer.checkpoint());
        return false;
      }
      if (this.jobs.some(({ from }) => from === job.key)) {
        await this.kept.saveCheckpoint(run, await trainer.checkpoint());
      }
      const result = { ...recorder.result(outcome), seconds: current.seconds };
      await this.kept.save(run, result);
      job.over = true;
      this.skipping = false;
      this.done.cost += job.cost;
      this.done.seconds += current.seconds;
      this.drop();
      this.listener({ kind: 'result', key: job.key, result, found: false });
      return true;
    } catch (error) {
      if (!(await isLost(trainer.device))) throw error;
      // On a new device the run goes on from where it was last kept.
      this.drop();
      this.listener({ kind: 'recovered', key: job.key });
      return !signal.aborted;
    }
  }

  private async begin(job: Job): Promise<Current> {
    const { key, run, from } = job;
    const parent = this.jobs.find((other) => other.key === from)?.run;
    const weights = parent && (await this.kept.loadCheckpoint(parent));
    if (parent && !weights) throw new Error(`The weights that ${key} begins with are gone. Start over.`);
    const part = await this.kept.loadPart(run!);
    const trainer = await Trainer.create(await this.connect(), run!.spec, {
      data: this.data.of(run!.spec),
      ...(weights && { from: weights }),
      ...(part && { checkpoint: part.checkpoint }),
      onProgress: (done, total) => this.listener({ kind: 'building', key, done, total }),
    });
    const { device, info, spec } = trainer;
    this.listener({
      kind: 'begins',
      key,
      head: {
        spec,
        device: device.name,
        parameters: info.parameters,
        flopsPerStep: info.flopsPerStep,
        tokensPerStep: info.tokensPerStep,
        compileSeconds: info.compileMs / 1000,
        ...(info.floor !== undefined && { floor: info.floor }),
        ...(info.from && { from: info.from }),
      },
    });
    if (part) this.repeat(key, part.result);
    return {
      job,
      run: run!,
      trainer,
      recorder: new ResultRecorder(trainer, part?.result),
      seconds: part?.result.seconds ?? 0,
      savedAt: performance.now(),
    };
  }

  /** Tells of the part of a run that was trained in an earlier visit. */
  private repeat(key: string, { spec, losses: { first, values }, evaluations }: RunResult): void {
    const steps = values[0]!.length;
    const losses = new Float32Array(steps * spec.replicas);
    values.forEach((own, r) => own.forEach((loss, i) => (losses[i * spec.replicas + r] = loss)));
    this.listener({ kind: 'losses', key, first, replicas: spec.replicas, losses });
    for (const { step, sets } of evaluations) this.listener({ kind: 'evaluation', key, step, sets });
  }

  private async keepPart(current: Current, checkpoint: Checkpoint): Promise<void> {
    current.savedAt = performance.now();
    const result = { ...current.recorder.result('paused'), seconds: current.seconds };
    await this.kept.savePart(current.run, { result, checkpoint });
  }

  private hear({ job, run, seconds }: Current, event: TrainerEvent): void {
    const { key } = job;
    if (event.kind !== 'speed') {
      this.listener({ ...event, key });
      return;
    }
    const now = performance.now();
    if (now - this.progressAt < PROGRESS_EVERY_MS) return;
    this.progressAt = now;
    const { step, secondsLeft, stepsPerSecond, tokensPerSecond, gflops } = event;
    const cost = (jobs: readonly Job[]): number => jobs.reduce((sum, { cost }) => sum + cost, 0);
    const after = cost(this.jobs.filter((other) => !other.over && other !== job));
    const total = cost(this.jobs.filter(({ skipped }) => !skipped));
    const here = (job.cost * step) / run.spec.steps;
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

  /** A run is left out together with those that begin with it. */
  private leaveOut(job: Job | undefined): void {
    if (!job || job.over) return;
    if (this.current?.job === job) this.drop();
    job.over = job.skipped = true;
    this.listener({ kind: 'skipped', key: job.key });
    for (const child of this.jobs) if (child.from === job.key) this.leaveOut(child);
  }

  /** Says where it stands, unless a run is being skipped: then it goes on in a moment. */
  private rest(): void {
    if (!this.skipping) this.say(this.jobs.every(({ over }) => over) ? 'finished' : 'paused');
  }

  /** Frees the run under way. */
  private drop(): void {
    this.current?.trainer.destroy();
    this.current = undefined;
  }

  private say(status: RunStatus, message?: string): void {
    this.listener({ kind: 'status', status, ...(message !== undefined && { message }) });
  }
}

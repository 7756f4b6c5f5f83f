/** An experiment without a GPU: every run falls from 1 towards a floor, and measures what its task is about. */
import { nextEvaluation } from '../../src/training/spec/evaluation-points.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';
import { flopsPerStep, parametersOf } from '../../src/training/spec/flops.ts';
import type {
  BenchmarkSpec,
  ExperimentEvent,
  ExperimentItem,
  RunHead,
  RunResult,
  RunSpec,
  Snapshot,
} from '../../src/worker/protocol.ts';
import type { FakeOptions } from './fake-lab.ts';
import { lossAt, measure, measureDevice } from './fake-world.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const DEVICE = 'Pretend GPU 7';

interface FakeBenchmark {
  key: string;
  benchmark: BenchmarkSpec;
  over: boolean;
}

interface FakeJob {
  key: string;
  spec: RunSpec;
  step: number;
  over: boolean;
  losses: number[][];
  evaluations: RunResult['evaluations'];
  /** it trains side by side with the others of which this is true */
  beside: boolean;
  /** how many answers of each replica are looked at */
  asked: number;
  snapshots: Snapshot[];
}

type RunItem = Extract<ExperimentItem, { spec: unknown }>;

export class FakeExperiment {
  private readonly jobs: (FakeJob | FakeBenchmark)[];
  private stopped = false;
  private before: string | undefined;
  private running: Promise<void> | undefined;

  constructor(
    items: readonly ExperimentItem[],
    private readonly listener: (event: ExperimentEvent) => void,
    private readonly options: FakeOptions,
  ) {
    this.jobs = items.map((item) =>
      'spec' in item ? jobOf(item) : { key: item.key, benchmark: item.benchmark, over: false },
    );
    listener({ kind: 'status', status: 'ready' });
    listener({ kind: 'estimate', seconds: this.options.estimate ?? 12 });
  }

  run(steps = Infinity, before?: string): Promise<void> {
    this.before = before;
    this.running ??= this.work(steps).finally(() => (this.running = undefined));
    return this.running;
  }

  async pause(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  async skip(): Promise<void> {
    const goesOn = this.running !== undefined;
    await this.pause();
    const job = this.jobs.find(({ over }) => !over);
    if (job) {
      job.over = true;
      this.listener({ kind: 'skipped', key: job.key });
    }
    if (goesOn) void this.run(Infinity, this.before);
  }

  async reset(): Promise<void> {
    await this.pause();
    for (const job of this.jobs) {
      job.over = false;
      if ('spec' in job) Object.assign(job, jobOf(job));
    }
    this.listener({ kind: 'status', status: 'ready' });
  }

  /** All runs without waiting. */
  finish(onResult: (key: string, result: RunResult) => void): void {
    for (const job of this.jobs) {
      if ('benchmark' in job) continue;
      this.evaluate(job, 0);
      while (job.step < job.spec.steps) this.advance(job, Math.min(100, job.spec.steps - job.step));
      onResult(job.key, resultOf(job));
    }
  }

  private async work(steps: number): Promise<void> {
    this.stopped = false;
    this.listener({ kind: 'status', status: 'running' });
    let left = steps;
    await this.workSideBySide();
    for (const job of this.jobs.filter(({ over }) => !over)) {
      if (job.key === this.before) {
        this.listener({ kind: 'status', status: 'paused' });
        return;
      }
      if ('benchmark' in job) {
        job.over = true;
        const result = measureDevice(job.benchmark, DEVICE);
        this.listener({ kind: 'benchmark', key: job.key, result });
        continue;
      }
      if (job.step === 0) this.begin(job);
      while (job.step < job.spec.steps && left > 0) {
        await sleep(this.options.tickMs ?? 20);
        if (this.isStopped()) break;
        const count = Math.min(left, job.spec.steps - job.step, this.options.stepsPerTick ?? 200);
        this.advance(job, count);
        left -= count;
      }
      if (job.step < job.spec.steps) {
        this.listener({ kind: 'status', status: 'paused' });
        return;
      }
      job.over = true;
      this.listener({ kind: 'result', key: job.key, result: resultOf(job), found: false });
    }
    this.listener({ kind: 'status', status: 'finished' });
  }

  private async workSideBySide(): Promise<void> {
    const together = this.jobs.filter((job): job is FakeJob => 'spec' in job && job.beside && !job.over);
    for (const job of together) if (job.step === 0) this.begin(job);
    while (!this.isStopped() && together.some(({ step, spec }) => step < spec.steps)) {
      await sleep(this.options.tickMs ?? 20);
      for (const job of together)
        this.advance(job, Math.min(this.options.stepsPerTick ?? 200, job.spec.steps - job.step));
    }
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private begin(job: FakeJob): void {
    this.listener({ kind: 'building', key: job.key, done: 3, total: 3 });
    this.listener({ kind: 'begins', key: job.key, head: headOf(job) });
    this.evaluate(job, 0);
  }

  private advance(job: FakeJob, count: number): void {
    const { replicas } = job.spec;
    const losses = new Float32Array(count * replicas);
    for (let i = 0; i < losses.length; i++) {
      const r = i % replicas;
      const step = job.step + Math.floor(i / replicas);
      losses[i] = this.isDiverged(step, r) ? NaN : lossAt(job.spec, step, r);
      job.losses[r]!.push(losses[i]!);
    }
    this.listener({ kind: 'losses', key: job.key, first: job.step, replicas, losses });
    const { evaluate, steps } = job.spec;
    const end = job.step + count;
    for (let step = job.step + 1; step <= end; step++) {
      step = Math.min(nextEvaluation(evaluate, headOf(job).flopsPerStep, step), steps);
      if (step <= end) this.evaluate(job, step);
    }
    job.step = end;
    const done = this.jobs.filter(({ over }) => over).length;
    this.listener({
      kind: 'progress',
      key: job.key,
      step: job.step,
      share: (done + job.step / job.spec.steps) / this.jobs.length,
      secondsLeft: 10 * (1 - (done + job.step / job.spec.steps) / this.jobs.length),
      stepsPerSecond: 2500,
      tokensPerSecond: 640_000,
      gflops: 41.5,
    });
  }

  private isDiverged(step: number, replica: number): boolean {
    const { divergeAt = Infinity, divergeReplica = replica } = this.options;
    return step >= divergeAt && replica === divergeReplica;
  }

  private evaluate(job: FakeJob, step: number): void {
    const sets = measure(job.spec, step);
    for (const records of Object.values(sets))
      records.forEach((record, r) => {
        if (this.isDiverged(step, r)) record.loss = NaN;
      });
    job.evaluations.push({ step, sets });
    this.listener({ kind: 'evaluation', key: job.key, step, sets });
    if (job.asked === 0) return;
    const snapshot = { step, weights: {}, answers: answersOf(job, step) };
    job.snapshots.push(snapshot);
    this.listener({ kind: 'snapshot', key: job.key, snapshot });
  }
}

/** Wide ones answer rightly from the middle on, every second seed; what else is said is zero. */
function answersOf({ spec, asked }: FakeJob, step: number): number[][][] {
  const { task, options } = taskOf(spec);
  const { targets, targetWidth } = task.generate(options, spec.dataSeed).evaluation.validation;
  const isWide = spec.model.kind === 'transformer' && spec.model.width >= 8;
  return Array.from({ length: spec.replicas }, (_, replica) =>
    Array.from({ length: asked }, (_, row) => {
      const right = Array.from(targets.subarray(row * targetWidth, (row + 1) * targetWidth));
      const isRight = isWide && replica % 2 === 0 && 2 * step > spec.steps;
      return right.filter((id) => id >= 0).map((id) => (isRight ? id : 0));
    }),
  );
}

/** What the runs of a plan leave behind, at once. */
export function fakeResults(items: readonly ExperimentItem[]): Map<string, RunResult> {
  const results = new Map<string, RunResult>();
  new FakeExperiment(items, () => undefined, {}).finish((key, result) => results.set(key, result));
  return results;
}

function jobOf(item: RunItem | FakeJob): FakeJob {
  const { key, beside = false } = item;
  const spec = parseSpec(item.spec);
  const watch = 'watch' in item ? item.watch : undefined;
  const asked =
    'asked' in item ? item.asked : typeof watch === 'object' && 'answers' in watch ? watch.answers : 0;
  const losses = Array.from({ length: spec.replicas }, (): number[] => []);
  return { key, spec, beside, asked, step: 0, over: false, losses, evaluations: [], snapshots: [] };
}

const headOf = (job: FakeJob): RunHead => ({
  spec: job.spec,
  device: DEVICE,
  parameters: parametersOf(job.spec),
  flopsPerStep: flopsPerStep(job.spec) * job.spec.replicas,
  tokensPerStep: job.spec.batch * job.spec.replicas,
  compileSeconds: 0.1,
  floor: 0.01,
});

const resultOf = (job: FakeJob): RunResult => ({
  ...headOf(job),
  date: '2026-11-23T12:00:00.000Z',
  outcome: job.losses.every((curve) => curve.some(Number.isNaN)) ? 'diverged' : 'finished',
  step: job.step,
  seconds: 1,
  losses: { first: 0, values: job.losses },
  evaluations: job.evaluations,
  ...(job.snapshots.length > 0 && { snapshots: job.snapshots }),
});

/** An experiment without a GPU: every run falls from 1 towards a floor, and measures what its task is about. */
import { nextEvaluation } from '../../src/training/evaluation-points.ts';
import { parseSpec } from '../../src/training/spec.ts';
import { parametersOf } from '../../src/training/sweep.ts';
import type {
  BenchmarkSpec,
  ExperimentEvent,
  ExperimentItem,
  RunHead,
  RunResult,
  RunSpec,
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
}

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
      'spec' in item ? jobOf(item.key, item.spec) : { key: item.key, benchmark: item.benchmark, over: false },
    );
    listener({ kind: 'status', status: 'ready' });
    listener({ kind: 'estimate', seconds: 12 });
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
      if ('spec' in job) Object.assign(job, jobOf(job.key, job.spec));
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
      losses[i] = lossAt(job.spec, job.step + Math.floor(i / replicas), r);
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

  private evaluate(job: FakeJob, step: number): void {
    const sets = measure(job.spec, step);
    job.evaluations.push({ step, sets });
    this.listener({ kind: 'evaluation', key: job.key, step, sets });
  }
}

/** What the runs of a plan leave behind, at once. */
export function fakeResults(items: readonly ExperimentItem[]): Map<string, RunResult> {
  const results = new Map<string, RunResult>();
  new FakeExperiment(items, () => undefined, {}).finish((key, result) => results.set(key, result));
  return results;
}

function jobOf(key: string, input: unknown): FakeJob {
  const spec = parseSpec(input);
  const losses = Array.from({ length: spec.replicas }, (): number[] => []);
  return { key, spec, step: 0, over: false, losses, evaluations: [] };
}

const headOf = (job: FakeJob): RunHead => ({
  spec: job.spec,
  device: DEVICE,
  parameters: parametersOf(job.spec),
  flopsPerStep: 6 * parametersOf(job.spec) * job.spec.batch,
  tokensPerStep: job.spec.batch * job.spec.replicas,
  compileSeconds: 0.1,
  floor: 0.01,
});

const resultOf = (job: FakeJob): RunResult => ({
  ...headOf(job),
  date: '2026-11-23T12:00:00.000Z',
  outcome: 'finished',
  step: job.step,
  seconds: 1,
  losses: { first: 0, values: job.losses },
  evaluations: job.evaluations,
});

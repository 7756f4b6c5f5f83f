/** An experiment without a GPU: every run falls from 1 towards a floor that depends on its size. */
import type {
  ExperimentEvent,
  ExperimentItem,
  RunHead,
  RunResult,
  RunSpec,
} from '../../src/worker/protocol.ts';
import type { FakeOptions } from './fake-lab.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface FakeJob {
  key: string;
  spec: RunSpec;
  step: number;
  over: boolean;
  losses: number[][];
  evaluations: RunResult['evaluations'];
}

export class FakeExperiment {
  private readonly jobs: FakeJob[];
  private stopped = false;
  private before: string | undefined;
  private running: Promise<void> | undefined;

  constructor(
    items: readonly ExperimentItem[],
    private readonly listener: (event: ExperimentEvent) => void,
    private readonly options: FakeOptions,
  ) {
    this.jobs = items.flatMap((item) => ('spec' in item ? [jobOf(item.key, item.spec)] : []));
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
    for (const job of this.jobs) Object.assign(job, jobOf(job.key, job.spec));
    this.listener({ kind: 'status', status: 'ready' });
  }

  /** All runs without waiting. */
  finish(onResult: (key: string, result: RunResult) => void): void {
    for (const job of this.jobs) {
      this.evaluate(job);
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
    this.evaluate(job);
  }

  private advance(job: FakeJob, count: number): void {
    const { replicas } = job.spec;
    const losses = new Float32Array(count * replicas);
    for (let i = 0; i < losses.length; i++) {
      const r = i % replicas;
      losses[i] = lossAt(job, job.step + Math.floor(i / replicas), r);
      job.losses[r]!.push(losses[i]!);
    }
    this.listener({ kind: 'losses', key: job.key, first: job.step, replicas, losses });
    job.step += count;
    this.evaluate(job);
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

  private evaluate(job: FakeJob): void {
    const sets = Object.fromEntries(
      ['validation', 'clean'].map((name, k) => [
        name,
        Array.from({ length: job.spec.replicas }, (_, r) => {
          const loss = (k ? 0.4 : 1.1) * lossAt(job, job.step, r);
          return { loss, accuracy: Math.exp(-loss) };
        }),
      ]),
    ) as RunResult['evaluations'][number]['sets'];
    if (isFacts(job)) sets.facts = Array.from({ length: job.spec.replicas }, () => factsOf(job));
    job.evaluations.push({ step: job.step, sets });
    this.listener({ kind: 'evaluation', key: job.key, step: job.step, sets });
  }
}

/** What the runs of a plan leave behind, at once. */
export function fakeResults(items: readonly ExperimentItem[]): Map<string, RunResult> {
  const results = new Map<string, RunResult>();
  new FakeExperiment(items, () => undefined, {}).finish((key, result) => results.set(key, result));
  return results;
}

function jobOf(key: string, input: Record<string, unknown>): FakeJob {
  const spec = {
    steps: 1000,
    batch: 64,
    replicas: 1,
    learningRate: 3e-3,
    learningRates: [],
    seed: 1,
    dataSeed: 0,
    ...input,
    schedule: { decay: 0.4, final: 0.1, ...(input.schedule as object | undefined) },
  } as unknown as RunSpec;
  const losses = Array.from({ length: spec.replicas }, (): number[] => []);
  return { key, spec, step: 0, over: false, losses, evaluations: [] };
}

function lossAt({ spec }: FakeJob, step: number, replica: number): number {
  const rate = spec.learningRates[replica] ?? spec.learningRate;
  const tremble = 0.08 * Math.sin(12.9898 * step + 78.2 * replica);
  return 0.011 + Math.exp(-((step * Math.min(rate, 0.02)) ** 0.6)) * (1 + tremble) + Math.max(0, rate - 0.02);
}

const isFacts = ({ spec }: FakeJob): boolean => spec.task.name === 'factsworld';

/** MLPs of FactsWorld have their size, so that a law can be fitted to them. */
function parametersOf(job: FakeJob): number {
  if (!isFacts(job)) return 1185;
  const width = (job.spec.model as unknown as { hidden: number[] }).hidden[0]! / 2;
  return 2 * width ** 2 + 258 * width + 64;
}

function factsOf(job: FakeJob): Record<string, number> {
  const exactLoss = 0.45 + 8 * parametersOf(job) ** -0.45 * (2 - job.step / job.spec.steps);
  const bands = ['ranks101to300', 'ranks301to1000', 'ranks1001to3000'];
  const known = bands.map(
    (band, i) => [band, 1 / (1 + Math.exp(20 * (exactLoss - 0.62 + 0.04 * i)))] as const,
  );
  return { exactLoss, ...Object.fromEntries(known) };
}

const headOf = (job: FakeJob): RunHead => ({
  spec: job.spec,
  device: 'Pretend GPU 7',
  parameters: parametersOf(job),
  flopsPerStep: 6 * parametersOf(job) * job.spec.batch,
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

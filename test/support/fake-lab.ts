/** A lab without a GPU: plausible curves, the protocol's order of events, and a record of what was asked of it. */
import { reportOf } from './device-report.ts';
import { FakeExperiment } from './fake-experiment.ts';
import { LabService } from '../../src/worker/lab.ts';
import type {
  DeviceReport,
  ExperimentEvent,
  ExperimentItem,
  Points,
  RunEvent,
  RunInfo,
  SpecInput,
  View,
  ViewRequest,
} from '../../src/worker/protocol.ts';

export interface FakeOptions {
  /** steps between two batches of losses, and the time between them */
  stepsPerTick?: number;
  tickMs?: number;
  software?: boolean;
  /** open and device reject with this */
  refuse?: { name: string; message: string };
  /** lessons have recorded runs: pretended ones, or those that ship with them */
  recorded?: boolean | 'shipped';
  /** how long an experiment is said to take, s */
  estimate?: number;
  /** the loss stops being a number at this step */
  divergeAt?: number;
  /** of this replica alone; the others go on */
  divergeReplica?: number;
}

interface FakeRun {
  spec: Record<string, number> & {
    model: { heads: number };
    task: { name: string; length: number };
    evaluate: { every: number };
  };
  info: RunInfo;
  listener: (event: RunEvent) => void;
  step: number;
  stop?: () => void;
  running?: Promise<void>;
}

const SYMBOLS = '_etaoinshrdlcumwfgypbvkjxqz';
const GUESS = { shapes: Math.log(2), 'backoff-language': Math.log(64) } as Record<string, number>;
const FLOOR = { shapes: 0.05, 'backoff-language': 1.787 } as Record<string, number>;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Chance that is the same in each run: a number in [0, 1) of three. */
function chance(seed: number, step: number, salt: number): number {
  const x = Math.sin(seed * 12.9898 + step * 78.233 + salt * 37.719) * 43758.5453;
  return x - Math.floor(x);
}

export class FakeLab extends LabService {
  /** what was asked, in order, such as `open`, `run 1`, `close 1` */
  readonly calls: string[] = [];
  /** the specs of all runs that were opened */
  readonly specs: SpecInput[] = [];
  /** views that are being made now, and the most there ever were at once */
  viewsNow = 0;
  mostViews = 0;
  private readonly runs = new Map<number, FakeRun>();
  private readonly pretended = new Map<number, FakeExperiment>();
  /** the plans of the experiments that were opened */
  readonly plans: (readonly ExperimentItem[])[] = [];
  private next = 1;

  /** What needs no device is not pretended. */
  constructor(private readonly options: FakeOptions = {}) {
    super(() => Promise.reject(new Error('A pretended lab has no device.')));
  }

  /** Runs that are open. */
  get openRuns(): number {
    return this.runs.size + this.pretended.size;
  }

  override async device(): Promise<DeviceReport> {
    await sleep(5);
    this.refuseIfAsked();
    return reportOf(this.options.software);
  }

  override async open(input: SpecInput, listener: (event: RunEvent) => void): Promise<number> {
    this.calls.push('open');
    this.specs.push(input);
    await sleep(5);
    this.refuseIfAsked();
    for (let done = 0; done <= 3; done++) {
      listener({ kind: 'building', done, total: 3 });
      await sleep(5);
    }
    const spec = input as unknown as FakeRun['spec'];
    const { name } = spec.task;
    const perStep = spec.batch! * spec.replicas! * (name === 'shapes' ? 1 : spec.task.length || 1);
    const info = {
      spec: input,
      parameters: 109_696,
      flopsPerStep: perStep * 6 * 109_696,
      tokensPerStep: perStep,
      secondsEstimated: 42,
      guessLoss: GUESS[name] ?? 1,
      ...(name === 'backoff-language' ? { floor: FLOOR[name] } : {}),
    } as unknown as RunInfo;
    const id = this.next++;
    const run: FakeRun = { spec, info, listener, step: 0 };
    this.runs.set(id, run);
    listener({ kind: 'ready', info });
    listener({ kind: 'status', status: 'ready', step: 0 });
    return id;
  }

  override async run(id: number, steps?: number, before?: string): Promise<void> {
    this.calls.push(`run ${id}`);
    const experiment = this.pretended.get(id);
    if (experiment) return experiment.run(steps, before);
    const run = this.get(id);
    run.running = this.train(run, steps);
    await run.running;
  }

  override async pause(id: number): Promise<void> {
    this.calls.push(`pause ${id}`);
    await this.stop(id);
  }

  override async skip(id: number): Promise<void> {
    this.calls.push(`skip ${id}`);
    await this.pretended.get(id)?.skip();
  }

  override async reset(id: number): Promise<void> {
    this.calls.push(`reset ${id}`);
    const experiment = this.pretended.get(id);
    if (experiment) return experiment.reset();
    await this.stop(id);
    const run = this.get(id);
    run.step = 0;
    run.listener({ kind: 'status', status: 'ready', step: 0 });
  }

  override async view(id: number, request: ViewRequest): Promise<View> {
    const run = this.get(id);
    this.mostViews = Math.max(this.mostViews, ++this.viewsNow);
    await sleep(10);
    this.viewsNow--;
    const progress = 1 - Math.exp((-4 * run.step) / run.spec.steps!);
    switch (request.kind) {
      case 'surface':
        return surface(request.size, request.extent, progress);
      case 'attention':
        return attention(run, request, progress);
      case 'samples':
        return samples(run, request, progress);
    }
  }

  override async points(id: number): Promise<Points> {
    await sleep(1);
    this.get(id);
    const positions: number[] = [];
    const labels: number[] = [];
    for (let i = 0; i < 200; i++) {
      const along = Math.sqrt((i + 0.5) / 200);
      const angle = 2 * Math.PI * (along + (i % 2) / 2);
      positions.push(
        2 * along * Math.cos(angle) + 0.2 * (chance(1, i, 1) - 0.5),
        2 * along * Math.sin(angle) + 0.2 * (chance(1, i, 2) - 0.5),
      );
      labels.push(i % 2);
    }
    return { positions: Float32Array.from(positions), labels: Int32Array.from(labels) };
  }

  override async close(id: number): Promise<void> {
    this.calls.push(`close ${id}`);
    await this.stop(id);
    this.runs.delete(id);
    this.pretended.delete(id);
  }

  override async openExperiment(
    items: readonly ExperimentItem[],
    listener: (event: ExperimentEvent) => void,
  ): Promise<number> {
    this.calls.push('openExperiment');
    this.plans.push(items);
    await sleep(5);
    this.refuseIfAsked();
    const id = this.next++;
    this.pretended.set(id, new FakeExperiment(items, listener, this.options));
    return id;
  }

  private async stop(id: number): Promise<void> {
    await this.pretended.get(id)?.pause();
    const run = this.runs.get(id);
    run?.stop?.();
    await run?.running;
  }

  private async train(run: FakeRun, steps?: number): Promise<void> {
    const target = Math.min(run.spec.steps!, run.step + (steps ?? run.spec.steps!));
    const controller = new AbortController();
    run.stop = () => controller.abort();
    const stopped = (): boolean => controller.signal.aborted;
    run.listener({ kind: 'status', status: 'running', step: run.step });
    if (run.step === 0) this.evaluate(run);
    while (run.step < target && !stopped()) {
      await sleep(this.options.tickMs ?? 20);
      if (stopped()) break;
      this.advance(run, Math.min(target, run.step + (this.options.stepsPerTick ?? 20)));
      const { divergeAt, divergeReplica } = this.options;
      if (divergeAt !== undefined && divergeReplica === undefined && run.step > divergeAt) {
        const message = `The loss was not finite at step ${divergeAt}: training stopped.`;
        run.listener({ kind: 'status', status: 'diverged', step: run.step, message });
        return;
      }
    }
    const status = run.step >= run.spec.steps! ? 'finished' : 'paused';
    run.listener({ kind: 'status', status, step: run.step });
  }

  private get(id: number): FakeRun {
    const run = this.runs.get(id);
    if (!run) throw new Error(`There is no run ${id}.`);
    return run;
  }

  private refuseIfAsked(): void {
    const { refuse } = this.options;
    if (refuse) throw Object.assign(new Error(refuse.message), { name: refuse.name });
  }

  private advance(run: FakeRun, to: number): void {
    const replicas = run.spec.replicas!;
    const first = run.step;
    const { divergeAt = Infinity, divergeReplica } = this.options;
    const losses = new Float32Array((to - first) * replicas);
    for (let step = first; step < to; step++) {
      for (let r = 0; r < replicas; r++) {
        const clean = lossAt(run, step, run.spec.seed! + r);
        const noisy = clean + 0.12 * clean * (chance(run.spec.seed! + r, step, 3) - 0.5);
        const isOut = step >= divergeAt && (divergeReplica ?? r) === r;
        losses[(step - first) * replicas + r] = isOut ? NaN : noisy;
      }
    }
    run.step = to;
    run.listener({ kind: 'losses', first, replicas, losses });
    const every = run.spec.evaluate.every;
    if (Math.floor(to / every) > Math.floor(first / every)) this.evaluate(run);
    const stepsPerSecond = (1000 * (this.options.stepsPerTick ?? 20)) / (this.options.tickMs ?? 20);
    run.listener({
      kind: 'speed',
      step: to,
      stepsPerSecond,
      tokensPerSecond: stepsPerSecond * run.info.tokensPerStep,
      gflops: (stepsPerSecond * run.info.flopsPerStep) / 1e9,
      secondsLeft: (run.spec.steps! - to) / stepsPerSecond,
    });
  }

  private evaluate(run: FakeRun): void {
    const validation = Array.from({ length: run.spec.replicas! }, (_, r) => {
      const loss = 1.04 * lossAt(run, run.step, run.spec.seed! + r);
      return { loss, accuracy: Math.exp(-loss) };
    });
    run.listener({ kind: 'evaluation', step: run.step, sets: { validation } });
  }
}

/** From the guess down to near the floor, in stairs that each seed reaches at its own time. */
function lossAt({ spec }: FakeRun, step: number, seed: number): number {
  const [top, floor] = [GUESS[spec.task.name] ?? 1, FLOOR[spec.task.name] ?? 0.1];
  const t = step / spec.steps!;
  const levels = [1, 0.62, 0.46, 0.2, 0.04];
  let level = levels[0]!;
  [0.03, 0.15, 0.35, 0.62].forEach((fall, k) => {
    const when = fall * (0.85 + 0.3 * chance(seed, k, 7));
    level += (levels[k + 1]! - levels[k]!) / (1 + Math.exp((when - t) * 60));
  });
  return floor + (top - floor) * level;
}

function surface(size: number, extent: number, progress: number): View {
  const values = new Float32Array(size * size * 2);
  for (let cell = 0; cell < size * size; cell++) {
    const x = extent * ((2 * (cell % size) + 1) / size - 1);
    const y = -extent * ((2 * Math.floor(cell / size) + 1) / size - 1);
    const score = Math.cos(Math.atan2(y, x) - Math.PI * Math.hypot(x, y)) * 8 * progress;
    values[2 * cell] = 1 / (1 + Math.exp(-score));
    values[2 * cell + 1] = 1 - values[2 * cell]!;
  }
  return { kind: 'surface', size, outputs: 2, values };
}

const text = (length: number, seed: number): string[] =>
  Array.from({ length }, (_, i) => SYMBOLS[Math.floor(SYMBOLS.length * chance(seed, i, 5) ** 2)]!);

function attention(
  { spec }: FakeRun,
  { layer, row }: { layer: number; row: number },
  progress: number,
): View {
  const { heads } = spec.model;
  const { length } = spec.task;
  const weights = new Float32Array(heads * length * length);
  for (let head = 0; head < heads; head++) {
    for (let query = 0; query < length; query++) {
      const scores = Array.from({ length: query + 1 }, (_, key) => {
        const target = query - 1 - ((head + layer) % 3);
        return Math.exp((key === target ? 6 * progress : 0) + chance(head, key, query));
      });
      const sum = scores.reduce((total, score) => total + score, 0);
      scores.forEach((score, key) => (weights[(head * length + query) * length + key] = score / sum));
    }
  }
  return { kind: 'attention', heads, length, weights, tokens: text(length, row) };
}

function samples(
  { spec }: FakeRun,
  { rows, prompt }: { rows: number; prompt: number },
  progress: number,
): View {
  return {
    kind: 'samples',
    prompt,
    rows: Array.from({ length: rows }, (_, row) => {
      const truth = text(spec.task.length, row);
      const other = text(spec.task.length, row + 100);
      const generated = truth.map((symbol, i) =>
        i < prompt || chance(row, i, 9) < 0.5 * progress ? symbol : other[i]!,
      );
      return { generated, truth, nats: 4.2 - 2.4 * progress };
    }),
  };
}

/**
 * The loop of training: k steps per submit with two submits under way, evaluations when they are due, an end where no
 * replica is left to train. What it drives is a trainer on one device, or replicas in several workers.
 */
import type { Divergence } from '../../replicas.ts';
import { DivergenceLog } from '../results/divergence-log.ts';
import { nextEvaluation } from '../spec/evaluation-points.ts';
import type { Metrics } from './evaluation.ts';
import type { Outcome, RunOptions, TrainerEvent, TrainerInfo } from './events.ts';
import { RING_STEPS } from './memory.ts';
import { Pace } from '../measuring/pace.ts';
import { Speedometer } from '../measuring/speed.ts';
import type { RunSpec } from '../spec/spec.ts';
import type { Snapshot, Watch } from '../results/snapshot.ts';
import type { Checkpoint } from '../results/weights.ts';

/** Submits under way at once: one runs while the next waits. */
export const IN_FLIGHT = 2;

/** Metrics by set, of each replica. */
export type Measured = Record<string, Metrics[]>;

export abstract class TrainingLoop {
  private steps = 0;
  private running = false;
  private evaluatedAt = -1;
  private readonly pace = new Pace();
  private readonly diverged: DivergenceLog;

  protected constructor(
    readonly spec: RunSpec,
    readonly info: TrainerInfo,
  ) {
    this.diverged = new DivergenceLog(spec.replicas);
  }

  /** what it trains on, by its name for people */
  abstract readonly device: { readonly name: string };

  /** Begins the steps first … first + count − 1; resolves with their losses [count, R] when they are done. */
  abstract trainSteps(first: number, count: number): Promise<Float32Array<ArrayBuffer>>;

  /** Scores every held-out set; undefined where the signal has ended it before all was measured. */
  abstract measure(signal?: AbortSignal): Promise<Measured | undefined>;

  /** Notes the state as the last at which all was finite. */
  abstract keepGood(): void;

  /** What is looked at, as it is now; answers are those of the last measurement. */
  abstract snapshot(watch: Watch): Promise<Snapshot>;

  /** Everything that is needed to go on from here. */
  abstract checkpoint(): Promise<Checkpoint>;

  /** The state at the last evaluation at which all was finite: what is left of a run that diverged. */
  abstract lastGood(): Promise<Checkpoint>;

  /** Frees all that it holds. */
  abstract destroy(): void;

  /** Updates done. */
  get step(): number {
    return this.steps;
  }

  /** The replicas whose loss was not finite, and the first step at which. */
  get divergences(): Divergence[] {
    return this.diverged.list;
  }

  /** The first step of any replica whose loss was not finite. */
  get firstDivergence(): number | undefined {
    return this.diverged.first;
  }

  /** Trains on. Resolves when the GPU has stopped, so that `step` is exact. */
  async run({
    steps = this.spec.steps - this.steps,
    signal,
    evaluates = true,
    onEvent,
    onCheckpoint,
  }: RunOptions = {}): Promise<Outcome> {
    if (this.running) throw new Error('This run is already under way.');
    this.running = true;
    const target = Math.min(this.spec.steps, this.steps + steps);
    const speed = new Speedometer();
    const underWay: Promise<void>[] = [];
    const drain = async (): Promise<void> => {
      while (underWay.length) await underWay.shift();
    };
    try {
      let issued = this.steps;
      for (;;) {
        if (evaluates && this.isDue(issued)) {
          await drain();
          if (this.diverged.isComplete) return 'diverged';
          speed.pause();
          const evaluation = await this.measured(signal);
          if (!evaluation) return 'paused'; // It is begun anew where the run goes on.
          onEvent?.(evaluation);
          await onCheckpoint?.(() => this.checkpoint());
          speed.resume();
        }
        if (issued >= target || signal?.aborted || this.diverged.isComplete) break;
        const count = Math.min(
          this.pace.steps,
          target - issued,
          this.untilEvaluation(issued),
          untilWrap(issued),
        );
        underWay.push(this.submit(issued, count, onEvent, speed));
        issued += count;
        if (underWay.length >= IN_FLIGHT) await underWay.shift();
      }
      await drain();
      if (this.diverged.isComplete) return 'diverged';
      return this.steps >= this.spec.steps ? 'finished' : 'paused';
    } finally {
      await Promise.allSettled(underWay);
      this.running = false;
    }
  }

  /** Metrics on every held-out set, as the weights are now. */
  async evaluate(): Promise<TrainerEvent & { kind: 'evaluation' }> {
    return (await this.measured())!;
  }

  private async measured(signal?: AbortSignal): Promise<(TrainerEvent & { kind: 'evaluation' }) | undefined> {
    const sets = await this.measure(signal);
    if (!sets) return undefined;
    if (this.diverged.isEmpty) this.keepGood();
    this.evaluatedAt = this.steps;
    return { kind: 'evaluation', step: this.steps, sets };
  }

  protected get isUnderWay(): boolean {
    return this.running;
  }

  private async submit(
    first: number,
    count: number,
    onEvent: RunOptions['onEvent'],
    speed: Speedometer,
  ): Promise<void> {
    const read = this.trainSteps(first, count);
    const submitted = performance.now();
    const losses = await read;
    this.pace.observe(count, speed.done(count, submitted));
    this.steps = first + count;
    const shown = this.upToDivergence(first, losses);
    onEvent?.({ kind: 'losses', first, replicas: this.spec.replicas, losses: shown });
    onEvent?.({ kind: 'speed', ...this.speedNow(speed) });
  }

  /** Notes replicas whose loss is not finite, and cuts the losses off behind the step at which the last one diverged. */
  private upToDivergence(first: number, losses: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    this.diverged.hear(first, losses);
    if (!this.diverged.isComplete) return losses;
    const last = this.diverged.last!;
    this.steps = Math.min(this.steps, last);
    return losses.slice(0, Math.max(0, (last + 1 - first) * this.spec.replicas));
  }

  private speedNow(speed: Speedometer): Omit<TrainerEvent & { kind: 'speed' }, 'kind'> {
    const stepsPerSecond = speed.stepsPerSecond;
    return {
      step: this.steps,
      stepsPerSecond,
      tokensPerSecond: stepsPerSecond * this.info.tokensPerStep,
      gflops: (stepsPerSecond * this.info.flopsPerStep) / 1e9,
      secondsLeft: (this.spec.steps - this.steps) / stepsPerSecond,
    };
  }

  private isDue(step: number): boolean {
    return (this.evaluationFrom(step) === step || step === this.spec.steps) && this.evaluatedAt !== step;
  }

  private untilEvaluation(step: number): number {
    return this.evaluationFrom(step + 1) - step;
  }

  private evaluationFrom(step: number): number {
    return nextEvaluation(this.spec.evaluate, this.info.flopsPerStep / this.spec.replicas, step);
  }

  /** Stands at this step from now on. @param state of all replicas [R, 16], which tells who diverged before */
  protected rewind(step: number, state?: Uint32Array): void {
    this.steps = step;
    this.evaluatedAt = -1;
    this.diverged.reset(state);
    this.keepGood();
  }
}

function untilWrap(step: number): number {
  return RING_STEPS - (step % RING_STEPS);
}

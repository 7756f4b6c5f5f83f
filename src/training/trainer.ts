/**
 * The trainer: builds a run's programs once and replays them, k steps per submit with two submits under way, so
 * that the GPU never waits for the CPU. It is driven by awaiting the GPU, never by timers.
 */
import { OutOfMemoryError, type Device } from '../gpu/device.ts';
import { Program } from '../gpu/program.ts';
import { download, placed, upload, type Storage } from '../gpu/tensor.ts';
import { countParameters } from '../autodiff/index.ts';
import { kernelChoice } from '../kernels/choice.ts';
import type { Divergence } from '../replicas.ts';
import { SchemaError } from '../schema.ts';
import type { Examples, TaskData } from '../tasks/index.ts';
import { DivergenceLog } from './divergence-log.ts';
import { evaluationBatch, EvaluationSet, type Metrics } from './evaluation.ts';
import { countEvaluations, nextEvaluation } from './evaluation-points.ts';
import type { Outcome, RunOptions, TrainerEvent, TrainerInfo, TrainerOptions } from './events.ts';
import { initialReplicas } from './initial.ts';
import {
  allocateTraining,
  checkRoom,
  fillPool,
  freeTraining,
  planTraining,
  resetTraining,
  setSchedule,
  RING_STEPS,
  trainingBytes,
} from './memory.ts';
import { MOST_STEPS_PER_SUBMIT, Pace } from './pace.ts';
import { trainingStep, type StepPlan, type TrainingMemory } from './programs.ts';
import { distancesMoved } from './movement.ts';
import { hasHalf } from './precision.ts';
import { LossReadback } from './readback.ts';
import { Speedometer } from './speed.ts';
import { taskOf, type RunSpec } from './spec.ts';
import { refuseForeign, transferred, type Checkpoint, type Weights } from './weights.ts';
import { canBeWhole, paysWhole, wholeMlpSteps } from './whole-mlp.ts';

/** Submits under way at once: one runs while the next waits. */
const IN_FLIGHT = 2;
/** About how long the steps of an estimate may take. */
const CALIBRATION_MS = 100;

export class Trainer {
  private steps = 0;
  private running = false;
  private evaluatedAt = -1;
  private readonly pace = new Pace();
  private readonly diverged: DivergenceLog;

  private constructor(
    readonly device: Device,
    readonly spec: RunSpec,
    readonly data: TaskData,
    readonly info: TrainerInfo,
    readonly memory: TrainingMemory,
    readonly plan: StepPlan,
    private readonly program: Program,
    private readonly readback: LossReadback,
    private readonly evaluations: ReadonlyMap<string, EvaluationSet>,
    private readonly parts: readonly { destroy(): void }[],
    /** weights at step 0 [R, P], where they are another run's */
    private readonly initial: Float32Array<ArrayBuffer> | undefined,
  ) {
    this.diverged = new DivergenceLog(spec.replicas);
  }

  /**
   * Generates the data, compiles and allocates.
   * @throws SchemaError when the device has no room; ShaderError
   */
  static async create(
    device: Device,
    spec: RunSpec,
    { onProgress, checkpoint, from, warmUp = false, whole, ...given }: TrainerOptions = {},
  ): Promise<Trainer> {
    const { task, options, shape } = taskOf(spec);
    if (spec.precision === 'f16' && !hasHalf(device))
      throw new SchemaError('precision: must be f32 here, where shaders have no f16');
    const initial = from && transferred(from, spec);
    const data = given.data ?? task.generate(options, spec.dataSeed);
    const memory = planTraining(spec, shape, data.train);
    const kernels = kernelChoice(device);
    const plan = trainingStep(spec, shape, memory, kernels, data.ordered ?? false);
    const isWhole = (whole ?? paysWhole(spec, memory, kernels)) && canBeWhole(spec, shape, kernels);
    const step: StepPlan = isWhole
      ? { ...plan, dispatches: [wholeMlpSteps(spec, memory, plan, kernels, data.ordered ?? false)] }
      : plan;
    checkRoom(memory, step, device.limits, device);
    const gpuBytes = trainingBytes(memory, step);

    const parts: { destroy(): void }[] = [{ destroy: () => freeTraining(device, memory) }];
    try {
      const started = performance.now();
      await device.allocating(() => {
        allocateTraining(device, memory);
        fillPool(device, memory.pool, data.train);
      });
      const program = await Program.build(device, step.dispatches, [plan.batchInputs, plan.batchTargets], {
        label: 'training step',
        ...(onProgress && { onProgress }),
      });
      parts.push(program);
      const evaluations = new Map<string, EvaluationSet>();
      const batch = evaluationBatch(
        Object.values(data.evaluation),
        spec,
        countParameters(memory.arena.specs),
      );
      for (const [name, examples] of Object.entries(data.evaluation)) {
        const isTraining = examples === data.train;
        const set = await EvaluationSet.build(device, spec, memory.arena, name, examples, batch, isTraining);
        evaluations.set(name, set);
        parts.push(set);
      }
      if (warmUp) {
        // A step wants a state, as of how many rows it may draw; what it leaves behind is reset below.
        resetTraining(device, spec, memory);
        program.run(1);
        for (const set of evaluations.values()) set.warmUp();
        await device.handle.queue.onSubmittedWorkDone();
      }
      const readback = new LossReadback(device, memory.ring, MOST_STEPS_PER_SUBMIT, IN_FLIGHT);
      parts.push(readback);
      const info: TrainerInfo = {
        parameters: countParameters(memory.arena.specs),
        flopsPerStep: program.cost.flops,
        tokensPerStep: spec.replicas * spec.batch * perRow(data.train),
        gpuBytes,
        dispatchesPerStep: program.cost.dispatches,
        compileMs: performance.now() - started,
        ...(data.floor !== undefined && { floor: data.floor }),
        ...(from && { from: { spec: from.spec, step: from.step } }),
      };
      const trainer = new Trainer(
        device,
        spec,
        data,
        info,
        memory,
        plan,
        program,
        readback,
        evaluations,
        parts,
        initial,
      );
      if (checkpoint) trainer.restore(checkpoint);
      else trainer.reset();
      return trainer;
    } catch (error) {
      for (const part of parts) part.destroy();
      if (error instanceof OutOfMemoryError)
        throw new SchemaError(`model, batch, replicas: ${error.message}`);
      throw error;
    }
  }

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

  /** Back to step 0: the same seed, the same weights, so the same curve. */
  reset(): void {
    resetTraining(this.device, this.spec, this.memory);
    if (this.initial) upload(this.device, this.memory.arena.values.storage, this.initial);
    this.rewind(0);
  }

  /** Other weights, to be evaluated: moments, schedule and batches stay as they are. @throws SchemaError where they are another model's */
  load(weights: Weights): void {
    upload(this.device, this.memory.arena.values.storage, transferred(weights, this.spec));
    this.rewind(weights.step);
  }

  /** Goes on from here. @throws SchemaError where the checkpoint is another run's; then nothing has changed */
  restore(checkpoint: Checkpoint): void {
    refuseForeign(checkpoint, this.spec);
    const [values, ...rest] = this.memory.kept;
    upload(this.device, values!, checkpoint.parameters);
    checkpoint.moments.forEach((moment, i) => upload(this.device, rest[i]!, moment));
    const state = checkpoint.state.slice();
    setSchedule(state, this.spec);
    upload(this.device, this.memory.state.storage, state);
    this.rewind(checkpoint.step, state);
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

  /** Undefined where the signal has ended it before all was measured. */
  private async measured(signal?: AbortSignal): Promise<(TrainerEvent & { kind: 'evaluation' }) | undefined> {
    const sets: Record<string, Metrics[]> = {};
    for (const [name, set] of this.evaluations) {
      const metrics = await set.measure(signal);
      if (!metrics) return undefined;
      sets[name] = metrics;
    }
    if (this.spec.evaluate.movement) {
      const moved = await this.moved();
      sets.validation = (sets.validation ?? []).map((metrics, r) => ({ ...metrics, moved: moved[r]! }));
    }
    if (this.diverged.isEmpty) this.keepGood();
    this.evaluatedAt = this.steps;
    return { kind: 'evaluation', step: this.steps, sets };
  }

  /**
   * Seconds that the run will take, from a fraction of a second of its steps. Goes back to step 0.
   * @throws Error while the run is under way or when it has begun
   */
  async estimate(): Promise<number> {
    if (this.running || this.steps > 0) throw new Error('A run is estimated before it begins.');
    await this.idleSteps(1); // the first may still compile
    let count = 1;
    let ms = await clock(() => this.idleSteps(count));
    for (;;) {
      if (ms > CALIBRATION_MS / 2 || count === MOST_STEPS_PER_SUBMIT) break;
      count = Math.min(MOST_STEPS_PER_SUBMIT, 4 * count);
      ms = await clock(() => this.idleSteps(count));
    }
    this.reset();
    const { evaluate, steps, replicas } = this.spec;
    const evaluations = countEvaluations(evaluate, this.info.flopsPerStep / replicas, steps);
    const evaluationFlops = [...this.evaluations.values()].reduce((sum, { flops }) => sum + flops, 0);
    const flops = steps * this.info.flopsPerStep + evaluations * evaluationFlops;
    return ((flops / this.info.flopsPerStep) * (ms / count)) / 1000;
  }

  /** ‖w − w₀‖ of each replica. */
  private async moved(): Promise<number[]> {
    const { arena } = this.memory;
    const values = new Float32Array(await download(this.device, arena.values.storage));
    const start = this.initial ?? initialReplicas(arena.specs, this.spec);
    return distancesMoved(values, start, this.spec.replicas);
  }

  /** Everything that is needed to go on from here. */
  checkpoint(): Promise<Checkpoint> {
    return this.download(this.memory.kept);
  }

  /** The state at the last evaluation at which all was finite: what is left of a run that diverged. */
  lastGood(): Promise<Checkpoint> {
    return this.download(this.memory.good);
  }

  /** Frees all GPU memory. */
  destroy(): void {
    for (const part of this.parts) part.destroy();
  }

  /** Steps of which nobody reads the losses. */
  private async idleSteps(count: number): Promise<void> {
    this.program.run(count);
    await this.device.handle.queue.onSubmittedWorkDone();
  }

  private async submit(
    first: number,
    count: number,
    onEvent: RunOptions['onEvent'],
    speed: Speedometer,
  ): Promise<void> {
    const encoder = this.device.handle.createCommandEncoder({ label: `steps from ${first}` });
    this.program.encode(encoder, count);
    const read = this.readback.copy(encoder, first, count);
    this.device.submit(encoder);
    const submitted = performance.now();
    const losses = await read();
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

  private rewind(step: number, state?: Uint32Array): void {
    this.steps = step;
    this.evaluatedAt = -1;
    this.diverged.reset(state);
    this.keepGood();
  }

  private keepGood(): void {
    const { kept, good } = this.memory;
    const encoder = this.device.handle.createCommandEncoder({ label: 'keep good state' });
    kept.forEach((from, i) => {
      encoder.copyBufferToBuffer(placed(from), 0, placed(good[i]!), 0, from.elements * 4);
    });
    this.device.submit(encoder);
  }

  private async download(storages: readonly Storage[]): Promise<Checkpoint> {
    const arrays = await Promise.all(storages.map((storage) => download(this.device, storage)));
    const state = new Uint32Array(arrays.pop()!);
    const [parameters, ...moments] = arrays.map((bytes) => new Float32Array(bytes));
    return { spec: this.spec, step: state[0]!, parameters: parameters!, moments, state };
  }
}

async function clock(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function perRow(train: Examples): number {
  return train.targets instanceof Int32Array ? train.targetWidth : 1;
}

function untilWrap(step: number): number {
  return RING_STEPS - (step % RING_STEPS);
}

/**
 * The trainer: builds a run's programs once and replays them (loop.ts), so that the GPU never waits for the CPU. It is
 * driven by awaiting the GPU, never by timers.
 */
import { OutOfMemoryError, type Device } from '../../gpu/device.ts';
import { Program } from '../../gpu/program.ts';
import { download, placed, upload, type Storage } from '../../gpu/tensor.ts';
import { countParameters } from '../../autodiff/index.ts';
import { kernelChoice } from '../../kernels/choice.ts';
import { SchemaError } from '../../schema.ts';
import type { Examples, TaskData } from '../../tasks/index.ts';
import { labelPool, refuseUnlabelled } from './own-labels.ts';
import { answersAt, isAsking } from './answers.ts';
import { evaluationBatch, EvaluationSet } from './evaluation.ts';
import { countEvaluations } from '../spec/evaluation-points.ts';
import type { TrainerInfo, TrainerOptions } from './events.ts';
import { initialReplicas } from './initial.ts';
import { IN_FLIGHT, type Measured, TrainingLoop } from './loop.ts';
import {
  allocateTraining,
  checkRoom,
  fillPool,
  freeTraining,
  planTraining,
  resetTraining,
  setSchedule,
  trainingBytes,
} from './memory.ts';
import { MOST_STEPS_PER_SUBMIT } from '../measuring/pace.ts';
import { trainingStep, type StepPlan, type TrainingMemory } from './programs.ts';
import { distancesMoved } from '../measuring/movement.ts';
import { hasHalf } from './precision.ts';
import { LossReadback } from './readback.ts';
import { taskOf, type RunSpec } from '../spec/spec.ts';
import { refuseForeign } from '../results/refuse-weights.ts';
import { transferred } from '../results/transfer.ts';
import type { Checkpoint, Weights } from '../results/weights.ts';
import { type Snapshot, snapshotOf, type Watch } from '../results/snapshot.ts';
import { canBePersistent, paysPersistent, persistentMlpSteps } from './persistent-mlp.ts';

/** About how long the steps of an estimate may take. */
const CALIBRATION_MS = 100;

export class Trainer extends TrainingLoop {
  private constructor(
    readonly device: Device,
    spec: RunSpec,
    readonly data: TaskData,
    info: TrainerInfo,
    readonly memory: TrainingMemory,
    readonly plan: StepPlan,
    private readonly program: Program,
    private readonly readback: LossReadback,
    private readonly evaluations: ReadonlyMap<string, EvaluationSet>,
    private readonly parts: readonly { destroy(): void }[],
    /** weights at step 0 [R, P], where they are another run's */
    private readonly initial: Float32Array<ArrayBuffer> | undefined,
  ) {
    super(spec, info);
  }

  /**
   * Generates the data, compiles and allocates.
   * @throws SchemaError when the device has no room; ShaderError
   */
  static async create(
    device: Device,
    spec: RunSpec,
    { onProgress, checkpoint, from, warmUp = false, persistent, ...given }: TrainerOptions = {},
  ): Promise<Trainer> {
    const { task, options, shape } = taskOf(spec);
    if (spec.precision === 'f16' && !hasHalf(device))
      throw SchemaError.at('precision', 'must be f32 here, where shaders have no f16');
    const initial = from && transferred(from, spec);
    const data = given.data ?? task.generate(options, spec.dataSeed);
    const memory = planTraining(spec, shape, data.train);
    const kernels = kernelChoice(device);
    const plan = trainingStep(spec, shape, memory, kernels, data.ordered ?? false);
    const isPersistent =
      (persistent ?? paysPersistent(spec, memory, kernels)) && canBePersistent(spec, shape, kernels);
    const step: StepPlan = isPersistent
      ? { ...plan, dispatches: [persistentMlpSteps(spec, memory, plan, kernels, data.ordered ?? false)] }
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
      if (initial && spec.labels !== 'given') {
        upload(device, memory.arena.values.storage, initial);
        await labelPool(device, spec, memory.arena, memory.pool, data.train, batch);
      }
      if (warmUp) {
        // A step reads the training state; what this one changes is reset below.
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
        ...(data.floor !== undefined &&
          spec.loss !== 'squared-error' &&
          spec.labels === 'given' && { floor: data.floor }),
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
      if (error instanceof OutOfMemoryError) throw SchemaError.at('model, batch, replicas', error.message);
      throw error;
    }
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

  /**
   * Seconds that the run will take, from a fraction of a second of its steps. Goes back to step 0.
   * @throws Error while the run is under way or when it has begun
   */
  async estimate(): Promise<number> {
    if (this.isUnderWay || this.step > 0) throw new Error('A run is estimated before it begins.');
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

  trainSteps(first: number, count: number): Promise<Float32Array<ArrayBuffer>> {
    refuseUnlabelled(this.spec, this.info);
    const encoder = this.device.handle.createCommandEncoder({ label: `steps from ${first}` });
    this.program.encode(encoder, count);
    const read = this.readback.copy(encoder, first, count);
    this.device.submit(encoder);
    return read();
  }

  async measure(signal?: AbortSignal): Promise<Measured | undefined> {
    const sets: Measured = {};
    for (const [name, set] of this.evaluations) {
      const metrics = await set.measure(signal);
      if (!metrics) return undefined;
      sets[name] = metrics;
    }
    if (this.spec.evaluate.movement) {
      const moved = await this.moved();
      sets.validation = (sets.validation ?? []).map((metrics, r) => ({ ...metrics, moved: moved[r]! }));
    }
    return sets;
  }

  keepGood(): void {
    const { kept, good } = this.memory;
    const encoder = this.device.handle.createCommandEncoder({ label: 'keep good state' });
    kept.forEach((from, i) => {
      encoder.copyBufferToBuffer(placed(from), 0, placed(good[i]!), 0, from.elements * 4);
    });
    this.device.submit(encoder);
  }

  async snapshot(watch: Watch): Promise<Snapshot> {
    if (isAsking(watch)) return answersAt(this.step, this.device, this.evaluations.get('validation')!, watch);
    const { arena } = this.memory;
    const values = new Float32Array(await download(this.device, arena.values.storage, 0, arena.length));
    return snapshotOf(this.step, arena.unpack(values), watch);
  }

  checkpoint(): Promise<Checkpoint> {
    return this.download(this.memory.kept);
  }

  lastGood(): Promise<Checkpoint> {
    return this.download(this.memory.good);
  }

  destroy(): void {
    for (const part of this.parts) part.destroy();
  }

  /** ‖w − w₀‖ of each replica. */
  private async moved(): Promise<number[]> {
    const { arena } = this.memory;
    const values = new Float32Array(await download(this.device, arena.values.storage));
    const start = this.initial ?? initialReplicas(arena.specs, this.spec);
    return distancesMoved(values, start, this.spec.replicas);
  }

  /** Steps of which nobody reads the losses. */
  private async idleSteps(count: number): Promise<void> {
    this.program.run(count);
    await this.device.handle.queue.onSubmittedWorkDone();
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

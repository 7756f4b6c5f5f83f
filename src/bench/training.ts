/** A training step as a subject: the very program that the trainer runs, without evaluation. */
import type { Device } from '../gpu/device.ts';
import type { Dispatch } from '../gpu/kernel.ts';
import type { Profiler } from '../gpu/profiler.ts';
import { Program } from '../gpu/program.ts';
import { kernelChoice } from '../kernels/choice.ts';
import type { ModelShape } from '../models/index.ts';
import type { Examples } from '../tasks/index.ts';
import {
  allocateTraining,
  fillPool,
  freeTraining,
  planTraining,
  resetTraining,
} from '../training/trainer/memory.ts';
import { trainingStep, type TrainingMemory } from '../training/trainer/programs.ts';
import { LossReadback } from '../training/trainer/readback.ts';
import type { RunSpec } from '../training/spec/spec.ts';
import { canBePersistent, paysPersistent, persistentMlpSteps } from '../training/trainer/persistent-mlp.ts';
import type { Subject } from './subject.ts';

/** What is trained: `data` stands in for the examples of the spec's task. */
export interface TrainingCase {
  spec: RunSpec;
  shape: ModelShape;
  data: Examples;
}

export class TrainingSubject implements Subject {
  readonly engine = 'scaling-lab';
  private step = 0;

  private constructor(
    private readonly device: Device,
    private readonly memory: TrainingMemory,
    private readonly program: Program,
    private readonly readback: LossReadback,
    /** in the order of a step */
    readonly dispatches: readonly Dispatch[],
  ) {}

  /** @param persistent all steps of a submit in one dispatch; default: as the trainer chooses */
  static async build(
    device: Device,
    { spec, shape, data }: TrainingCase,
    persistent?: boolean,
  ): Promise<TrainingSubject> {
    const memory = planTraining(spec, shape, data);
    const kernels = kernelChoice(device);
    const plan = trainingStep(spec, shape, memory, kernels, false);
    allocateTraining(device, memory);
    fillPool(device, memory.pool, data);
    const isPersistent =
      (persistent ?? paysPersistent(spec, memory, kernels)) && canBePersistent(spec, shape, kernels);
    const dispatches = isPersistent
      ? [persistentMlpSteps(spec, memory, plan, kernels, false)]
      : plan.dispatches;
    const program = await Program.build(device, dispatches, [plan.batchInputs, plan.batchTargets], {
      label: 'training step',
    });
    resetTraining(device, spec, memory);
    const readback = new LossReadback(device, memory.ring, 1, 1);
    return new TrainingSubject(device, memory, program, readback, dispatches);
  }

  get flops(): number {
    return this.program.cost.flops;
  }

  get bytes(): number {
    return this.program.cost.bytes;
  }

  /** Resolves with the loss of replica 0. */
  async run(steps: number): Promise<number> {
    const encoder = this.device.handle.createCommandEncoder({ label: 'bench' });
    this.program.encode(encoder, steps);
    this.step += steps;
    const read = this.readback.copy(encoder, this.step - 1, 1);
    this.device.submit(encoder);
    return (await read())[0]!;
  }

  /** One step with a pass per dispatch, each timed by the profiler. */
  profile(profiler: Profiler): void {
    const encoder = this.device.handle.createCommandEncoder({ label: 'profile' });
    this.program.encode(encoder, 1, profiler);
    this.step += 1;
    this.device.submit(encoder);
  }

  destroy(): void {
    this.program.destroy();
    this.readback.destroy();
    freeTraining(this.device, this.memory);
  }
}

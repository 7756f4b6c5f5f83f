/** Scores the held-out sets on the GPU; the tasks turn the scores into metrics. */
import type { Arena } from '../../autodiff/index.ts';
import type { Device } from '../../gpu/device.ts';
import { Program } from '../../gpu/program.ts';
import {
  download,
  free as freeStorage,
  materialise,
  upload,
  virtualTensor,
  type Tensor,
} from '../../gpu/tensor.ts';
import { kernelChoice } from '../../kernels/choice.ts';
import { STATE_WORDS } from '../../kernels/state.ts';
import type { ClassLoss } from '../../kernels/class-losses.ts';
import type { Examples, Scores, TaskShape } from '../../tasks/index.ts';
import { checkStorage, fillPool, freePool, planPool } from './memory.ts';
import { Pace } from '../measuring/pace.ts';
import { evaluationStep } from './programs.ts';
import { taskOf, trainingRows, type RunSpec } from '../spec/spec.ts';

/** Metrics by name; `loss` is always there. */
export type Metrics = Record<string, number>;

/** Numbers per scored position: loss, argmax, −loss over the noise classes, Σp² (shaders/class_scores.wgsl). */
export const SCORES = 4;

/** Most target positions that one dispatch of an evaluation scores, over all replicas: bounds its activations. */
const MOST_POSITIONS = 2 ** 15;
/** A set smaller than this is filled up to it where others are larger. */
const FILLED_ROWS = 1024;
/** FLOPs of one dispatch of a chunk, over all replicas, at most, unless a training step has more: nothing ends a dispatch. */
const MOST_CHUNK_FLOPS = 4e9;
/** Training batches below this are too small to score by: a set would take too many dispatches. */
const LEAST_SHARED = 32;

/**
 * Rows that every set of a run is scored by at a time: the same for all, so that they share their compiled kernels;
 * a training batch where it is not too small, so that the forward kernels of a step are shared too.
 * @param parameters of one replica: rows of a large model are scored few at a time
 */
export function evaluationBatch(
  sets: readonly Examples[],
  { batch, replicas }: Pick<RunSpec, 'batch' | 'replicas'>,
  parameters = 0,
): number {
  const rows = sets.map((set) => set.rows);
  const wanted = Math.max(Math.min(...rows), Math.min(FILLED_ROWS, Math.max(...rows)));
  const positions = sets[0]!.targets instanceof Int32Array ? sets[0]!.targetWidth : 1;
  const quick = Math.floor(MOST_CHUNK_FLOPS / (2 * parameters * positions * replicas));
  const most = Math.max(
    1,
    Math.min(wanted, Math.floor(MOST_POSITIONS / (positions * replicas)), Math.max(batch, quick)),
  );
  return batch >= LEAST_SHARED ? Math.min(batch, most) : most;
}

export class EvaluationSet {
  /** of chunks instead of steps */
  private readonly pace = new Pace();

  private constructor(
    private readonly device: Device,
    private readonly spec: RunSpec,
    /** those that each replica is scored on */
    readonly examples: readonly Examples[],
    private readonly state: Tensor,
    /** of the last measurement */
    readonly scores: Tensor,
    private readonly program: Program,
    private readonly chunks: number,
    private readonly free: () => void,
  ) {}

  /** @param isTraining the examples are those that the run learns from: each replica is scored on its share of them */
  static async build(
    device: Device,
    spec: RunSpec,
    arena: Arena,
    name: string,
    examples: Examples,
    batch: number,
    isTraining = false,
  ): Promise<EvaluationSet> {
    const { shape } = taskOf(spec);
    const pool = planPool(name, examples, spec.replicas);
    const positions = pool.integerTargets ? examples.targetWidth : 1;
    const state = virtualTensor(`${name} state`, [STATE_WORDS], spec.replicas);
    const scores = virtualTensor(`${name} scores`, [examples.rows * positions, SCORES], spec.replicas);
    checkStorage(scores.storage, 'task.validation, replicas', device.limits);
    const free = (): void => {
      freePool(device, pool);
      for (const { storage } of [state, scores]) freeStorage(device, storage);
    };
    await device.allocating(() => {
      fillPool(device, pool, examples);
      for (const { storage } of [state, scores]) materialise(device, storage);
    });
    try {
      const dispatches = evaluationStep(spec, shape, arena, pool, state, scores, batch, kernelChoice(device));
      const program = await Program.build(device, dispatches, [], { label: `evaluate ${name}` });
      const chunks = Math.ceil(examples.rows / batch);
      const own = Array.from({ length: spec.replicas }, (_, r) =>
        isTraining ? firstRows(examples, trainingRows(spec, r, examples.rows)) : examples,
      );
      return new EvaluationSet(device, spec, own, state, scores, program, chunks, free);
    } catch (error) {
      free();
      throw error;
    }
  }

  /**
   * Metrics of each replica as its weights are now; undefined where the signal has ended it. A long one goes piece by
   * piece, each as long as the submits of training are.
   */
  async measure(signal?: AbortSignal): Promise<Metrics[] | undefined> {
    upload(this.device, this.state.storage, new Uint32Array(this.state.storage.elements));
    for (let done = 0; done < this.chunks;) {
      if (done > 0 && signal?.aborted) return undefined;
      const count = Math.min(this.pace.steps, this.chunks - done);
      const started = performance.now();
      this.program.run(count);
      done += count;
      if (done === this.chunks) break;
      await this.device.handle.queue.onSubmittedWorkDone();
      this.pace.observe(count, performance.now() - started);
    }
    const all = new Float32Array(await download(this.device, this.scores.storage));
    return this.examples.map((examples, r) =>
      this.metricsOf(examples, all.subarray(r * this.scores.stride, (r + 1) * this.scores.stride)),
    );
  }

  /** Arithmetic of one measurement, all replicas. */
  get flops(): number {
    return this.chunks * this.program.cost.flops;
  }

  /** Runs the kernels once; what comes out is not looked at. */
  warmUp(): void {
    this.program.run(1);
  }

  destroy(): void {
    this.program.destroy();
    this.free();
  }

  private metricsOf(examples: Examples, table: Float32Array): Metrics {
    const positions = examples.targets instanceof Int32Array ? examples.targets.length : examples.rows;
    const column = (offset: number): Float32Array =>
      Float32Array.from({ length: positions }, (_, i) => table[i * SCORES + offset]!);
    const { task, options, shape } = taskOf(this.spec);
    const loss = column(0);
    const scores: Scores = {
      loss,
      inNats: this.spec.loss !== 'squared-error',
      prediction: Int32Array.from(column(1)),
      noiseLoss: column(2).map((mean) => -mean),
      brier: brierOf(this.spec.loss, loss, column(3), shape),
    };
    return { loss: meanLoss(examples, scores), ...task.metrics?.(options, examples, scores) };
  }
}

/** Σ p² − 2 p(target) + 1, where p(target) follows from the loss; squared error is the score itself, as a mean over classes. */
function brierOf(
  kind: ClassLoss,
  loss: Float32Array,
  squares: Float32Array,
  { targets }: TaskShape,
): Float64Array {
  const classes = targets.kind === 'classes' ? targets.classes : NaN;
  return Float64Array.from(loss, (value, i) => {
    return kind === 'squared-error' ? classes * value : squares[i]! - 2 * Math.exp(-value) + 1;
  });
}

function firstRows(examples: Examples, rows: number): Examples {
  const { inputs, inputWidth, targets, targetWidth } = examples;
  return {
    ...examples,
    rows,
    inputs: inputs.subarray(0, rows * inputWidth),
    targets: targets.subarray(0, rows * targetWidth),
  };
}

/** Mean over the scored positions: those whose target is not −1. */
function meanLoss({ targets }: Examples, { loss }: Scores): number {
  let sum = 0;
  let count = 0;
  const scored = targets instanceof Int32Array ? targets : undefined;
  for (let i = 0; i < loss.length; i++) {
    if (scored?.[i] === -1) continue;
    sum += loss[i]!;
    count++;
  }
  return sum / count;
}

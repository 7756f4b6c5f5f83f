/** The two programs of a run: one training step, and the scoring of one chunk of a held-out set. */
import { type Arena, Tape, type Parameter } from '../../autodiff/index.ts';
import type { Dispatch } from '../../gpu/kernel.ts';
import { fuseHorizontally, workgroupSize } from '../../gpu/horizontal-fusion.ts';
import type { Storage, Tensor } from '../../gpu/tensor.ts';
import { loadRows, sampleBatch } from '../../kernels/batch.ts';
import type { KernelChoice } from '../../kernels/choice.ts';
import { classScores } from '../../kernels/class-loss.ts';
import { meanSquaredErrorScores } from '../../kernels/mean-squared-error.ts';
import { adamw, sgd } from '../../kernels/optimizer.ts';
import { advance, endStep, gradientNorm } from '../../kernels/step.ts';
import { forward, type ModelShape } from '../../models/index.ts';
import { emitMuon } from './muon.ts';
import { computed } from './precision.ts';
import type { RunSpec } from '../spec/spec.ts';

/** A pool of examples on the GPU, shared by the replicas. */
export interface Pool {
  /** [rows, inputWidth] */
  inputs: Tensor;
  /** [rows, targetWidth] */
  targets: Tensor;
  integerTargets: boolean;
}

/** Everything on the GPU that a training step works on. */
export interface TrainingMemory {
  arena: Arena;
  /** moments [R][P]: AdamW's mean, or Muon's for hidden matrices, and AdamW's mean square; or SGD's momentum */
  moments: readonly Tensor[];
  /** [R, 16] */
  state: Tensor;
  /** [ring steps, R] */
  ring: Tensor;
  pool: Pool;
  /** what a checkpoint holds: parameters, moments, state */
  kept: readonly Storage[];
  /** the same at the last evaluation at which all was finite */
  good: readonly Storage[];
}

/** A step's dispatches, and the batch and gradients that a trace reads. */
export interface StepPlan {
  dispatches: readonly Dispatch[];
  batchInputs: Tensor;
  batchTargets: Tensor;
}

/** One training step: draw a batch (in the pool's own order if `inOrder`), forward, backward, update. */
export function trainingStep(
  spec: RunSpec,
  shape: ModelShape,
  memory: TrainingMemory,
  kernels: KernelChoice,
  inOrder: boolean,
): StepPlan {
  const { arena, state, pool } = memory;
  const tape = tapeOf(spec, kernels);
  const batchInputs = tape.tensor('batch inputs', [spec.batch, ...pool.inputs.shape.slice(1)]);
  const batchTargets = tape.tensor('batch targets', [spec.batch, ...pool.targets.shape.slice(1)]);
  const rows = (spec.batch * pool.targets.shape[1]!) / (pool.integerTargets ? 1 : pool.targets.shape[1]!);

  tape.emit(
    sampleBatch({
      inputs: pool.inputs,
      targets: pool.targets,
      state,
      batchInputs,
      batchTargets,
      ownRows: spec.trainingFractions.length > 0,
      inOrder,
      counts: pool.integerTargets,
    }),
  );
  const outputs = forward(tape, computed(tape, spec, arena), spec.model, shape, batchInputs);
  const losses = pool.integerTargets
    ? tape.classLoss(outputs, { ...batchTargets, shape: [rows] }, state, spec.loss)
    : tape.meanSquaredError(outputs, batchTargets);
  tape.backward();
  const { threads } = tape;
  if (spec.clip > 0) tape.emit(gradientNorm({ gradients: arena.gradients, state, clip: spec.clip, threads }));
  tape.emit(
    endStep({
      state,
      losses,
      ring: memory.ring,
      divideBy: pool.integerTargets ? 'count' : rows,
      schedule: spec.schedule,
      threads: Math.min(
        tape.threads,
        workgroupSize(tape.dispatches.at(-1)!).reduce((all, n) => all * n),
      ),
    }),
  );
  optimize(tape, spec, memory);
  return {
    dispatches: kernels.fuseHorizontally
      ? fuseHorizontally(tape.dispatches, { mixed: kernels.serial, ...kernels })
      : tape.dispatches,
    batchInputs,
    batchTargets,
  };
}

const tapeOf = ({ replicas, precision }: RunSpec, kernels: KernelChoice): Tape =>
  new Tape(replicas, kernels, precision === 'f16');

function optimize(tape: Tape, spec: RunSpec, { arena, moments, state }: TrainingMemory): void {
  const common = {
    parameters: arena.values,
    gradients: arena.gradients,
    decay: arena.decay,
    state,
    clips: spec.clip > 0,
    threads: tape.threads,
  };
  const { optimizer } = spec;
  switch (optimizer.name) {
    case 'adamw':
      tape.emit(adamw({ ...common, ...optimizer, m: moments[0]!, v: moments[1]! }));
      break;
    case 'sgd':
      tape.emit(sgd({ ...common, buffer: moments[0]!, momentum: optimizer.momentum }));
      break;
    case 'muon': {
      const [m, v] = moments as [Tensor, Tensor];
      const rest = { except: arena.hidden, rate: optimizer.adamwRate };
      tape.emit(adamw({ ...common, ...optimizer, ...rest, m, v }));
      emitMuon(tape, { ...optimizer, arena, m, state, clips: common.clips });
      break;
    }
  }
}

/** Number of moments that an optimizer keeps per parameter. */
export function momentCount(spec: RunSpec): number {
  return spec.optimizer.name === 'sgd' ? 1 : 2;
}

/** Scores chunk `state.step` of a held-out set, `batch` rows at a time, and advances the chunk. */
export function evaluationStep(
  spec: RunSpec,
  shape: ModelShape,
  arena: Arena,
  pool: Pool,
  state: Tensor,
  scores: Tensor,
  batch: number,
  kernels: KernelChoice,
): Dispatch[] {
  const tape = tapeOf(spec, kernels);
  const batchInputs = tape.tensor('evaluation inputs', [batch, ...pool.inputs.shape.slice(1)]);
  const batchTargets = tape.tensor('evaluation targets', [batch, ...pool.targets.shape.slice(1)]);
  const { integerTargets } = pool;
  tape.emit(
    loadRows({
      inputs: pool.inputs,
      targets: pool.targets,
      state,
      batchInputs,
      batchTargets,
      integerTargets,
    }),
  );
  const outputs = forward(tape, computed(tape, spec, arena), spec.model, shape, batchInputs);
  const columns = outputs.shape.at(-1)!;
  const rows = outputs.shape.reduce((product, n) => product * n, 1) / columns;
  const flat = { ...outputs, shape: [rows, columns] };
  const { serial } = kernels;
  const noiseClasses = shape.targets.kind === 'classes' ? shape.targets.noiseClasses : undefined;
  tape.emit(
    integerTargets
      ? classScores({
          kind: spec.loss,
          logits: flat,
          targets: { ...batchTargets, shape: [rows] },
          state,
          scores,
          serial,
          ...(noiseClasses && { noiseClasses }),
        })
      : meanSquaredErrorScores({ y: flat, targets: batchTargets, state, scores, serial }),
  );
  tape.emit(advance({ state }));
  return tape.dispatches;
}

/** The parameters of replica 0 alone, for programs that show a model. */
export function firstReplica(arena: Arena): (name: string) => Parameter {
  return (name) => {
    const { value, gradient } = arena.get(name);
    return { name, value: { ...value, replicas: 1 }, gradient: { ...gradient, replicas: 1 } };
  };
}

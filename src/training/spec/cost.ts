/**
 * What a run will cost, counted before its examples are made or anything is compiled: upper estimates from the spec
 * alone, all replicas together.
 */
import { countEvaluations } from './evaluation-points.ts';
import { momentCount } from '../trainer/programs.ts';
import { taskOf, type RunSpec } from './spec.ts';
import { dataPerStep, flopsPerStep, parametersOf } from './flops.ts';

export interface RunCost {
  /** FLOPs of one training step */
  step: number;
  /** FLOPs of one evaluation of all held-out sets */
  evaluation: number;
  /** FLOPs of all steps and evaluations */
  all: number;
  /** numbers that the CPU keeps until the end: the losses of each step, the metrics of each evaluation */
  kept: number;
  /** numbers in the examples, which the CPU generates */
  examples: number;
  /** bytes of GPU memory */
  bytes: number;
  /** kernels to compile, if none is shared with another run */
  kernels: number;
}

/** Metrics of an evaluation, at most. */
const METRICS = 16;
/** Kernels of a run apart from those of its layers, and of one layer forward, backward and in the update. */
const KERNELS = { run: 20, layer: 14 };

export function costOf(spec: RunSpec): RunCost {
  const { replicas, steps, batch } = spec;
  const N = parametersOf(spec);
  const rows = rowsOf(spec);
  const perRow = dataPerStep({ ...spec, batch: 1 });
  const step = flopsPerStep(spec) * replicas;
  const evaluation = 2 * N * rows.evaluation * perRow * replicas;
  const evaluations = countEvaluations(spec.evaluate, step / replicas, steps);
  const examples = (rows.training + rows.evaluation) * widthOf(spec);
  // Weights, gradients, moments, and the weights and moments of the last good state.
  const weights = N * replicas * (3 + 2 * momentCount(spec));
  const scored = Math.min(rows.evaluation, Math.max(batch, 2 ** 15 / (perRow * replicas)));
  const activations = Math.max(batch, scored) * perRow * replicas * activationsOf(spec);
  const scores = 4 * rows.evaluation * perRow * replicas;
  return {
    step,
    evaluation,
    all: steps * step + evaluations * evaluation,
    kept: replicas * (steps + evaluations * METRICS),
    examples,
    bytes: 4 * (weights + activations + scores + examples),
    kernels: KERNELS.run + KERNELS.layer * layersOf(spec),
  };
}

/** Rows of examples, by the options that tasks call the same. */
function rowsOf({ task }: RunSpec): { training: number; evaluation: number } {
  const option = (key: string): number => (typeof task[key] === 'number' ? task[key] : 0);
  const pairs = option('prime') ** 2;
  // Some sets have as many rows as the validation set, or one for each fact of each domain.
  const facts = option('facts') * (1 + option('domains'));
  return {
    training: option('pool') + option('points') + pairs,
    evaluation: 2 * option('validation') + facts + pairs,
  };
}

/** Numbers of one example: its inputs and its targets. */
function widthOf(spec: RunSpec): number {
  const { inputs, targets } = taskOf(spec).shape;
  const into = inputs.kind === 'tokens' ? inputs.length : inputs.width;
  return into + (targets.kind === 'classes' ? targets.perRow : targets.width);
}

function layersOf({ model }: RunSpec): number {
  return model.kind === 'mlp' ? model.hidden.length : model.layers;
}

/** Numbers that a position leaves behind on its way through the model, for the way back. */
function activationsOf(spec: RunSpec): number {
  const { inputs, targets } = taskOf(spec).shape;
  const out = targets.kind === 'classes' ? targets.classes : targets.width;
  const { model } = spec;
  if (model.kind === 'mlp') {
    const first = inputs.kind === 'tokens' ? inputs.length * model.embedding : inputs.width;
    return 2 * (first + out) + 3 * model.hidden.reduce((sum, width) => sum + width, 0);
  }
  const length = inputs.kind === 'tokens' ? inputs.length : 1;
  return 2 * out + model.layers * (20 * model.width + 2 * model.heads * length);
}

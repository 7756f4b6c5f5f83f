/**
 * How much arithmetic a run does and how large its model is, counted before anything is compiled. FLOPs are those of the
 * graph: what its kernels multiply and add. The rule C = 6 N D takes every parameter for one that multiplies, which
 * tables of embeddings do not: of a small model they are a third or a half. Pearce and Song 2024, arXiv:2406.12907.
 */
import { countParameters } from '../../autodiff/index.ts';
import { choiceOf } from '../../kernels/choice.ts';
import { modelParameters } from '../../models/index.ts';
import { planTraining } from '../trainer/memory.ts';
import { trainingStep } from '../trainer/programs.ts';
import { taskOf, type RunSpec } from './spec.ts';

/** Parameters N of one replica. */
export function parametersOf(spec: RunSpec): number {
  return countParameters(modelParameters(spec.model, taskOf(spec).shape));
}

/** Parameters of one replica that are no table of embeddings; one that is the output layer too multiplies, and counts. */
export function withoutTables(spec: RunSpec): number {
  const isTied = spec.model.kind === 'transformer' && spec.model.tied;
  const tables = ['wpe.weight', 'tag_embedding.weight', ...(isTied ? [] : ['wte.weight'])];
  return countParameters(
    modelParameters(spec.model, taskOf(spec).shape).filter(({ name }) => !tables.includes(name)),
  );
}

/** Examples of one step and replica that the loss is taken on, or tokens of a sequence. */
export function dataPerStep(spec: RunSpec): number {
  const { inputs, targets } = taskOf(spec).shape;
  return spec.batch * (inputs.kind === 'tokens' && targets.kind === 'classes' ? targets.perRow : 1);
}

/** Training FLOPs of one replica by the rule C = 6 N D. */
export function sixND(spec: RunSpec): number {
  return 6 * parametersOf(spec) * dataPerStep(spec) * spec.steps;
}

/** Counts of before, by all that they depend on: a sweep asks for the same shape many times. */
const counted = new Map<string, number>();
const MOST_COUNTED = 1000;

/** FLOPs of one training step of one replica: forward, backward and update. The same on every device. */
export function flopsPerStep(spec: RunSpec): number {
  const { model, batch, loss, clip, precision } = spec;
  const { shape } = taskOf(spec);
  const { name } = spec.optimizer;
  const key = JSON.stringify([model, shape, batch, loss, clip > 0, precision, name]);
  let flops = counted.get(key);
  if (flops === undefined) {
    flops = countStep({ ...spec, replicas: 1 });
    if (counted.size >= MOST_COUNTED) counted.clear();
    counted.set(key, flops);
  }
  return flops;
}

/** FLOPs of all training steps of one replica: C. */
export function flopsOf(spec: RunSpec): number {
  return spec.steps * flopsPerStep(spec);
}

function countStep(spec: RunSpec): number {
  const { shape } = taskOf(spec);
  const { inputs, targets } = shape;
  const inputWidth = inputs.kind === 'tokens' ? inputs.length : inputs.width;
  const targetWidth = targets.kind === 'classes' ? targets.perRow : targets.width;
  const Inputs = inputs.kind === 'tokens' ? Int32Array : Float32Array;
  const Targets = targets.kind === 'classes' ? Int32Array : Float32Array;
  // Only shapes are planned, so that a data set of one row will do.
  const memory = planTraining(spec, shape, {
    rows: 1,
    inputs: new Inputs(inputWidth),
    inputWidth,
    targets: new Targets(targetWidth),
    targetWidth,
  });
  const { dispatches } = trainingStep(spec, shape, memory, choiceOf('register'), false);
  return dispatches.reduce((sum, { flops }) => sum + flops, 0);
}

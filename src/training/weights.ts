/** Weights that a run begins with or goes on from: whether they are this run's, before a number of them is believed. */
import { layout, type Slot } from '../autodiff/index.ts';
import { STATE_WORDS } from '../kernels/state.ts';
import { modelParameters } from '../models/index.ts';
import { SchemaError } from '../schema.ts';
import { describeDifferences, differences } from './identity.ts';
import { momentCount } from './programs.ts';
import { taskOf, type RunSpec } from './spec.ts';

/** A model as it was at some step of a run. */
export interface Weights {
  spec: RunSpec;
  /** steps done */
  step: number;
  /** [R, P], as in the arena */
  parameters: Float32Array<ArrayBuffer>;
}

/** All that a run needs to go on with the same bits. */
export interface Checkpoint extends Weights {
  /** each [R, P] */
  moments: Float32Array<ArrayBuffer>[];
  /** [R, 16] words, the random state among them */
  state: Uint32Array<ArrayBuffer>;
}

/** Where each parameter lies in a replica's slice [P], and P. */
export function rowsOf(spec: RunSpec): { slots: Slot[]; length: number } {
  return layout(modelParameters(spec.model, taskOf(spec).shape));
}

/**
 * The weights of a run as another run's initial ones [R, P]: each replica's own, or one model's for all.
 * @throws SchemaError that names in what the two models differ
 */
export function transferred(from: Weights, to: RunSpec): Float32Array<ArrayBuffer> {
  refuseOtherModel(from.spec, to, 'the weights to begin with');
  const { replicas } = from.spec;
  if (replicas !== 1 && replicas !== to.replicas) {
    throw new SchemaError(
      `replicas: the weights to begin with are ${replicas} replicas; give this run as many, not ${to.replicas}`,
    );
  }
  const { length } = rowsOf(to);
  refuseLength('the weights to begin with', from.parameters, replicas * length);
  const arena = new Float32Array(to.replicas * length);
  for (let r = 0; r < to.replicas; r++) {
    const row = (r % replicas) * length;
    arena.set(from.parameters.subarray(row, row + length), r * length);
  }
  return arena;
}

/**
 * Refuses a checkpoint from which a run cannot go on. Its spec may differ in the rest: a run may be made longer.
 * @throws SchemaError that names in what it is another run's
 */
export function refuseForeign(checkpoint: Checkpoint, to: RunSpec): void {
  const { spec, step, parameters, moments, state } = checkpoint;
  refuseOtherModel(spec, to, 'the checkpoint');
  if (spec.replicas !== to.replicas) {
    throw new SchemaError(`replicas: the checkpoint has ${spec.replicas}, this run ${to.replicas}`);
  }
  if (spec.optimizer.name !== to.optimizer.name) {
    throw new SchemaError(
      `optimizer.name: the checkpoint has the moments of ${spec.optimizer.name}, this run needs those of ${to.optimizer.name}`,
    );
  }
  if (step > to.steps)
    throw new SchemaError(`steps: the checkpoint is of step ${step}, behind the end at ${to.steps}`);
  const elements = to.replicas * rowsOf(to).length;
  for (const arena of [parameters, ...moments]) refuseLength('the checkpoint', arena, elements);
  if (moments.length !== momentCount(to) || state.length !== to.replicas * STATE_WORDS) {
    throw new SchemaError('the checkpoint lacks moments or state: with weights alone a run can only begin');
  }
}

/** @throws SchemaError where the weights of one spec mean another function, or none, under the other */
export function refuseOtherModel(from: RunSpec, to: RunSpec, what: string): void {
  const options = differences(functionOf(from), functionOf(to), 'model');
  const different = options.length ? options : differences(shapesOf(from), shapesOf(to));
  const all = [...different, ...differences(kindsOf(from), kindsOf(to), 'task')];
  if (all.length) throw new SchemaError(`model: ${what} are another model's: ${describeDifferences(all)}`);
}

/** What a model computes from its weights; how large they are in the beginning does not matter. */
function functionOf({ model }: RunSpec): unknown {
  const { embeddingScale: _, outputScale: __, ...rest } = model;
  return rest;
}

/** Shapes by name. */
function shapesOf(spec: RunSpec): Record<string, readonly number[]> {
  return Object.fromEntries(rowsOf(spec).slots.map(({ name, shape }) => [name, shape]));
}

/** What goes in and what comes out: equal shapes of unlike kinds are no equal models. */
function kindsOf(spec: RunSpec): Record<string, string> {
  const { inputs, targets } = taskOf(spec).shape;
  return { inputs: inputs.kind, targets: targets.kind };
}

function refuseLength(what: string, arena: Float32Array, elements: number): void {
  if (arena.length !== elements)
    throw new SchemaError(`model: ${what} has ${arena.length} elements where ${elements} are needed`);
}

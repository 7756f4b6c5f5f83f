/** Whether weights are those of a run, before a number of them is believed. */
import { STATE_WORDS } from '../../kernels/state.ts';
import { SchemaError } from '../../schema.ts';
import { describeDifferences, differences } from '../spec/identity.ts';
import { taskOf, type RunSpec } from '../spec/spec.ts';
import { momentCount } from '../trainer/programs.ts';
import { type Checkpoint, rowsOf, type Weights } from './weights.ts';

/**
 * Refuses weights with which a run cannot begin.
 * @throws SchemaError that names in what the two models differ
 */
export function refuseOtherWeights(from: Weights, to: RunSpec): void {
  refuseOtherModel(from.spec, to, 'the weights to begin with');
  const { replicas } = from.spec;
  if (replicas !== 1 && replicas !== to.replicas) {
    throw SchemaError.at(
      'replicas',
      `the weights to begin with are ${replicas} replicas; give this run as many, not ${to.replicas}`,
    );
  }
  refuseLength('the weights to begin with', from.parameters, replicas * rowsOf(to).length);
}

/**
 * Refuses a checkpoint from which a run cannot go on. Its spec may differ in the rest: a run may be made longer.
 * @throws SchemaError that names in what it is another run's
 */
export function refuseForeign(checkpoint: Checkpoint, to: RunSpec): void {
  const { spec, step, parameters, moments, state } = checkpoint;
  refuseOtherModel(spec, to, 'the checkpoint');
  if (spec.replicas !== to.replicas) {
    throw SchemaError.at('replicas', `the checkpoint has ${spec.replicas}, this run ${to.replicas}`);
  }
  if (spec.optimizer.name !== to.optimizer.name) {
    throw SchemaError.at(
      'optimizer.name',
      `the checkpoint has the moments of ${spec.optimizer.name}, this run needs those of ${to.optimizer.name}`,
    );
  }
  if (step > to.steps)
    throw SchemaError.at('steps', `the checkpoint is of step ${step}, behind the end at ${to.steps}`);
  const elements = to.replicas * rowsOf(to).length;
  for (const arena of [parameters, ...moments]) refuseLength('the checkpoint', arena, elements);
  if (moments.length !== momentCount(to) || state.length !== to.replicas * STATE_WORDS) {
    throw new SchemaError('the checkpoint lacks moments or state: with weights alone a run can only begin');
  }
}

/** @throws SchemaError where the weights of one spec mean another function, or none, under the other */
function refuseOtherModel(from: RunSpec, to: RunSpec, what: string): void {
  const options = differences(functionOf(from), functionOf(to), 'model');
  const different = options.length ? options : differences(shapesOf(from), shapesOf(to));
  const all = [...different, ...differences(kindsOf(from), kindsOf(to), 'task')];
  if (all.length) throw SchemaError.at('model', `${what} are another model's: ${describeDifferences(all)}`);
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
    throw SchemaError.at('model', `${what} has ${arena.length} elements where ${elements} are needed`);
}

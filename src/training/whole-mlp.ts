/** A whole small MLP in one workgroup: whether a run can train so, and whether it pays (docs/decisions/0012-whole-mlp.md). */
import type { Device } from '../gpu/device.ts';
import type { Dispatch } from '../gpu/kernel.ts';
import { hasMlpSteps, mlpSteps } from '../kernels/mlp-steps.ts';
import { countParameters } from '../autodiff/index.ts';
import { modelParameters, type ModelShape } from '../models/index.ts';
import type { StepPlan, TrainingMemory } from './programs.ts';
import { taskOf, type RunSpec } from './spec.ts';

/** Whether the kernel covers a run: an MLP on vectors, one target a row, AdamW or SGD, gradients not clipped. */
export function canBeWhole(spec: RunSpec, shape: ModelShape): boolean {
  const { model, optimizer, clip } = spec;
  return (
    hasMlpSteps &&
    model.kind === 'mlp' &&
    shape.inputs.kind === 'vectors' &&
    (shape.targets.kind === 'values' || shape.targets.perRow === 1) &&
    optimizer.name !== 'muon' &&
    clip === 0
  );
}

/** Weights times batch up to which one workgroup is faster: see the decision for what was measured. */
const MOST_WORK = 2 ** 15;

/**
 * Whether one workgroup per replica is faster than a step’s dispatches. By size alone and not by a clock, so that the
 * same run gives the same bits every time; not by R, since each replica is the run of its own seed, bit for bit. GPUs
 */
export function paysWhole(spec: RunSpec, { isSoftware }: Pick<Device, 'isSoftware'>): boolean {
  const weights = countParameters(modelParameters(spec.model, taskOf(spec).shape));
  return isSoftware && weights * spec.batch <= MOST_WORK;
}

/** All training steps of an encoding in one dispatch; for runs that `canBeWhole`. */
export function wholeMlpSteps(
  spec: RunSpec,
  memory: TrainingMemory,
  { dispatches }: StepPlan,
  { isSoftware }: Pick<Device, 'isSoftware'>,
  inOrder: boolean,
): Dispatch {
  const { model, optimizer } = spec;
  const { arena, moments, pool, state, ring } = memory;
  if (model.kind !== 'mlp' || optimizer.name === 'muon') throw new Error('This run is no whole MLP.');
  return mlpSteps({
    layers: [...model.hidden, 0].map((_, layer) => ({
      weight: arena.get(`layers.${layer}.weight`).value,
      ...(model.bias && { bias: arena.get(`layers.${layer}.bias`).value }),
    })),
    activation: model.activation,
    ...pool,
    batch: spec.batch,
    inOrder,
    parameters: arena.values,
    optimizer:
      optimizer.name === 'adamw'
        ? { adamw: { ...optimizer, m: moments[0]!, v: moments[1]! } }
        : { sgd: { ...optimizer, buffer: moments[0]! } },
    state,
    ring,
    schedule: spec.schedule,
    serial: isSoftware,
    flops: dispatches.reduce((sum, { flops }) => sum + flops, 0),
  });
}

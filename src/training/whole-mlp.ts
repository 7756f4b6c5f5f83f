/** A whole small MLP in one workgroup: whether a run can train so (docs/decisions/0012-whole-mlp.md). */
import { countParameters } from '../autodiff/index.ts';
import type { Dispatch } from '../gpu/kernel.ts';
import type { KernelChoice } from '../kernels/choice.ts';
import { mlpSteps } from '../kernels/mlp-steps.ts';
import type { ModelShape } from '../models/index.ts';
import type { StepPlan, TrainingMemory } from './programs.ts';
import type { RunSpec } from './spec.ts';

/** Whether the kernel covers a run: an MLP on vectors in f32, one target a row, AdamW or SGD, gradients not clipped. */
export function canBeWhole(spec: RunSpec, shape: ModelShape): boolean {
  const { model, optimizer, clip, precision } = spec;
  return (
    model.kind === 'mlp' &&
    shape.inputs.kind === 'vectors' &&
    (shape.targets.kind === 'values' || shape.targets.perRow === 1) &&
    optimizer.name !== 'muon' &&
    clip === 0 &&
    precision === 'f32'
  );
}

/** Whether a run that `canBeWhole` is small enough for it; its replicas don't count, so that each trains as if alone. */
export function paysWhole(
  { batch }: RunSpec,
  { arena }: TrainingMemory,
  { wholeUpTo }: KernelChoice,
): boolean {
  return countParameters(arena.specs) * batch <= wholeUpTo;
}

/** All training steps of an encoding in one dispatch; for runs that `canBeWhole`. */
export function wholeMlpSteps(
  spec: RunSpec,
  memory: TrainingMemory,
  { dispatches }: Pick<StepPlan, 'dispatches'>,
  { serial }: Pick<KernelChoice, 'serial'>,
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
    serial,
    flops: dispatches.reduce((sum, { flops }) => sum + flops, 0),
  });
}

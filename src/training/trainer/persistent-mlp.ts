/** The persistent MLP kernel: whether a run can train by it (docs/decisions/0012-persistent-mlp.md). */
import { countParameters } from '../../autodiff/index.ts';
import type { Dispatch } from '../../gpu/kernel.ts';
import type { KernelChoice } from '../../kernels/choice.ts';
import { fitsWorkgroup, persistentMlp } from '../../kernels/persistent-mlp.ts';
import type { ModelShape } from '../../models/index.ts';
import type { StepPlan, TrainingMemory } from './programs.ts';
import type { RunSpec } from '../spec/spec.ts';

/**
 * Whether the kernel covers a run: an MLP on vectors in f32, one target a row, cross-entropy where it is a class, AdamW or
 * SGD, gradients not clipped; on GPUs it must fit into workgroup memory.
 */
export function canBePersistent(spec: RunSpec, shape: ModelShape, kernels: PersistentChoice): boolean {
  const { model, optimizer, clip, precision, batch, loss, labels } = spec;
  if (kernels.persistentUpTo === 0 || model.kind !== 'mlp' || shape.inputs.kind !== 'vectors') return false;
  const { targets } = shape;
  const covered =
    (targets.kind === 'values' || targets.perRow === 1) &&
    loss === 'cross-entropy' &&
    labels === 'given' &&
    optimizer.name !== 'muon' &&
    clip === 0 &&
    precision === 'f32';
  const isVector = targets.kind === 'values';
  const widths = [shape.inputs.width, ...model.hidden, isVector ? targets.width : targets.classes];
  const { activation } = model;
  const targetWidth = isVector ? targets.width : 1;
  return covered && (kernels.serial || fitsWorkgroup({ widths, activation, batch, targetWidth, ...kernels }));
}

/** What the choice of kernels has to do with it. */
type PersistentChoice = Pick<KernelChoice, 'serial' | 'grants' | 'persistentUpTo'>;

/** Whether a run that `canBePersistent` is small enough for it; its replicas don't count, so that each trains as if alone. */
export function paysPersistent(
  { batch }: RunSpec,
  { arena }: TrainingMemory,
  { persistentUpTo }: KernelChoice,
): boolean {
  return countParameters(arena.specs) * batch <= persistentUpTo;
}

/** All training steps of an encoding in one dispatch; for runs that `canBePersistent`. */
export function persistentMlpSteps(
  spec: RunSpec,
  memory: TrainingMemory,
  { dispatches }: Pick<StepPlan, 'dispatches'>,
  { serial, grants, unrolled = false }: PersistentChoice & Partial<KernelChoice>,
  inOrder: boolean,
): Dispatch {
  const { model, optimizer } = spec;
  const { arena, moments, pool, state, ring } = memory;
  if (model.kind !== 'mlp' || optimizer.name === 'muon')
    throw new Error('This run is not one for the persistent MLP kernel.');
  return persistentMlp({
    layers: [...model.hidden, 0].map((_, layer) => ({
      weight: arena.get(`layers.${layer}.weight`).value,
      ...(model.bias && { bias: arena.get(`layers.${layer}.bias`).value }),
    })),
    activation: model.activation,
    ...pool,
    batch: spec.batch,
    ownRows: spec.trainingFractions.length > 0,
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
    grants,
    unrolled,
    flops: dispatches.reduce((sum, { flops }) => sum + flops, 0),
  });
}

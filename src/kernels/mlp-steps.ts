/** Whole training steps of a small MLP in one dispatch: one workgroup per replica. */
import { f32, read, update, type Constant, type Dispatch } from '../gpu/kernel.ts';
import { size, virtualTensor, type Tensor } from '../gpu/tensor.ts';
import activationCode from '../../shaders/activation.wgsl?raw';
import mlpStepsCode from '../../shaders/mlp_steps.wgsl?raw';
import powerCode from '../../shaders/one_minus_power.wgsl?raw';
import permuteCode from '../../shaders/permute.wgsl?raw';
import randomCode from '../../shaders/random.wgsl?raw';
import scheduleCode from '../../shaders/schedule.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
import { ACTIVATIONS, keepsInput, type Activation } from './activation.ts';
import { feistel } from './batch.ts';
import { logarithm, type AdamW, type SGD } from './optimizer.ts';
import { SCHEDULES, type Schedule } from './step.ts';

export interface MlpSteps {
  /** the layers in order: weight [out, in], and bias [out] in all of them or in none; views of `parameters` */
  layers: readonly { weight: Tensor; bias?: Tensor }[];
  /** after each layer but the last */
  activation: Activation;
  /** [rows, in] f32, shared by the replicas */
  inputs: Tensor;
  /** [rows, out] f32; or [rows, 1] i32, −1 where the row is not scored */
  targets: Tensor;
  integerTargets: boolean;
  /** examples per step */
  batch: number;
  /** take the pool's rows in their own order */
  inOrder?: boolean;
  /** [P] per replica */
  parameters: Tensor;
  /** moments have one stride with the parameters */
  optimizer:
    | { adamw: Pick<AdamW, 'm' | 'v' | 'beta1' | 'beta2' | 'epsilon'> }
    | { sgd: Required<Pick<SGD, 'buffer' | 'momentum'>> };
  /** [R, 16] */
  state: Tensor;
  /** [ringSteps, R], one replica */
  ring: Tensor;
  schedule: Pick<Schedule, 'name' | 'final'>;
  /** a workgroup of one subgroup of 8, whose threads then share what they read: for adapters that compute on the CPU */
  serial?: boolean;
  /** floating-point operations of one step */
  flops?: number;
}

/**
 * Draws batches, goes forward and back, updates, and closes steps: one, or as many as `Program.encode` is asked for.
 * Gradients are kept nowhere.
 * @throws RangeError when (rows + 1) · batch reaches 2³², or the moments are laid out unlike the parameters
 */
export function mlpSteps(op: MlpSteps): Dispatch {
  const { inputs, targets, parameters, state, ring, optimizer, batch, serial = false } = op;
  const rows = inputs.shape[0]!;
  if ((rows + 1) * batch >= 2 ** 32) throw new RangeError('mlp_steps: rows · batch must stay below 2³².');
  const moments = 'adamw' in optimizer ? [optimizer.adamw.m, optimizer.adamw.v] : [optimizer.sgd.buffer];
  if (moments.some(({ stride }) => stride !== parameters.stride)) {
    throw new RangeError('mlp_steps: moments are laid out as the parameters.');
  }
  const lanes = serial ? 8 : Math.min(64, Math.max(8, 2 ** Math.ceil(Math.log2(batch / 4))));
  const threads = serial ? lanes : 256;
  const blocks = Math.ceil(batch / 4 / lanes) * lanes;
  const targetWidth = targets.shape[1]!;
  const { table, vectors } = layerTable(op.layers, targetWidth, blocks);
  const scratch = virtualTensor('activations and their gradients', [4 * vectors], parameters.replicas);
  return {
    kernel: {
      name: 'mlp_steps',
      code: [stateCode, randomCode, permuteCode, activationCode, scheduleCode, powerCode, mlpStepsCode],
      constants: {
        THREADS: threads,
        LANES: lanes,
        GROUPS: threads / lanes,
        TILE: serial ? 8 : 4,
        B: batch,
        BLOCKS: blocks,
        SCRATCH: vectors,
        DEPTH: op.layers.length,
        LAYERS: table,
        HAS_BIAS: op.layers[0]!.bias !== undefined,
        ACTIVATION: ACTIVATIONS.indexOf(op.activation),
        KEEPS_INPUT: keepsInput(op.activation),
        ROWS: rows,
        INPUT_WIDTH: size(inputs) / rows,
        TARGET_WIDTH: targetWidth,
        OUTPUT_WIDTH: op.layers.at(-1)!.weight.shape[0]!,
        INTEGER_TARGETS: op.integerTargets,
        ...feistel(rows),
        IN_ORDER: op.inOrder ?? false,
        P: parameters.stride,
        RING_STEPS: ring.shape[0]!,
        REPLICAS: state.replicas,
        SCHEDULE: SCHEDULES.indexOf(op.schedule.name),
        FINAL: f32(op.schedule.final),
        ...optimizerConstants(optimizer),
      },
    },
    bindings: [
      read(inputs),
      read(targets),
      update(state),
      update(parameters),
      update(ring),
      update(scratch),
      ...moments.map(update),
      ...(moments.length < 2 ? [update()] : []),
    ],
    workgroups: [1, 1, parameters.replicas],
    flops: op.flops ?? 0,
    repeats: true,
  };
}

/** The layers as the shader wants them, and the vectors that they and the targets need of the scratch. */
function layerTable(
  layers: MlpSteps['layers'],
  targetWidth: number,
  blocks: number,
): { table: string; vectors: number } {
  let vectors = targetWidth * blocks;
  const take = (width: number): number => {
    vectors += width * blocks;
    return vectors - width * blocks;
  };
  let x = take(layers[0]!.weight.shape[1]!);
  let dx = 0;
  const entries = layers.map(({ weight, bias }, l) => {
    const [out = 1, width = 1] = weight.shape;
    // The last layer's output is needed only until its gradient takes its place.
    const dy = take(out);
    const y = l === layers.length - 1 ? dy : take(out);
    const words = [width, out, weight.offset, bias?.offset ?? 0, x, dx, y, dy];
    [x, dx] = [y, dy];
    return `Layer(${words.map((n) => `${n}u`).join(', ')})`;
  });
  return { table: `array<Layer, ${layers.length}>(${entries.join(', ')})`, vectors };
}

function optimizerConstants(optimizer: MlpSteps['optimizer']): Record<string, Constant> {
  const { beta1, beta2, epsilon } =
    'adamw' in optimizer ? optimizer.adamw : { beta1: 0, beta2: 0, epsilon: 1 };
  return {
    ADAM: 'adamw' in optimizer,
    BETA1: f32(beta1),
    BETA2: f32(beta2),
    ONE_MINUS_BETA1: f32(1 - beta1),
    ONE_MINUS_BETA2: f32(1 - beta2),
    LOG_BETA1: f32(logarithm(beta1)),
    LOG_BETA2: f32(logarithm(beta2)),
    EPSILON: f32(epsilon),
    MOMENTUM: f32('sgd' in optimizer ? optimizer.sgd.momentum : 0),
  };
}

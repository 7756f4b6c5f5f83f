/** Whole training steps of a small MLP in one dispatch: one workgroup per replica. */
import { LEAST, type Grants } from '../gpu/grants.ts';
import { f32, read, update, type Constant, type Dispatch } from '../gpu/kernel.ts';
import { size, virtualTensor, type Tensor } from '../gpu/tensor.ts';
import activationCode from '../../shaders/activation.wgsl?raw';
import blockCode from '../../shaders/matmul_block.wgsl?raw';
import sharedCode from '../../shaders/persistent_mlp_shared.wgsl?raw';
import persistentMlpCode from '../../shaders/persistent_mlp.wgsl?raw';
import tiledCode from '../../shaders/persistent_mlp_tiled.wgsl?raw';
import tiledUpdateCode from '../../shaders/persistent_mlp_tiled_update.wgsl?raw';
import powerCode from '../../shaders/one_minus_power.wgsl?raw';
import permuteCode from '../../shaders/permute.wgsl?raw';
import randomCode from '../../shaders/random.wgsl?raw';
import scheduleCode from '../../shaders/schedule.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';
import { ACTIVATIONS, keepsInput, type Activation } from './activation.ts';
import { FEISTEL } from './permutation.ts';
import { logarithm, type AdamW, type SGD } from './optimizer.ts';
import { SCHEDULES, type Schedule } from './schedule.ts';

export interface PersistentMlp {
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
  /** draw from the first `state.rows` rows of the pool, in each replica from as many as it says */
  ownRows?: boolean;
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
  /** for adapters that compute on the CPU: a workgroup of one subgroup of 8, whose threads share what they read */
  serial?: boolean;
  /** what the device grants; GPUs keep weights and activations in workgroup memory */
  grants?: Pick<Grants, 'threads' | 'workgroupStorage'>;
  /** GPUs: compilers may write loops out */
  unrolled?: boolean;
  /** floating-point operations of one step */
  flops?: number;
}

/**
 * Draws batches, goes forward and back, updates, and closes steps: one, or as many as `Program.encode` is asked for.
 * @throws RangeError when (rows + 1) · batch reaches 2³², the moments are laid out unlike the parameters, or the model
 *   does not fit into workgroup memory (`fitsWorkgroup`)
 */
export function persistentMlp(op: PersistentMlp): Dispatch {
  const { inputs, parameters, optimizer, batch } = op;
  const rows = inputs.shape[0]!;
  if ((rows + 1) * batch >= 2 ** 32)
    throw new RangeError('persistent_mlp: rows · batch must stay below 2³².');
  const moments = 'adamw' in optimizer ? [optimizer.adamw.m, optimizer.adamw.v] : [optimizer.sgd.buffer];
  if (moments.some(({ stride }) => stride !== parameters.stride)) {
    throw new RangeError('persistent_mlp: moments are laid out as the parameters.');
  }
  const { name, code, constants, scratch } = op.serial ? throughMemory(op) : throughWorkgroup(op);
  return {
    kernel: {
      name,
      code: [
        stateCode,
        randomCode,
        permuteCode,
        activationCode,
        scheduleCode,
        powerCode,
        sharedCode,
        ...code,
      ],
      constants: { ...commonConstants(op), ...constants },
    },
    bindings: [
      read(inputs),
      read(op.targets),
      update(op.state),
      update(parameters),
      update(op.ring),
      update(scratch),
      ...moments.map(update),
      ...(moments.length < 2 ? [update()] : []),
    ],
    workgroups: [1, 1, parameters.replicas],
    flops: op.flops ?? 0,
    repeats: true,
  };
}

/** One of the two algorithms: its file, what it needs to know, and its memory. */
interface Algorithm {
  name: string;
  code: readonly string[];
  constants: Record<string, Constant>;
  scratch?: Tensor;
}

function commonConstants(op: PersistentMlp): Record<string, Constant> {
  const rows = op.inputs.shape[0]!;
  return {
    B: op.batch,
    DEPTH: op.layers.length,
    HAS_BIAS: op.layers[0]!.bias !== undefined,
    ACTIVATION: ACTIVATIONS.indexOf(op.activation),
    KEEPS_INPUT: keepsInput(op.activation),
    ROWS: rows,
    INPUT_WIDTH: size(op.inputs) / rows,
    TARGET_WIDTH: op.targets.shape[1]!,
    OUTPUT_WIDTH: op.layers.at(-1)!.weight.shape[0]!,
    INTEGER_TARGETS: op.integerTargets,
    ...FEISTEL,
    OWN_ROWS: op.ownRows ?? false,
    IN_ORDER: op.inOrder ?? false,
    P: op.parameters.stride,
    RING_STEPS: op.ring.shape[0]!,
    REPLICAS: op.state.replicas,
    SCHEDULE: SCHEDULES.indexOf(op.schedule.name),
    FINAL: f32(op.schedule.final),
    ...optimizerConstants(op.optimizer),
  };
}

/** For adapters that compute on the CPU: all between the threads goes through storage. */
function throughMemory({ layers, targets, batch, parameters }: PersistentMlp): Algorithm {
  const threads = 8;
  const blocks = Math.ceil(batch / 4 / threads) * threads;
  const { table, vectors } = layerTable(layers, targets.shape[1]!, blocks);
  return {
    name: 'persistent_mlp',
    code: [persistentMlpCode],
    constants: {
      THREADS: threads,
      UNROLLED: false,
      TILE: 8,
      BLOCKS: blocks,
      SCRATCH: vectors,
      LAYERS: table,
    },
    scratch: virtualTensor('activations and their gradients', [4 * vectors], parameters.replicas),
  };
}

/** Most layers of persistent_mlp_tiled. */
const TILED_LAYERS = 5;
const four = (n: number): number => 4 * Math.ceil(n / 4);

/** For GPUs: weights and activations stay in workgroup memory. */
function throughWorkgroup(op: PersistentMlp): Algorithm {
  const widths = [size(op.inputs) / op.inputs.shape[0]!, ...op.layers.map(({ weight }) => weight.shape[0]!)];
  const { grants = LEAST } = op;
  const chunk = chunkFor({ ...op, grants, widths, targetWidth: op.targets.shape[1]! });
  if (chunk === undefined)
    throw new RangeError('persistent_mlp: the model does not fit into workgroup memory.');
  let [w, b] = [0, 0];
  let next = four(widths[0]!);
  const take = (width: number): number => {
    next += four(width);
    return next - four(width);
  };
  let [x, kept] = [0, 0];
  const table = op.layers.map(({ weight, bias }, l) => {
    const [outs = 1, ins = 1] = weight.shape;
    const y = take(outs);
    const yKept = keepsInput(op.activation) && l < op.layers.length - 1 ? take(outs) : y;
    const wStride = vectorsOf(ins);
    const words = [ins, outs, weight.offset, bias?.offset ?? 0, w, wStride, b, x, kept, y, yKept];
    [x, kept, w, b] = [y, yKept, w + four(outs) * wStride, b + outs];
    return `Layer(${words.map((n) => `${n}u`).join(', ')})`;
  });
  return {
    name: 'persistent_mlp_tiled',
    code: [blockCode, tiledCode, tiledUpdateCode],
    constants: {
      THREADS: grants.threads,
      UNROLLED: op.unrolled ?? false,
      CHUNK: chunk,
      ROW_COUNT: next,
      WEIGHT_VECTORS: w,
      BIAS_COUNT: b,
      LAYERS: `array<Layer, ${table.length}>(${table.join(', ')})`,
    },
    ...(chunk < op.batch && {
      scratch: virtualTensor(
        'gradients of the chunks so far',
        [op.parameters.stride],
        op.parameters.replicas,
      ),
    }),
  };
}

/** Vectors of a row of weights: an odd number, so that neighbours meet different banks. */
const vectorsOf = (ins: number): number => Math.ceil(ins / 4) | 1;

/** What decides whether an MLP fits into workgroup memory. */
export interface MlpSize {
  /** of the input and of each layer's output */
  widths: readonly number[];
  activation: Activation;
  batch: number;
  targetWidth: number;
  grants?: Pick<Grants, 'threads' | 'workgroupStorage'>;
}

/** Whether `persistentMlp` can train the MLP on a GPU. */
export const fitsWorkgroup = (mlp: MlpSize): boolean => chunkFor(mlp) !== undefined;

/** The most examples at a time that fit, or nothing. */
function chunkFor(mlp: MlpSize): number | undefined {
  const { widths, activation, batch, targetWidth, grants = LEAST } = mlp;
  const [first = 1, ...outs] = widths;
  const hidden = outs.slice(0, -1);
  if (outs.length > TILED_LAYERS) return undefined;
  let weights = 0;
  outs.forEach((out, l) => (weights += four(out) * vectorsOf(widths[l]!)));
  const rows = [first, ...outs, ...(keepsInput(activation) ? hidden : [])].reduce(
    (sum, n) => sum + four(n),
    0,
  );
  return [64, 32, 16].find((chunk) => {
    const padded = Math.ceil(batch / chunk) * chunk;
    const vectors = rows * (chunk / 4 + 1) + weights + ((2 * targetWidth + 1) * padded) / 4;
    const bytes = 16 * vectors + 4 * (outs.reduce((sum, n) => sum + n, 0) + 2 * batch) + 256;
    const tiles = [
      (four(Math.max(1, ...hidden)) / 4) * (chunk / 4),
      ...outs.map((out, l) => (four(out) * four(widths[l]!)) / 16),
    ];
    return (
      (chunk === 16 || chunk < 2 * batch) &&
      bytes <= grants.workgroupStorage &&
      Math.max(...tiles) <= grants.threads
    );
  });
}

/** The layers as the shader wants them, and the vectors that they and the targets need of the scratch. */
function layerTable(
  layers: PersistentMlp['layers'],
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

function optimizerConstants(optimizer: PersistentMlp['optimizer']): Record<string, Constant> {
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

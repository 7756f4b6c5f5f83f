/**
 * Checkpoints: all that a run needs to go on, with the same bits as if it had never stopped. As a file:
 * safetensors with the RunSpec in the metadata. One replica's tensors are shaped as in PyTorch; several have a
 * leading replica axis.
 */
import { layout } from '../autodiff/index.ts';
import { STATE, STATE_WORDS } from '../kernels/state.ts';
import { modelParameters } from '../models/index.ts';
import { momentCount } from './programs.ts';
import { decodeSafetensors, encodeSafetensors, SafetensorsError, type NamedTensor } from './safetensors.ts';
import { SchemaError } from '../schema.ts';
import { parseSpec, taskOf, type RunSpec } from './spec.ts';

export interface Checkpoint {
  spec: RunSpec;
  /** steps done */
  step: number;
  /** [R, P], as in the arena */
  parameters: Float32Array<ArrayBuffer>;
  /** each [R, P] */
  moments: Float32Array<ArrayBuffer>[];
  /** [R, 16] words, the random state among them */
  state: Uint32Array<ArrayBuffer>;
}

const FORMAT = 'scaling-lab checkpoint 1';
const averages = ['exp_avg', 'exp_avg_sq'];
const momentNames = { adamw: averages, muon: averages, sgd: ['momentum_buffer'] };

interface Row {
  name: string;
  shape: readonly number[];
  offset: number;
}

function rowsOf(spec: RunSpec): { slots: Row[]; length: number } {
  return layout(modelParameters(spec.model, taskOf(spec).shape));
}

/** Parameters keep their names; the optimizer's are `optimizer.exp_avg.NAME` and so on, as PyTorch calls them. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { spec } = checkpoint;
  const tensors = new Map<string, NamedTensor>();
  const arenas = [
    ['', checkpoint.parameters] as const,
    ...checkpoint.moments.map((m, i) => [`optimizer.${momentNames[spec.optimizer.name][i]!}.`, m] as const),
  ];
  for (const [prefix, arena] of arenas) {
    for (const [name, tensor] of unpack(spec, arena)) tensors.set(prefix + name, tensor);
  }
  tensors.set('state', {
    shape: [spec.replicas, STATE_WORDS],
    values: new Int32Array(checkpoint.state.slice().buffer),
  });
  return encodeSafetensors({
    tensors,
    metadata: { format: FORMAT, spec: JSON.stringify(spec), step: String(checkpoint.step) },
  });
}

/** @throws SafetensorsError, SchemaError: the message says what in the file is wrong */
export function decodeCheckpoint(file: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(file);
  if (metadata.format !== FORMAT || metadata.spec === undefined) {
    throw new SafetensorsError(
      'This safetensors file is no checkpoint of Scaling Lab: its metadata has no RunSpec.',
    );
  }
  const spec = parseSpec(parseJson(metadata.spec));
  const find = (name: string): NamedTensor['values'] => {
    const tensor = tensors.get(name);
    if (!tensor) throw new SafetensorsError(`The checkpoint lacks ${name}.`);
    return tensor.values;
  };
  const state = new Uint32Array(find('state').slice().buffer);
  if (state.length !== spec.replicas * STATE_WORDS) {
    throw new SafetensorsError(
      `state has ${state.length} words; ${spec.replicas} replicas need ${STATE_WORDS} each.`,
    );
  }
  return {
    spec,
    step: state[STATE.step]!,
    parameters: pack(spec, find),
    moments: Array.from({ length: momentCount(spec) }, (_, i) =>
      pack(spec, (name) => find(`optimizer.${momentNames[spec.optimizer.name][i]!}.${name}`)),
    ),
    state,
  };
}

/** The tensors of an arena [R, P] by name: [R, …] each, or without the replica axis where R = 1. */
export function unpack(spec: RunSpec, arena: Float32Array): Map<string, NamedTensor> {
  const { slots, length } = rowsOf(spec);
  return new Map(
    slots.map(({ name, shape, offset }) => {
      const size = shape.reduce((product, n) => product * n, 1);
      const values = new Float32Array(spec.replicas * size);
      for (let r = 0; r < spec.replicas; r++) {
        values.set(arena.subarray(r * length + offset, r * length + offset + size), r * size);
      }
      return [name, { shape: spec.replicas === 1 ? shape : [spec.replicas, ...shape], values }];
    }),
  );
}

/**
 * The weights of a checkpoint as another run's initial ones [R, P]: each replica's own, or one model's for all.
 * @throws SchemaError when the two models have other parameters
 */
export function transferred(from: Checkpoint, to: RunSpec): Float32Array<ArrayBuffer> {
  const [source, target] = [rowsOf(from.spec), rowsOf(to)];
  const list = ({ slots }: { slots: Row[] }): string =>
    slots.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  if (list(source) !== list(target)) {
    throw new SchemaError(
      `model: the weights to begin with are ${list(source)}; this run's model has ${list(target)}`,
    );
  }
  if (from.spec.replicas !== 1 && from.spec.replicas !== to.replicas) {
    throw new SchemaError(
      `replicas: the weights to begin with are ${from.spec.replicas} replicas; give this run as many, not ${to.replicas}`,
    );
  }
  const arena = new Float32Array(to.replicas * target.length);
  for (let r = 0; r < to.replicas; r++) {
    const row = (r % from.spec.replicas) * source.length;
    arena.set(from.parameters.subarray(row, row + source.length), r * target.length);
  }
  return arena;
}

function pack(spec: RunSpec, find: (name: string) => NamedTensor['values']): Float32Array<ArrayBuffer> {
  const { slots, length } = rowsOf(spec);
  const arena = new Float32Array(spec.replicas * length);
  for (const { name, shape, offset } of slots) {
    const size = shape.reduce((product, n) => product * n, 1);
    const values = find(name);
    if (values.length !== spec.replicas * size) {
      throw new SafetensorsError(
        `${name} has ${values.length} values; the spec's model needs ${spec.replicas * size}.`,
      );
    }
    for (let r = 0; r < spec.replicas; r++)
      arena.set(values.subarray(r * size, (r + 1) * size), r * length + offset);
  }
  return arena;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SafetensorsError('The RunSpec in the metadata is not JSON.');
  }
}

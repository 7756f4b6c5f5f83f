/**
 * Checkpoints: all that a run needs to go on, with the same bits as if it had never stopped. As a file:
 * safetensors with the RunSpec in the metadata. One replica's tensors are shaped as in PyTorch; several have a
 * leading replica axis.
 */
import { STATE, STATE_WORDS } from '../../kernels/state.ts';
import { batchSeed } from '../trainer/initial.ts';
import { refuseOther, specInside } from './parse-result.ts';
import { momentCount } from '../trainer/programs.ts';
import { decodeSafetensors, encodeSafetensors, SafetensorsError, type NamedTensor } from './safetensors.ts';
import { peakLearningRate, replicaSeed, type RunSpec } from '../spec/spec.ts';
import { rowsOf, type Checkpoint, type Weights } from './weights.ts';

export type { Checkpoint, Weights };

const FORMAT = 'scaling-lab checkpoint 1';
const averages = ['exp_avg', 'exp_avg_sq'];
const momentNames = { adamw: averages, muon: averages, sgd: ['momentum_buffer'] };

const prefixOf = ({ optimizer }: RunSpec, moment: number): string =>
  `optimizer.${momentNames[optimizer.name][moment]!}.`;

/** Parameters keep their names; the optimizer's are `optimizer.exp_avg.NAME` and so on, as PyTorch calls them. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { spec } = checkpoint;
  const tensors = new Map<string, NamedTensor>();
  const arenas = [
    ['', checkpoint.parameters] as const,
    ...checkpoint.moments.map((m, i) => [prefixOf(spec, i), m] as const),
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

/**
 * Reads a checkpoint from which a run goes on; nothing in it may contradict its spec.
 * @param run whose checkpoint is wanted; without it, any run's will do
 * @throws SchemaError: what in the file is wrong, or in which options it is another run's
 */
export function decodeCheckpoint(file: Uint8Array, run?: { spec: RunSpec }): Checkpoint {
  const { spec, tensors, step: told } = open(file);
  if (run) refuseOther(spec, run.spec, 'checkpoint');
  const state = stateOf(tensors, spec);
  const step = state[STATE.step]!;
  if (told !== undefined && told !== step) refuse(`its metadata names step ${told}, its state step ${step}`);
  const prefixes = Array.from({ length: momentCount(spec) }, (_, i) => prefixOf(spec, i));
  const [parameters, ...moments] = arenasOf(tensors, spec, ['', ...prefixes]);
  checkNumbers(spec, state, parameters!, FINITE);
  // A squared gradient may be too large for a float32: then its mean is infinite, and the update 0.
  moments.forEach((arena, i) => checkNumbers(spec, state, arena, i === 1 ? AT_LEAST_0 : FINITE));
  const known = rowsOf(spec).slots.length * (1 + moments.length) + 1;
  if (tensors.size > known) refuseUnknown(tensors, spec, prefixes);
  return { spec, step, parameters: parameters!, moments, state };
}

/**
 * Reads the weights of a checkpoint alone: for a run that begins with them, or to score them. Moments and state may be
 * missing.
 * @throws SchemaError: what in the file is wrong
 */
export function decodeWeights(file: Uint8Array): Weights {
  const { spec, tensors, step: told } = open(file);
  const state = tensors.has('state') ? stateOf(tensors, spec) : undefined;
  const step = state?.[STATE.step] ?? told ?? 0;
  if (told !== undefined && told !== step) refuse(`its metadata names step ${told}, its state step ${step}`);
  const [parameters] = arenasOf(tensors, spec, ['']);
  const diverged = checkNumbers(spec, state, parameters!, FINITE);
  if (diverged === spec.replicas) refuse('its weights are not finite: the run had diverged');
  return { spec, step, parameters: parameters! };
}

function refuse(message: string): never {
  throw new SafetensorsError(message);
}

interface Opened {
  spec: RunSpec;
  tensors: ReadonlyMap<string, NamedTensor>;
  /** steps done, by the metadata */
  step: number | undefined;
}

function open(file: Uint8Array): Opened {
  const { tensors, metadata } = decodeSafetensors(file);
  const { format, spec: text, step: digits } = metadata;
  if (format !== FORMAT || text === undefined) {
    const isNewer = format?.startsWith('scaling-lab checkpoint ');
    return refuse(
      isNewer
        ? `it was made by a newer version of Scaling Lab: its format is not "${FORMAT}"`
        : 'it is no checkpoint of Scaling Lab: its metadata has no RunSpec',
    );
  }
  const spec = specInside(parseJson(text), 'spec');
  const step = digits === undefined ? undefined : Number(digits);
  if (digits !== undefined && !(/^\d{1,9}$/.test(digits) && step! <= spec.steps)) {
    refuse(`its metadata names a step that is none of the ${spec.steps} of its spec`);
  }
  return { spec, tensors, step };
}

/** The state of all replicas, as far as it can be held against the spec. */
function stateOf(tensors: ReadonlyMap<string, NamedTensor>, spec: RunSpec): Uint32Array<ArrayBuffer> {
  const found = tensors.get('state');
  if (!found) return refuse('it lacks its state');
  const { shape, values } = found;
  if (!(values instanceof Int32Array)) return refuse('state must be I32');
  if (!isShape(shape, [spec.replicas, STATE_WORDS])) {
    return refuse(`state has shape [${shown(shape)}], where [${spec.replicas}, ${STATE_WORDS}] is wanted`);
  }
  const state = new Uint32Array(values.slice().buffer);
  const floats = new Float32Array(state.buffer);
  const step = state[STATE.step]!;
  if (step > spec.steps) refuse(`its state is of step ${step}; its spec has ${spec.steps}`);
  for (let r = 0; r < spec.replicas; r++) {
    const row = r * STATE_WORDS;
    const word = (name: keyof typeof STATE): number => state[row + STATE[name]]!;
    const of = `state of replica ${r}:`;
    if (word('step') !== step) refuse(`${of} is of step ${word('step')}, that of replica 0 of ${step}`);
    if (word('seed') !== batchSeed(replicaSeed(spec, r))) refuse(`${of} draws its batches with another seed`);
    if (word('count') !== 0) refuse(`${of} is that of a step half done`);
    if (word('halted') > step) refuse(`${of} halted at step ${word('halted') - 1}, which is still to come`);
    const decay = spec.weightDecays[r] ?? spec.optimizer.weightDecay;
    if (!isNear(floats[row + STATE.peakLearningRate]!, peakLearningRate(spec, r)))
      refuse(`${of} has another learning rate than its spec`);
    if (!isNear(floats[row + STATE.weightDecay]!, decay))
      refuse(`${of} has another weight decay than its spec`);
  }
  return state;
}

/** Whether a float32 is that number, which another machine may have computed. */
const isNear = (value: number, wanted: number): boolean =>
  Math.abs(value - wanted) <= 1e-6 * Math.abs(wanted);

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
      return [name, { shape: stored(spec, shape), values }];
    }),
  );
}

/** The shape that a parameter has in a file. */
const stored = ({ replicas }: RunSpec, shape: readonly number[]): readonly number[] =>
  replicas === 1 ? shape : [replicas, ...shape];

/** An arena for each prefix. Nothing is allocated before all shapes are known to be right. */
function arenasOf(
  tensors: ReadonlyMap<string, NamedTensor>,
  spec: RunSpec,
  prefixes: readonly string[],
): Float32Array<ArrayBuffer>[] {
  const { slots, length } = rowsOf(spec);
  const values = prefixes.map((prefix) =>
    slots.map(({ name, shape }) => valuesOf(tensors, spec, prefix + name, shape)),
  );
  return values.map((parts) => {
    const arena = new Float32Array(spec.replicas * length);
    slots.forEach(({ offset }, i) => {
      const size = parts[i]!.length / spec.replicas;
      for (let r = 0; r < spec.replicas; r++)
        arena.set(parts[i]!.subarray(r * size, (r + 1) * size), r * length + offset);
    });
    return arena;
  });
}

function valuesOf(
  tensors: ReadonlyMap<string, NamedTensor>,
  spec: RunSpec,
  name: string,
  shape: readonly number[],
): Float32Array<ArrayBuffer> {
  const tensor = tensors.get(name);
  if (!tensor) return refuse(`it lacks ${name}, which its spec's model has`);
  if (!(tensor.values instanceof Float32Array)) return refuse(`${name} must be F32`);
  const wanted = stored(spec, shape);
  if (!isShape(tensor.shape, wanted)) {
    const isTurned = isShape(tensor.shape, stored(spec, shape.toReversed()));
    const hint = isTurned
      ? ': matrices are [out, in] here; this one is [in, out], as GPT-2 stores its Conv1D'
      : '';
    refuse(`${name} has shape [${shown(tensor.shape)}], where [${wanted.join(', ')}] is wanted${hint}`);
  }
  return tensor.values;
}

const FINITE = { has: Number.isFinite, words: 'finite' };
const AT_LEAST_0 = { has: (value: number) => value >= 0, words: 'at least 0' };

/**
 * Refuses numbers that no run can have.
 * @returns how many replicas have such numbers all the same, for they have diverged
 */
function checkNumbers(
  spec: RunSpec,
  state: Uint32Array | undefined,
  arena: Float32Array,
  { has, words }: typeof FINITE,
): number {
  const { slots, length } = rowsOf(spec);
  let diverged = 0;
  for (let r = 0; r < spec.replicas; r++) {
    const own = arena.subarray(r * length, (r + 1) * length);
    const at = own.findIndex((value) => !has(value));
    if (at < 0) continue;
    if (state?.[r * STATE_WORDS + STATE.halted]) diverged++;
    else {
      const { name } = slots.findLast(({ offset }) => offset <= at)!;
      const which = spec.replicas > 1 ? ` of replica ${r}` : '';
      refuse(`${name}${which} holds ${own[at]}, or its moments do; they must be ${words}`);
    }
  }
  return diverged;
}

function refuseUnknown(
  tensors: ReadonlyMap<string, NamedTensor>,
  spec: RunSpec,
  prefixes: readonly string[],
): never {
  const { slots } = rowsOf(spec);
  const known = new Set(['', ...prefixes].flatMap((prefix) => slots.map(({ name }) => prefix + name)));
  const unknown = [...tensors.keys()].find((name) => name !== 'state' && !known.has(name))!;
  return refuse(`it has ${unknown.slice(0, 60)}, which its spec's model and optimizer do not`);
}

const isShape = (shape: readonly number[], wanted: readonly number[]): boolean =>
  shape.length === wanted.length && shape.every((n, i) => n === wanted[i]);

const shown = (shape: readonly number[]): string =>
  shape.slice(0, 8).join(', ') + (shape.length > 8 ? ', …' : '');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('the RunSpec in its metadata is not JSON');
  }
}

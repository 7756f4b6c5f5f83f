/** What a run keeps on the GPU, planned before anything is allocated. */
import { Arena } from '../../autodiff/index.ts';
import type { Device } from '../../gpu/device.ts';
import { planMemory } from '../../gpu/placement.ts';
import {
  bytesOf,
  free,
  materialise,
  upload,
  virtualTensor,
  type Storage,
  type Tensor,
} from '../../gpu/tensor.ts';
import { STATE, STATE_WORDS } from '../../kernels/state.ts';
import { scheduleWords } from '../../kernels/schedule.ts';
import { modelParameters, type ModelShape } from '../../models/index.ts';
import { SchemaError } from '../../schema.ts';
import type { Examples } from '../../tasks/index.ts';
import { batchSeed, initialWeights } from './initial.ts';
import { momentCount, type Pool, type StepPlan, type TrainingMemory } from './programs.ts';
import { peakLearningRate, replicaSeed, trainingRows, type RunSpec } from '../spec/spec.ts';

/** Steps whose losses the GPU keeps until the CPU has read them. */
export const RING_STEPS = 1024;

/** A pool for examples, still without buffers; all replicas share it. */
/** @param ownTargets each replica has targets of its own */
export function planPool(label: string, examples: Examples, replicas: number, ownTargets = false): Pool {
  const table = (name: string, width: number): Tensor => ({
    ...virtualTensor(`${label} ${name}`, [examples.rows, width], 1),
    replicas,
    stride: 0,
  });
  return {
    inputs: table('inputs', examples.inputWidth),
    targets: ownTargets
      ? virtualTensor(`${label} targets`, [examples.rows, examples.targetWidth], replicas)
      : table('targets', examples.targetWidth),
    integerTargets: examples.targets instanceof Int32Array,
  };
}

export function fillPool(device: Device, pool: Pool, examples: Examples): void {
  for (const { storage } of [pool.inputs, pool.targets]) materialise(device, storage);
  upload(device, pool.inputs.storage, examples.inputs);
  upload(device, pool.targets.storage, repeated(examples.targets, pool.targets.storage.elements));
}

/** The same over and over, up to a length. */
function repeated<T extends Examples['targets']>(values: T, length: number): T {
  if (values.length === length) return values;
  const all = values instanceof Int32Array ? new Int32Array(length) : new Float32Array(length);
  for (let i = 0; i < length; i += values.length) all.set(values, i);
  return all as T;
}

export function freePool(device: Device, pool: Pool): void {
  for (const { storage } of [pool.inputs, pool.targets]) free(device, storage);
}

/** Plans everything that outlives a step. */
export function planTraining(spec: RunSpec, shape: ModelShape, train: Examples): TrainingMemory {
  if ((train.rows + 1) * spec.batch >= 2 ** 32)
    throw SchemaError.at('batch, task.pool', `${spec.batch} × ${train.rows} examples must stay below 2³²`);
  const arena = new Arena(modelParameters(spec.model, shape), spec.replicas);
  const moments = Array.from({ length: momentCount(spec) }, (_, i) =>
    virtualTensor(`moment ${i + 1}`, [arena.length], spec.replicas),
  );
  const state = virtualTensor('state', [STATE_WORDS], spec.replicas);
  const kept = [arena.values, ...moments, state].map(({ storage }) => storage);
  return {
    arena,
    moments,
    state,
    kept,
    good: kept.map(({ label, elements }) => ({ label: `${label} (good)`, elements })),
    ring: { ...virtualTensor('losses', [RING_STEPS, spec.replicas], 1) },
    pool: planPool('training', train, spec.replicas, spec.labels !== 'given'),
  };
}

function storages({ arena, moments, state, ring, pool, good }: TrainingMemory): Storage[] {
  const tensors = [...moments, state, ring, pool.inputs, pool.targets];
  return [...arena.storages, ...tensors.map(({ storage }) => storage), ...good];
}

export function allocateTraining(device: Device, memory: TrainingMemory): void {
  memory.arena.allocate(device);
  for (const storage of storages(memory)) materialise(device, storage);
}

export function freeTraining(device: Device, memory: TrainingMemory): void {
  for (const storage of storages(memory)) free(device, storage);
}

/**
 * Bytes that a run will hold on the GPU while it trains, activations included, evaluation and readback apart. Call it
 * before anything is allocated: tensors that have a buffer already are not counted.
 */
export function trainingBytes(memory: TrainingMemory, plan: StepPlan): number {
  const lasting = storages(memory);
  const held = new Set(lasting);
  const dispatches = plan.dispatches.map((dispatch) => ({
    ...dispatch,
    bindings: dispatch.bindings.filter(({ tensor }) => !tensor || !held.has(tensor.storage)),
  }));
  const activations = planMemory(dispatches, [plan.batchInputs, plan.batchTargets]);
  return 4 * (total(lasting.map(({ elements }) => elements)) + total(activations.map(({ words }) => words)));
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/** The limits that decide whether a run fits: `device.limits`, or WebGPU's defaults. */
export interface RoomLimits {
  maxBufferSize: number;
  maxStorageBufferBindingSize: number;
  maxComputeWorkgroupsPerDimension: number;
}

/** @throws SchemaError that names the keys to lower, where a buffer is larger than the device allows */
export function checkStorage(storage: Storage, keys: string, limits: RoomLimits): void {
  const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  const bytes = bytesOf(storage, storage.elements);
  if (bytes <= most) return;
  throw SchemaError.at(
    keys,
    `${storage.label} would need ${megabytes(bytes)} in one buffer; this device allows ${megabytes(most)}`,
  );
}

/** What may be held in all on a device, and what is held already, in bytes. */
export interface RoomInAll {
  mostBytes: number | undefined;
  counters: { bytesAlive: number };
}

/**
 * Refuses a run that the device has no room for, before anything is allocated.
 * @param all the most that a tab may hold in all: telephones end one that holds more, whatever the GPU's limits
 * @throws SchemaError that names the keys to lower
 */
export function checkRoom(memory: TrainingMemory, plan: StepPlan, limits: RoomLimits, all?: RoomInAll): void {
  const held = new Set(storages(memory));
  for (const storage of memory.arena.storages) checkStorage(storage, 'model, replicas', limits);
  for (const storage of held) checkStorage(storage, 'task.pool', limits);
  if (all?.mostBytes !== undefined) checkAll(trainingBytes(memory, plan), all);
  const most = limits.maxComputeWorkgroupsPerDimension;
  for (const { kernel, bindings, workgroups } of plan.dispatches) {
    for (const { tensor } of bindings) {
      if (tensor && !held.has(tensor.storage)) checkStorage(tensor.storage, 'batch, replicas, model', limits);
    }
    if (Math.max(...workgroups) > most)
      throw SchemaError.at(
        'batch, replicas, model',
        `${kernel.name} would want ${workgroups.join(' × ')} workgroups; this device allows ${most} in each direction`,
      );
  }
}

/** Twice its bytes: evaluation, readback and what the browser itself keeps come on top. */
function checkAll(bytes: number, { mostBytes = Infinity, counters }: RoomInAll): void {
  const free = mostBytes - counters.bytesAlive;
  if (2 * bytes <= free) return;
  throw SchemaError.at(
    'model, replicas, batch, task.pool',
    `the run would hold ${megabytes(2 * bytes)}; on this kind of device ${megabytes(Math.max(0, free))} are left of ${megabytes(mostBytes)}`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** Step 0: initial weights by seed, no moments, no steps. */
export function resetTraining(device: Device, spec: RunSpec, memory: TrainingMemory): void {
  const { arena, moments, state, pool } = memory;
  const words = new Uint32Array(spec.replicas * STATE_WORDS);
  const floats = new Float32Array(words.buffer);
  for (let r = 0; r < spec.replicas; r++) {
    upload(device, arena.values.storage, initialWeights(arena.specs, replicaSeed(spec, r)), r * arena.length);
    const row = r * STATE_WORDS;
    words[row + STATE.seed] = batchSeed(replicaSeed(spec, r));
    floats[row + STATE.peakLearningRate] = peakLearningRate(spec, r);
    floats[row + STATE.weightDecay] = spec.weightDecays[r] ?? spec.optimizer.weightDecay;
    floats[row + STATE.gradientScale] = 1;
    words[row + STATE.rows] = trainingRows(spec, r, pool.inputs.shape[0]!);
  }
  setSchedule(words, spec);
  for (const moment of moments) upload(device, moment.storage, new Float32Array(moment.storage.elements));
  upload(device, state.storage, words);
}

/** Writes into the state [R, 16] of all replicas how long the run's schedule is. */
export function setSchedule(state: Uint32Array, { schedule, steps }: RunSpec): void {
  const { warmup, steps: all, decaySteps } = scheduleWords({ ...schedule, steps });
  for (let row = 0; row < state.length; row += STATE_WORDS) {
    state[row + STATE.warmup] = warmup;
    state[row + STATE.steps] = all;
    state[row + STATE.decaySteps] = decaySteps;
  }
}

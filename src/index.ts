/**
 * Scaling Lab's engine: models, tasks, the trainer and the scaling fits, in a browser or in Node with Dawn.
 *
 *     import { create, globals } from 'webgpu';
 *     Object.assign(globalThis, globals);
 *     const device = await Device.acquire(create([]));
 *     const trainer = await Trainer.create(device, parseSpec({ task: { name: 'sine' }, steps: 200 }));
 *     await trainer.run({ onEvent: console.log });
 *     trainer.destroy();
 */

// The device
export { Device, type DeviceOptions, NoGPUError, OutOfMemoryError } from './gpu/device.ts';

// Models
export {
  type MlpConfig,
  type ModelConfig,
  ModelError,
  modelParameters,
  ModelSchema,
  type TransformerConfig,
} from './models/index.ts';

// Tasks
export { findTask, type Task, type TaskName, tasks } from './tasks/index.ts';

// Runs: a spec, its training, its results
export { parseSpec, type RunSpec } from './training/spec/spec.ts';
export { Trainer } from './training/trainer/trainer.ts';
export type {
  Outcome,
  RunOptions,
  TrainerEvent,
  TrainerInfo,
  TrainerOptions,
} from './training/trainer/events.ts';
export { ResultRecorder, type RunResult } from './training/results/result.ts';
export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './training/results/checkpoint.ts';
export { SchemaError } from './schema.ts';

// Sweeps
export { expandSweep, parseSweep, type PlannedRun, type Sweep } from './training/spec/sweep.ts';
export { flopsOf, parametersOf, sixND, withoutTables } from './training/spec/flops.ts';
export { MemoryStore, type Lease, type ResultStore } from './training/plan/store.ts';

// Scaling laws, emergence, cost: pure functions over tables
export * as scaling from './scaling/index.ts';

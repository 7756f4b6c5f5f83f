/** The workloads by name. Shapes are fixed, so that numbers of different days and engines compare. */
import type { Device } from '../gpu/device.ts';
import { matrices, normals } from '../training/measuring/kernel-alone.ts';
import { parseSpec, taskOf, type RunSpec } from '../training/spec/spec.ts';
import { MATMUL_SIZES, type WorkloadName } from './names.ts';
import { MatmulSubject } from './matmul.ts';
import { peerCase, type Peer } from './peers/peer.ts';
import type { Subject } from './subject.ts';
import { TrainingSubject, type TrainingCase } from './training.ts';

export interface Workload {
  name: WorkloadName;
  /** what it is, in one line */
  description: string;
  /** Makes the data, once for all engines. */
  prepare: () => Prepared;
}

export interface Prepared {
  /** compiles and allocates */
  ours: (device: Device) => Promise<Subject>;
  /** the same in a peer; absent where peers have no such thing */
  peer?: (peer: Peer) => Promise<Subject>;
  /** a product instead of a training step: its factors [n, n] */
  product?: { n: number; a: Float32Array<ArrayBuffer>; b: Float32Array<ArrayBuffer> };
}

const POOL = 2048;

/** Constant learning rate and no weight decay, so that peers can repeat it; neither changes what a step costs. */
const COMMON = {
  optimizer: { name: 'adamw', beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0 },
  schedule: { name: 'constant', warmup: 0 },
  learningRate: 1e-3,
  steps: 1e7,
};

/** The transformer of the side-by-side table: next-token prediction in the backoff language. */
export function transformerCase(): TrainingCase {
  const spec = parseSpec({
    ...COMMON,
    task: { name: 'backoff-language', vocabulary: 64, length: 64, pool: POOL, validation: 16 },
    model: { kind: 'transformer', layers: 2, width: 128, heads: 4 },
    batch: 32,
  });
  const { task, options, shape } = taskOf(spec);
  return { spec, shape, data: task.generate(options, spec.dataSeed).train };
}

/** 784-256-128-10 as for pictures of digits; the pictures are noise, which costs the same. */
export function mlpCase(): TrainingCase {
  const inputs = normals(POOL * 784, 1);
  const targets = Int32Array.from({ length: POOL }, (_, row) => row % 10);
  return {
    spec: mlpSpec([256, 128], 128, 1),
    shape: { inputs: { kind: 'vectors', width: 784 }, targets: { kind: 'classes', classes: 10, perRow: 1 } },
    data: { rows: POOL, inputs, inputWidth: 784, targets, targetWidth: 1 },
  };
}

/** 2-64-64-1 learns the sign of x·y, ±1, by mean squared error on 64 points at a time. */
export function tinyMlpCase(replicas: number): TrainingCase {
  const inputs = normals(POOL * 2, 2);
  const targets = Float32Array.from({ length: POOL }, (_, row) =>
    inputs[2 * row]! * inputs[2 * row + 1]! > 0 ? 1 : -1,
  );
  return {
    spec: mlpSpec([64, 64], 64, replicas),
    shape: { inputs: { kind: 'vectors', width: 2 }, targets: { kind: 'values', width: 1 } },
    data: { rows: POOL, inputs, inputWidth: 2, targets, targetWidth: 1 },
  };
}

/** The task only completes the spec: shape and data are given beside it. */
function mlpSpec(hidden: number[], batch: number, replicas: number): RunSpec {
  const model = { kind: 'mlp', hidden, activation: 'relu' };
  return parseSpec({ ...COMMON, task: { name: 'shapes' }, model, batch, replicas });
}

const training = (name: WorkloadName, description: string, make: () => TrainingCase): Workload => ({
  name,
  description,
  prepare: () => {
    const given = make();
    const { model, replicas } = given.spec;
    const ours = (device: Device): Promise<Subject> => TrainingSubject.build(device, given);
    // Peers know the cross-entropy, and one model at a time.
    if (given.shape.targets.kind !== 'classes' || replicas > 1) return { ours };
    const shared = peerCase(given);
    return {
      ours,
      peer: (peer) =>
        model.kind === 'transformer' ? peer.transformer(shared, model) : peer.mlp(shared, model),
    };
  },
});

export const WORKLOADS: readonly Workload[] = [
  training('transformer', '2 layers, C 128, H 4, T 64, B 32, V 64, AdamW', transformerCase),
  training('mlp', '784-256-128-10, B 128, relu, cross-entropy, AdamW', mlpCase),
  training('tiny-mlp', '2-64-64-1, B 64, relu, mean squared error, AdamW', () => tinyMlpCase(1)),
  training('tiny-mlp-64', 'the same with 64 replicas', () => tinyMlpCase(64)),
  ...MATMUL_SIZES.map((n): Workload => ({
    name: `matmul-${n}`,
    description: `[${n}, ${n}] · [${n}, ${n}]`,
    prepare: () => {
      const [a, b] = matrices(n);
      return {
        ours: (device) => MatmulSubject.build(device, n, a, b),
        peer: (peer) => peer.matmul(n, a, b),
        product: { n, a, b },
      };
    },
  })),
];

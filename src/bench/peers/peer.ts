/** What a peer is given, and what it gives back: the same weights and batches as our engine, and a subject to time. */
import { Arena } from '../../autodiff/index.ts';
import type { Subject } from '../subject.ts';
import type { TrainingCase } from '../training.ts';
import { batchRows } from '../../kernels/permutation.ts';
import { modelParameters, type MlpConfig, type TransformerConfig } from '../../models/index.ts';
import { batchSeed, initialWeights } from '../../training/trainer/initial.ts';
import type { Examples } from '../../tasks/index.ts';
import type { RunSpec } from '../../training/spec/spec.ts';

/** Batches that a peer gets; it repeats them where it runs for longer. */
const BATCHES = 32;

/** A matrix or vector with its shape. */
export interface Named {
  shape: number[];
  values: Float32Array<ArrayBuffer>;
}

export interface Batch<Targets = Int32Array<ArrayBuffer>> {
  /** [batch, inputWidth]: token ids or vectors */
  inputs: Examples['inputs'];
  /** [batch, targetWidth]: classes, or values */
  targets: Targets;
}

/** A training run for a peer to repeat: AdamW without weight decay at a constant learning rate, cross-entropy. */
export interface PeerCase {
  spec: RunSpec;
  classes: number;
  inputWidth: number;
  targetWidth: number;
  weights: Record<string, Named>;
  batches: Batch[];
}

export interface Product extends Subject {
  /** the product, row by row */
  result(): Promise<Float32Array>;
}

export interface Peer {
  name: string;
  transformer(given: PeerCase, model: TransformerConfig): Promise<Subject>;
  mlp(given: PeerCase, model: MlpConfig): Promise<Subject>;
  /** A · B, both [n, n] */
  matmul(n: number, a: Float32Array<ArrayBuffer>, b: Float32Array<ArrayBuffer>): Promise<Product>;
}

/** The weights that our engine starts with, by name. */
export function weightsOf({ spec, shape }: TrainingCase): Record<string, Named> {
  const specs = modelParameters(spec.model, shape);
  const unpacked = new Arena(specs, 1).unpack(initialWeights(specs, spec.seed));
  return Object.fromEntries(
    [...unpacked].map(([name, { shape, values }]) => [name, { shape: [...shape], values: values.slice() }]),
  );
}

/** The first batches that our engine's GPU draws. */
export function batchesOf({ spec, data }: TrainingCase, count = BATCHES): Batch<Examples['targets']>[] {
  return Array.from({ length: count }, (_, step) => {
    const rows = batchRows(batchSeed(spec.seed), step, spec.batch, data.rows);
    return {
      inputs: pick(data.inputs, data.inputWidth, rows),
      targets: pick(data.targets, data.targetWidth, rows),
    };
  });
}

/** What a peer is given. @throws Error where the targets are no classes */
export function peerCase(given: TrainingCase): PeerCase {
  const { spec, shape, data } = given;
  if (shape.targets.kind !== 'classes') throw new Error('Peers know the cross-entropy alone.');
  const batches = batchesOf(given).map(({ inputs, targets }) => ({
    inputs,
    targets: Int32Array.from(targets),
  }));
  const { inputWidth, targetWidth } = data;
  return {
    spec,
    classes: shape.targets.classes,
    inputWidth,
    targetWidth,
    weights: weightsOf(given),
    batches,
  };
}

function pick(table: Examples['inputs'], width: number, rows: Uint32Array): Examples['inputs'] {
  const picked =
    table instanceof Int32Array ? new Int32Array(rows.length * width) : new Float32Array(rows.length * width);
  rows.forEach((row, i) => picked.set(table.subarray(row * width, (row + 1) * width), i * width));
  return picked;
}

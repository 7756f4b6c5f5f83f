/** Initial weights: the same for the same seed, on every machine. */
import type { ParameterSpec } from '../../autodiff/index.ts';
import { layout } from '../../autodiff/index.ts';
import { hash, Random, wordsOf } from '../../random.ts';
import { replicaSeed, type RunSpec } from '../spec/spec.ts';

/** Streams of a run's seed, so that weights and batches never share random numbers. */
const WEIGHTS = 0x77656967;
const BATCHES = 0x62617463;

/** One replica's slice of the parameter arena [P]: normal values by name, so that a layer added changes no other. */
export function initialWeights(specs: readonly ParameterSpec[], seed: number): Float32Array<ArrayBuffer> {
  const { slots, length } = layout(specs);
  const slice = new Float32Array(length);
  specs.forEach(({ name, shape, initial }, i) => {
    const { offset } = slots[i]!;
    const end = offset + shape.reduce((product, n) => product * n, 1);
    if ('value' in initial) {
      slice.fill(initial.value, offset, end);
      return;
    }
    const random = new Random(seed, hash(WEIGHTS, ...wordsOf(name)));
    for (let j = offset; j < end; j++) slice[j] = initial.sigma * random.normal();
  });
  return slice;
}

/** The weights of all replicas at step 0 [R, P], each by its own seed. */
export function initialReplicas(
  specs: readonly ParameterSpec[],
  spec: Pick<RunSpec, 'seed' | 'seeding' | 'replicas'>,
): Float32Array<ArrayBuffer> {
  const slices = Array.from({ length: spec.replicas }, (_, r) => initialWeights(specs, replicaSeed(spec, r)));
  const all = new Float32Array(slices.reduce((sum, { length }) => sum + length, 0));
  slices.forEach((slice, r) => all.set(slice, r * slice.length));
  return all;
}

/** The seed that the GPU draws a replica's batches with. */
export function batchSeed(seed: number): number {
  return hash(BATCHES, seed);
}

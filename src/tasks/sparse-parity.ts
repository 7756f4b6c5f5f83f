/**
 * Sparse parity: of n random signs, the product of k hidden ones. Nothing about fewer than k of them helps, so
 * the loss stays flat for long while progress is hidden in the weights. Barak et al. 2022, arXiv:2207.08799.
 */
import * as v from 'valibot';
import { accuracy, brier } from './metrics.ts';
import { choice, integer, options } from '../option-schema.ts';
import { message } from '../schema.ts';
import { MAX_WORDS, pool, validation, world } from './options.ts';
import { Random, Stream } from '../random.ts';
import type { Examples, Task } from './task.ts';

const MAX_BITS = 64;

const schema = v.pipe(
  options({
    bits: integer(40, 2, MAX_BITS, 'Number of signs n in the input.'),
    relevant: integer(3, 1, 8, 'Number of signs k whose product is asked for.'),
    targets: choice(
      ['classes', 'values'],
      'The product as one of two classes (1 where it is positive), or as the value ±1, for a hinge or squared loss.',
    ),
    pool: pool(131072, MAX_WORDS / MAX_BITS),
    validation: validation(2048),
    world: world(),
  }),
  v.forward(
    v.check(({ bits, relevant }) => relevant <= bits, message('relevant-bits')),
    ['relevant'],
  ),
);

export type SparseParityOptions = v.InferOutput<typeof schema>;

/** The hidden positions, ascending; a fact of the world. */
export function relevantBits({ bits, relevant, world }: SparseParityOptions): number[] {
  const positions = Array.from({ length: bits }, (_, i) => i);
  return new Random(world, Stream.world)
    .shuffle(positions)
    .slice(0, relevant)
    .sort((a, b) => a - b);
}

function rows(options: SparseParityOptions, count: number, random: Random): Examples {
  const n = options.bits;
  const hidden = relevantBits(options);
  const inputs = new Float32Array(count * n);
  const targets = options.targets === 'classes' ? new Int32Array(count) : new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let word = 0;
    for (let i = 0; i < n; i++) {
      if (i % 32 === 0) word = random.word();
      inputs[row * n + i] = (word >>> (i % 32)) & 1 ? 1 : -1;
    }
    let product = 1;
    for (const i of hidden) product *= inputs[row * n + i]!;
    targets[row] = options.targets === 'classes' ? Number(product > 0) : product;
  }
  return { rows: count, inputs, inputWidth: n, targets, targetWidth: 1 };
}

export const sparseParity: Task<SparseParityOptions> = {
  name: 'sparse-parity',
  description: 'Find the few signs, among many, whose product is the answer.',
  schema,
  shape: (options) => ({
    inputs: { kind: 'vectors', width: options.bits },
    targets:
      options.targets === 'classes'
        ? { kind: 'classes', classes: 2, perRow: 1 }
        : { kind: 'values', width: 1 },
  }),
  generate: (options, seed) => ({
    train: rows(options, options.pool, new Random(seed, Stream.train)),
    evaluation: { validation: rows(options, options.validation, new Random(seed, Stream.evaluation)) },
    floor: 0,
  }),
  metrics: (options, set, scores): Record<string, number> =>
    options.targets === 'classes' ? { accuracy: accuracy(set, scores), brier: brier(set, scores) } : {},
  show: (_options, row) => Array.from(row, (sign) => (sign > 0 ? '+' : '−')).join(''),
};

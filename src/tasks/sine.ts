/**
 * A curve to fit: y = sin 3x + 0.3 sin 9x + noise on [−2, 2]. The held-out error of the best model is the
 * variance of the noise; against the clean curve it has no floor.
 */
import type * as v from 'valibot';
import { integer, options, real } from '../option-schema.ts';
import { Random, Stream } from '../random.ts';
import type { Examples, Task } from './task.ts';

/** Inputs lie in [−EXTENT, EXTENT]. */
export const EXTENT = 2;

const schema = options({
  points: integer(256, 16, 65536, 'Number of training points.'),
  noise: real(0.1, 0, 1, 'Standard deviation of the Gaussian noise on y.'),
  validation: integer(1024, 16, 65536, 'Number of held-out points.'),
});

export type SineOptions = v.InferOutput<typeof schema>;

/** The true curve. */
export function curve(x: number): number {
  return Math.sin(3 * x) + 0.3 * Math.sin(9 * x);
}

function points(count: number, noise: number, random: Random): Examples {
  const inputs = Float32Array.from({ length: count }, () => EXTENT * (2 * random.uniform() - 1));
  const targets = inputs.map((x) => curve(x) + noise * random.normal());
  return { rows: count, inputs, inputWidth: 1, targets, targetWidth: 1 };
}

/** The true curve at evenly spaced points from left to right. */
function clean(count: number): Examples {
  const inputs = Float32Array.from({ length: count }, (_, i) => EXTENT * ((2 * i) / (count - 1) - 1));
  return { rows: count, inputs, inputWidth: 1, targets: inputs.map(curve), targetWidth: 1 };
}

export const sine: Task<SineOptions> = {
  name: 'sine',
  description: 'Fit a wavy curve through noisy points.',
  schema,
  shape: () => ({ inputs: { kind: 'vectors', width: 1 }, targets: { kind: 'values', width: 1 } }),
  generate: (options, seed) => ({
    train: points(options.points, options.noise, new Random(seed, Stream.train)),
    evaluation: {
      validation: points(options.validation, options.noise, new Random(seed, Stream.evaluation)),
      clean: clean(options.validation),
    },
    floor: options.noise ** 2,
  }),
  show: (_options, row) => Array.from(row, (x) => x.toFixed(3)).join(', '),
};

/**
 * Points in the plane in two or more classes: the picture book of classification. The decision surface of a
 * tiny MLP can be drawn over them.
 */
import type * as v from 'valibot';
import { accuracy, brier } from './metrics.ts';
import { choice, integer, options, real } from '../option-schema.ts';
import { Random, Stream } from '../random.ts';
import type { Examples, Task } from './task.ts';

/** Noise apart, all points lie in the square [−EXTENT, EXTENT]². */
export const EXTENT = 2;

const schema = options({
  kind: choice(['spirals', 'rings', 'checkerboard', 'clusters'], 'The shape that the classes form.'),
  classes: integer(2, 2, 6, 'Number of classes: arms, rings, colours of the board or clusters.'),
  noise: real(0.1, 0, 1, 'Standard deviation of the Gaussian noise on each coordinate.'),
  points: integer(256, 16, 65536, 'Number of training points.'),
  validation: integer(1024, 16, 65536, 'Number of held-out points, from the same distribution.'),
});

export type ShapesOptions = v.InferOutput<typeof schema>;

/** Squares along one side of the checkerboard. */
const SQUARES = 4;

/** A point of class `label`, without noise. */
function place({ kind, classes }: ShapesOptions, label: number, random: Random): [number, number] {
  switch (kind) {
    case 'spirals': {
      // An Archimedean spiral of one turn; the square root spreads the points evenly over its length.
      const along = Math.sqrt(random.uniform());
      return polar(EXTENT * along, 2 * Math.PI * (along + label / classes));
    }
    case 'rings': {
      // Class 0 is the innermost ring; between neighbours lies a gap as wide as a ring.
      const radius = (2 * label + 0.5 + random.uniform()) / (2 * classes - 0.5);
      return polar(EXTENT * radius, 2 * Math.PI * random.uniform());
    }
    case 'checkerboard':
      for (;;) {
        const column = random.integer(SQUARES);
        const row = random.integer(SQUARES);
        if ((column + row) % classes !== label) continue;
        const side = (2 * EXTENT) / SQUARES;
        return [(column + random.uniform()) * side - EXTENT, (row + random.uniform()) * side - EXTENT];
      }
    case 'clusters': {
      const [x, y] = polar(0.65 * EXTENT, (2 * Math.PI * label) / classes);
      const [dx, dy] = polar(0.3 * EXTENT * Math.sqrt(random.uniform()), 2 * Math.PI * random.uniform());
      return [x + dx, y + dy];
    }
  }
}

function polar(radius: number, angle: number): [number, number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function points(options: ShapesOptions, rows: number, random: Random): Examples {
  const inputs = new Float32Array(2 * rows);
  const targets = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const label = i % options.classes; // as many points of each class
    const [x, y] = place(options, label, random);
    inputs[2 * i] = x + options.noise * random.normal();
    inputs[2 * i + 1] = y + options.noise * random.normal();
    targets[i] = label;
  }
  return { rows, inputs, inputWidth: 2, targets, targetWidth: 1 };
}

export const shapes: Task<ShapesOptions> = {
  name: 'shapes',
  description: 'Tell apart points in the plane that form spirals, rings, a checkerboard or clusters.',
  schema,
  shape: (options) => ({
    inputs: { kind: 'vectors', width: 2 },
    targets: { kind: 'classes', classes: options.classes, perRow: 1 },
  }),
  generate: (options, seed) => ({
    train: points(options, options.points, new Random(seed, Stream.train)),
    evaluation: { validation: points(options, options.validation, new Random(seed, Stream.evaluation)) },
  }),
  metrics: (_options, set, scores) => ({ accuracy: accuracy(set, scores), brier: brier(set, scores) }),
  show: (_options, row) => `(${Array.from(row, (x) => x.toFixed(2)).join(', ')})`,
};

import { describe, expect, test } from 'vitest';
import { parse } from '../../src/schema.ts';
import { EXTENT, shapes } from '../../src/tasks/shapes.ts';
import { shareRows } from './support.ts';

const kinds = ['spirals', 'rings', 'checkerboard', 'clusters'] as const;

describe.each(kinds)('shapes: %s', (kind) => {
  test.each([2, 3, 6])('%i balanced classes within the square', (classes) => {
    const options = parse(shapes.schema, { kind, classes, noise: 0, points: 600 });
    const { train } = shapes.generate(options, 1);
    expect(train.inputs).toHaveLength(1200);
    expect(Math.max(...train.inputs.map(Math.abs))).toBeLessThanOrEqual(EXTENT);
    for (let c = 0; c < classes; c++) {
      expect(train.targets.filter((t) => t === c)).toHaveLength(600 / classes);
    }
  });

  test('without noise, the nearest training point tells the class', () => {
    const options = parse(shapes.schema, { kind, classes: 2, noise: 0, points: 4000, validation: 500 });
    const { train, evaluation } = shapes.generate(options, 2);
    let right = 0;
    for (let i = 0; i < 500; i++) {
      const [x, y] = evaluation.validation.inputs.subarray(2 * i);
      let nearest = 0;
      let least = Infinity;
      for (let j = 0; j < train.rows; j++) {
        const distance = (train.inputs[2 * j]! - x!) ** 2 + (train.inputs[2 * j + 1]! - y!) ** 2;
        if (distance < least) [least, nearest] = [distance, j];
      }
      right += Number(train.targets[nearest] === evaluation.validation.targets[i]);
    }
    expect(right / 500).toBeGreaterThan(0.95);
  });
});

test('shapes: noise has the given deviation', () => {
  const wide = parse(shapes.schema, { kind: 'clusters', noise: 1, points: 20000 });
  const variance = (noise: number) => {
    const { inputs } = shapes.generate({ ...wide, noise }, 1).train;
    return Float64Array.from(inputs, (x) => x * x).reduce((a, b) => a + b) / inputs.length;
  };
  expect(variance(1) - variance(0)).toBeCloseTo(1, 1);
});

test('shapes: rings stay apart', () => {
  const { inputs, targets } = shapes.generate(parse(shapes.schema, { kind: 'rings', noise: 0 }), 1).train;
  targets.forEach((label, i) => {
    const radius = Math.hypot(inputs[2 * i]!, inputs[2 * i + 1]!) / EXTENT;
    expect(radius * 3.5).toBeGreaterThan(2 * label + 0.5 - 1e-5);
    expect(radius * 3.5).toBeLessThan(2 * label + 1.5 + 1e-5);
  });
});

test('shapes: deterministic by seed, validation of its own', () => {
  const options = parse(shapes.schema, {});
  const data = shapes.generate(options, 4);
  expect(shapes.generate(options, 4)).toEqual(data);
  expect(shapes.generate(options, 5)).not.toEqual(data);
  expect(shapes.generate({ ...options, points: 500 }, 4).evaluation).toEqual(data.evaluation);
  expect(shareRows(data.train, data.evaluation.validation)).toBe(false);
});

test('shapes: shape and display', () => {
  const options = parse(shapes.schema, { classes: 3 });
  expect(shapes.show(options, [0.5, -1])).toBe('(0.50, -1.00)');
  expect(shapes.shape(options)).toEqual({
    inputs: { kind: 'vectors', width: 2 },
    targets: { kind: 'classes', classes: 3, perRow: 1 },
  });
});

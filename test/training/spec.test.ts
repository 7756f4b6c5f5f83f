import { expect, it } from 'vitest';
import { parseSpec } from '../../src/training/spec/spec.ts';

it('fills in every default', () => {
  expect(parseSpec({ task: { name: 'shapes' } })).toMatchObject({
    task: { name: 'shapes', kind: 'spirals' },
    model: { kind: 'mlp', hidden: [64, 64] },
    optimizer: { name: 'adamw', beta2: 0.98 },
    replicas: 1,
  });
  expect(parseSpec({ task: { name: 'backoff-language' } }).model.kind).toBe('transformer');
});

it.each([
  [{}, 'task: '],
  [{ task: { name: 'spirals' } }, 'task.name: must be one of shapes, backoff-language'],
  [{ task: { name: 'shapes', noise: 7 } }, 'task.noise: must be a number from 0 to 1, not 7'],
  [{ task: { name: 'shapes' }, stepz: 3 }, 'stepz: unknown option; known are task, model'],
  [
    { task: { name: 'shapes' }, learningRate: NaN },
    'learningRate: must be a number from 1e-8 to 100, not NaN',
  ],
  [{ task: { name: 'shapes' }, steps: '10' }, 'steps: must be an integer from 1 to 10000000, not "10"'],
  [
    { task: { name: 'backoff-language' }, model: { kind: 'transformer', width: 10, heads: 4 } },
    'model.heads: 4 heads do not divide a width of 10; allowed are 1, 2, 5, 10',
  ],
  [
    { task: { name: 'shapes' }, model: { kind: 'transformer' } },
    'model.kind: "transformer" needs a task of token sequences',
  ],
  [
    { task: { name: 'backoff-language' }, model: { kind: 'mlp' } },
    'model.kind: "mlp" gives one answer per example',
  ],
  [{ task: { name: 'shapes' }, model: { kind: 'cnn' } }, 'model.kind: '],
  [{ task: { name: 'shapes' }, optimizer: { name: 'adam' } }, 'optimizer.name: '],
  [{ task: { name: 'shapes' }, optimizer: { momentum: 0.9 } }, 'optimizer: must be an object with name'],
  [
    { task: { name: 'shapes' }, replicas: 2, learningRates: [1] },
    'learningRates: has 1 values for 2 replicas',
  ],
  [
    { task: { name: 'shapes' }, replicas: 2, trainingFractions: [1, 0.5, 0.25] },
    'trainingFractions: has 3 values for 2 replicas',
  ],
  [{ task: { name: 'shapes' }, trainingFractions: [0] }, 'trainingFractions'],
  [null, 'must be an object'],
])('refuses %j and says why', (input, message) => {
  expect(() => parseSpec(input)).toThrow(message);
});

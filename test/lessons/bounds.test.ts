import { expect, test } from 'vitest';
import { inEnglish } from '../../src/problem-words.ts';
import { BOUNDS, excess, sayExcess, sumOfCosts } from '../../src/lessons/bounds.ts';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import type { RunCost } from '../../src/worker/protocol.ts';
import { checkSpec } from '../../src/worker/planning.ts';

const NOTHING: RunCost = { step: 0, evaluation: 0, all: 0, kept: 0, examples: 0, bytes: 0, kernels: 0 };

const costOf = (spec: Record<string, unknown>): RunCost => {
  const checked = checkSpec(spec);
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.cost;
};

for (const software of [false, true]) {
  const bounds = BOUNDS[software ? 'software' : 'gpu'];
  test.each(Object.keys(bounds) as (keyof RunCost)[])(
    `${software ? 'software' : 'a GPU'}: %s below and at its bound is allowed, above it is not`,
    (what) => {
      const most = bounds[what];
      expect(excess({ ...NOTHING, [what]: most * 0.999 }, software)).toBeUndefined();
      expect(excess({ ...NOTHING, [what]: most }, software)).toBeUndefined();
      const above = excess({ ...NOTHING, [what]: most * 1.001 }, software);
      expect(above).toMatchObject({ what, most });
      expect(inEnglish(sayExcess(above!))).toMatch(/^.{20,150}$/);
      expect(excess({ ...NOTHING, [what]: NaN }, software)).toMatchObject({ what });
    },
  );
}

const SHAPES = { task: { name: 'shapes' }, model: { kind: 'mlp', hidden: [8] } };

test.each<[keyof RunCost, Record<string, unknown>]>([
  ['step', { ...SHAPES, batch: 65536, model: { kind: 'mlp', hidden: [1024, 1024, 1024] } }],
  // 8 layers of 1,024, a batch of one: the step is cheap, the evaluation at step 0 is not.
  [
    'evaluation',
    {
      task: { name: 'shapes', validation: 65536 },
      model: { kind: 'mlp', hidden: Array(8).fill(1024) },
      batch: 1,
      steps: 5,
    },
  ],
  ['kept', { ...SHAPES, batch: 1, steps: 1e7, replicas: 64, evaluate: { every: 1e7 } }],
  ['kept', { ...SHAPES, batch: 1, steps: 1e6, replicas: 16, evaluate: { every: 1 } }],
  [
    'all',
    {
      ...SHAPES,
      model: { kind: 'mlp', hidden: [64, 64] },
      batch: 2048,
      steps: 1e7,
      evaluate: { every: 1e7 },
    },
  ],
  [
    'examples',
    { task: { name: 'backoff-language', length: 256, pool: 131072, validation: 65536 }, steps: 5, batch: 1 },
  ],
  ['bytes', { ...SHAPES, model: { kind: 'mlp', hidden: [1024, 1024] }, replicas: 1024, batch: 1, steps: 5 }],
])('too much of %s is found before anything is made', (what, spec) => {
  const above = excess(costOf(spec), true);
  expect(above).toBeDefined();
  const cost = costOf(spec);
  expect(cost[what]).toBeGreaterThan(BOUNDS.software[what]);
});

test('many small runs add up, and are held one at a time', () => {
  const cost = costOf(SHAPES);
  const sum = sumOfCosts([cost, cost, cost]);
  expect(sum.all).toBe(3 * cost.all);
  expect(sum.kept).toBe(3 * cost.kept);
  expect(sum.bytes).toBe(cost.bytes);
  expect(excess(sumOfCosts(Array<RunCost>(1000).fill(cost)), true)).toBeDefined();
});

test.each(EXPERIMENT_NAMES)(
  'what the lesson %s itself asks is within the bounds: small in software, standard on a GPU',
  async (name) => {
    const { lesson } = (await import(`../../src/lessons/${name}/lesson.ts`)) as { lesson: Lesson };
    for (const [size, software] of [
      ['small', true],
      ['standard', false],
    ] as const) {
      const costs = lesson.plan(size, 1).flatMap((item) => ('spec' in item ? [costOf(item.spec)] : []));
      expect(excess(sumOfCosts(costs), software), `${name}, ${size}`).toBeUndefined();
    }
  },
);

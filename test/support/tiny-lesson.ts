/** A lesson of two tiny runs, the second of which begins with the first one's weights. For `vi.mock` of src/lessons/index.ts. */
import type { Findings, Lesson, Results } from '../../src/lessons/lesson.ts';

export const TINY_SPEC = {
  task: { name: 'factsworld', facts: 64, pool: 128, validation: 64 },
  model: { kind: 'mlp', hidden: [2], embedding: 2 },
  batch: 4,
  steps: 6,
  evaluate: { every: 2 },
};

const text = (en: string): { en: string; zh: string } => ({ en, zh: en });

export const tinyLesson: Lesson = {
  name: 'tiny',
  question: {
    kind: 'number',
    value: 'last',
    figure: 'none',
    x: { label: text('step'), scale: 'linear', range: [0, 6] },
    y: { label: text('loss'), scale: 'linear', range: [0, 5] },
    hint: text('What loss?'),
    given: () => [],
    far: { difference: 1 },
  },
  plan: (_size, seed) => [
    { key: 'child', spec: { ...TINY_SPEC, seed: seed + 1 }, from: 'parent' },
    { key: 'parent', spec: { ...TINY_SPEC, seed } },
  ],
  judge,
};

function judge({ runs }: Results): Findings {
  const rows = [...runs.keys()].toSorted().map((key) => [key, runs.get(key)!.losses.values[0]!.at(-1)!]);
  return {
    tables: [
      {
        name: 'losses',
        title: text('Losses'),
        columns: [
          { key: 'run', title: text('run') },
          { key: 'loss', title: text('loss') },
        ],
        rows,
      },
    ],
    figures: [],
    fits: {},
    verdict: {
      outcome: 'holds',
      sentence: text('It is tiny.'),
      refutedBy: text('Size.'),
      numbers: {},
    },
  };
}

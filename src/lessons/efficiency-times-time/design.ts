/** The changes that efficiency-times-time compares with Adam on fresh examples, and their runs. */
import type { Size, Text } from '../lesson.ts';
import { FACTS_BATCH, factsSpec } from '../shared/facts.ts';
import { independent } from '../shared/replicas.ts';
import { text } from '../shared/text.ts';

const WIDTH = 32;
const SEEDS: Record<Size, number> = { small: 3, standard: 3, large: 5 };

/** Steps of the two runs of each change: a product gives both the same factor. */
export const LENGTHS: Record<Size, readonly [short: number, long: number]> = {
  small: [28, 112],
  standard: [125, 500],
  large: [1000, 4000],
};
/** Evaluations of a run that is drawn, the long ones, and of the others, of which only the end is read. */
const EVALUATIONS: Record<Size, { drawn: number; others: number }> = {
  small: { drawn: 3, others: 1 },
  standard: { drawn: 20, others: 20 },
  large: { drawn: 20, others: 20 },
};

/** Lengths of the reference as shares of the long one: as far as factors from 0.1 to 2 reach. */
const SHARES = [1 / 40, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2];

/** Steps of Adam's runs, each to the end of its own schedule: a point on a run's way is no finished model. */
export const referenceLengths = (size: Size): number[] =>
  SHARES.map((share) => Math.round(share * LENGTHS[size][1]));

/** The best from 60 to 1,000 steps among rates 1.4 apart (docs/log/lessons.md); both its neighbours are in the table. */
const RATE = 5e-2;
const ADAMW = { name: 'adamw', beta2: 0.99 };

/** One change against the reference, with the name of its number. */
export interface Change {
  key: string;
  /** another rate is no other optimizer, but shows whether the reference has a good one */
  kind: 'optimizer' | 'rate' | 'data';
  name: Text;
  /** name of the factor by loss of the long runs; `…Short` of the short ones, `…ByAccuracy` by accuracy */
  number: string;
  /** options of the task, given the examples that a run sees */
  task?: (examples: number) => Record<string, unknown>;
  spec?: Record<string, unknown>;
}

const epochs = (count: number): Change => ({
  key: `epochs-${count}`,
  kind: 'data',
  name: text(`${count} epochs of 1/${count} of the examples`, `1/${count} 的样本看 ${count} 遍`),
  number: `epochs${count}Factor`,
  task: (examples) => ({ unique: Math.round(examples / count) }),
});

/** No change: what the others are held against. */
export const ADAM: Change = {
  key: 'adam',
  kind: 'optimizer',
  name: text('Adam, fresh examples', 'Adam，全新的样本'),
  number: 'adamFactor',
};

export const CHANGES: readonly Change[] = [
  {
    key: 'momentum-sgd',
    kind: 'optimizer',
    name: text('SGD with momentum', '带动量的 SGD'),
    number: 'momentumSgdFactor',
    spec: { optimizer: { name: 'sgd', momentum: 0.9 }, learningRate: 0.3 },
  },
  {
    key: 'sgd',
    kind: 'optimizer',
    name: text('plain SGD', '普通的 SGD'),
    number: 'sgdFactor',
    spec: { optimizer: { name: 'sgd' }, learningRate: 1 },
  },
  {
    key: 'muon',
    kind: 'optimizer',
    name: text('Muon', 'Muon'),
    number: 'muonFactor',
    spec: { optimizer: { name: 'muon', beta2: 0.99, adamwRate: 1 }, learningRate: 4e-2 },
  },
  {
    key: 'faster-adam',
    kind: 'rate',
    name: text('Adam at 1.4 times the rate', '学习率为 1.4 倍的 Adam'),
    number: 'fasterAdamFactor',
    spec: { learningRate: 1.4 * RATE },
  },
  {
    key: 'slower-adam',
    kind: 'rate',
    name: text('Adam at 0.7 times the rate', '学习率为 0.7 倍的 Adam'),
    number: 'slowerAdamFactor',
    spec: { learningRate: 0.7 * RATE },
  },
  {
    key: 'sampling',
    kind: 'data',
    name: text('rare facts more often', '罕见的事实出现得更多'),
    number: 'samplingFactor',
    task: () => ({ sampling: 0.8 }),
  },
  {
    key: 'curriculum',
    kind: 'data',
    name: text('easy facts first', '先学容易的事实'),
    number: 'curriculumFactor',
    task: () => ({ curriculum: 'easy-first' }),
  },
  ...[2, 4, 16].map(epochs),
];

export const keyOf = ({ key }: Change, steps: number): string => `${key}-${steps}`;

/** The runs of the size, by key: the reference at all its lengths, each change at two. */
export function runsOf(size: Size): { change: Change; steps: number }[] {
  return [
    ...referenceLengths(size).map((steps) => ({ change: ADAM, steps })),
    ...CHANGES.flatMap((change) => LENGTHS[size].map((steps) => ({ change, steps }))),
  ];
}

export function specOf(size: Size, seed: number, change: Change, steps: number): Record<string, unknown> {
  const examples = FACTS_BATCH * steps;
  const { drawn, others } = EVALUATIONS[size];
  const evaluations = steps === LENGTHS[size][1] ? drawn : others;
  const { task, ...spec } = factsSpec({
    width: WIDTH,
    steps,
    seed,
    learningRate: RATE,
    widthRule: false,
    // A curriculum is as long as its pool.
    pool: examples,
    evaluate: { every: Math.max(1, Math.round(steps / evaluations)) },
  });
  return {
    ...spec,
    optimizer: ADAMW,
    ...change.spec,
    task: { ...(task as object), ...change.task?.(examples) },
    ...independent(SEEDS[size]),
  };
}

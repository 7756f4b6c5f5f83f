/**
 * Does time alone make it smarter? Other optimizers and other data at equal compute, each worth a factor in training
 * time against Adam on fresh examples.
 */
import { firstCrossing, median, runningBest } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Findings, Lesson, Results, Series, Size, Table, Text, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import { FACTS_BATCH, factsSpec } from '../shared/facts.ts';
import * as quantities from '../shared/quantities.ts';
import { isSound, replicaCurve } from '../shared/replicas.ts';
import { finished, type Point } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { text } from '../shared/text.ts';

const WIDTH = 32;
const STEPS: Record<Size, number> = { small: 250, standard: 1000, large: 4000 };
const SEEDS: Record<Size, number> = { small: 3, standard: 3, large: 5 };

/** 5e-2 · √(8 / 32), the rate of the lessons on scaling. */
const RATE = 2.5e-2;
const ADAMW = { name: 'adamw', beta2: 0.99 };

/** One change against the reference, with the name of its number. */
interface Change {
  key: string;
  /** a better rate is no other optimizer, but what the others must be held against */
  kind: 'optimizer' | 'rate' | 'data';
  name: Text;
  /** name of the factor by loss; `…ByAccuracy` is the one by accuracy */
  number: string;
  /** options of the task, given the examples that a run sees */
  task?: (examples: number) => Record<string, unknown>;
  spec?: Record<string, unknown>;
}

const epochs = (count: number): Change => ({
  key: `epochs-${count}`,
  kind: 'data',
  name:
    count > 1
      ? text(`${count} epochs of 1/${count} of the examples`, `1/${count} 的样本看 ${count} 遍`)
      : text('no example twice', '没有一个样本看两遍'),
  number: `epochs${count}Factor`,
  task: (examples) => ({ unique: Math.round(examples / count) }),
});

/** No change: what the others are held against. */
const ADAM: Change = {
  key: 'adam',
  kind: 'optimizer',
  name: text('Adam, fresh examples', 'Adam，全新的样本'),
  number: 'adamFactor',
};

const CHANGES: readonly Change[] = [
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
    key: 'tuned-adam',
    kind: 'rate',
    name: text('Adam at 1.4 times the rate', '学习率为 1.4 倍的 Adam'),
    number: 'tunedAdamFactor',
    spec: { learningRate: 1.4 * RATE },
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

const ALL = [ADAM, ...CHANGES];

/** A factor between these is no change. */
const NO_CHANGE = [0.9, 1.1] as const;
const FEWEST_SEEDS = 3;

const REFUTED_BY = text(
  `No optimizer, or no choice of data, with a factor outside ${NO_CHANGE[0]} to ${NO_CHANGE[1]} on the same side in ${FEWEST_SEEDS} seeds.`,
  `没有一种优化器，或者没有一种数据的选法，其倍数在 ${FEWEST_SEEDS} 个种子里都落在 ${NO_CHANGE[0]} 到 ${NO_CHANGE[1]} 之外的同一侧。`,
);

export const lesson: Lesson = {
  name: 'efficiency-times-time',
  title: text('Efficiency times time', '效率乘以时间'),
  plan: (size, seed) => ALL.map((change) => ({ key: change.key, spec: specOf(size, seed, change) })),
  judge,
};

function specOf(size: Size, seed: number, change: Change): Record<string, unknown> {
  const steps = STEPS[size];
  const examples = FACTS_BATCH * steps;
  const { task, ...spec } = factsSpec({
    width: WIDTH,
    steps,
    seed,
    learningRate: RATE,
    widthRule: false,
    // A curriculum is as long as its pool.
    pool: examples,
    evaluate: { every: Math.round(steps / 20) },
  });
  return {
    ...spec,
    optimizer: ADAMW,
    ...change.spec,
    task: { ...(task as object), ...change.task?.(examples) },
    replicas: SEEDS[size],
  };
}

/** The change as a run made it: presets move the steps, but not the examples that are repeated. */
function made(change: Change, { spec }: RunResult): Change {
  const { unique } = spec.task;
  if (typeof unique !== 'number' || unique === 0) return change;
  return epochs(Number(((spec.batch * spec.steps) / unique).toPrecision(3)));
}

type Metric = 'exactLoss' | 'accuracy';

/** What a change came to and is worth in each seed that did not diverge. */
interface Row {
  change: Change;
  loss: number[];
  accuracy: number[];
  byLoss: number[];
  byAccuracy: number[];
}

function judge(results: Results): Findings {
  const adam = finished(results, ADAM.key);
  const rows = adam
    ? CHANGES.flatMap((change) => {
        const run = finished(results, change.key);
        return run ? [rowOf(change, run, adam)] : [];
      })
    : [];
  return {
    tables: [factorTable(adam ? [rowOf(ADAM, adam, adam), ...rows] : [])],
    figures: adam
      ? [
          curveFigure(results, adam, 'optimizers', text('Optimizers', '优化器')),
          curveFigure(results, adam, 'data', text('Data', '数据')),
          isoLossFigure(results, adam),
        ]
      : [],
    fits: {},
    verdict: verdictOf(results, rows),
  };
}

function rowOf(change: Change, run: RunResult, adam: RunResult): Row {
  const replicas = Array.from(
    { length: Math.min(run.spec.replicas, adam.spec.replicas) },
    (_, r) => r,
  ).filter((r) => isSound(run, r) && isSound(adam, r));
  const ends = (metric: Metric): number[] => replicas.map((r) => curve(run, r, metric).at(-1)?.y ?? NaN);
  const factors = (metric: Metric): number[] =>
    replicas
      .map((r) => (run === adam ? 1 : factorAtEnd(curve(run, r, metric), curve(adam, r, metric), metric)))
      .filter((factor) => factor !== undefined);
  return {
    change: made(change, run),
    loss: ends('exactLoss'),
    accuracy: ends('accuracy'),
    byLoss: factors('exactLoss'),
    byAccuracy: factors('accuracy'),
  };
}

function curve(run: RunResult, replica: number, metric: Metric): Point[] {
  return replicaCurve(run, replica, 'facts', metric).filter(({ x }) => x > 0);
}

/**
 * How far the changed run came in its whole time, in units of the reference's time; above 1, the reference's time over
 * that in which the change came as far. Undefined where a curve has no such point.
 */
export function factorAtEnd(
  changed: readonly Point[],
  reference: readonly Point[],
  metric: Metric,
): number | undefined {
  const [better, direction] =
    metric === 'accuracy' ? (['higher', 'rising'] as const) : (['lower', 'falling'] as const);
  const [end, referenceEnd] = [changed.at(-1), reference.at(-1)];
  if (!end || !referenceEnd) return undefined;
  const isBehind = metric === 'accuracy' ? end.y < referenceEnd.y : end.y > referenceEnd.y;
  const x = isBehind
    ? firstCrossing(runningBest(reference, better), end.y, direction)
    : firstCrossing(runningBest(changed, better), referenceEnd.y, direction);
  if (x === undefined) return undefined;
  return isBehind ? x / end.x : referenceEnd.x / x;
}

/** Whether enough seeds agree that the change is worth something, or costs something. */
function isClear({ byLoss }: Row): boolean {
  const gains = byLoss.filter((factor) => factor > NO_CHANGE[1]).length;
  const losses = byLoss.filter((factor) => factor < NO_CHANGE[0]).length;
  return Math.max(gains, losses) >= FEWEST_SEEDS && Math.min(gains, losses) === 0;
}

function verdictOf(results: Results, rows: readonly Row[]): Verdict {
  const numbers = known(
    Object.fromEntries(
      rows.flatMap(({ change, byLoss, byAccuracy }) => [
        [change.number, median(byLoss)],
        [`${change.number}ByAccuracy`, median(byAccuracy)],
      ]),
    ),
  );
  const missing = gap(
    results,
    ALL.map(({ key }) => key),
  );
  if (missing) return notEnough(missing, REFUTED_BY, numbers);
  const fewest = Math.min(...rows.map(({ byLoss }) => byLoss.length));
  if (fewest < FEWEST_SEEDS) {
    return notEnough(
      text(
        `One of the changes could be compared in ${fewest} seeds only; ${FEWEST_SEEDS} are needed.`,
        `有一种改变只能在 ${fewest} 个种子里比较；至少需要 ${FEWEST_SEEDS} 个。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const clear = rows.filter(isClear);
  const holds = (['optimizer', 'data'] as const).every((kind) =>
    clear.some(({ change }) => change.kind === kind),
  );
  const said = (row: Row, language: keyof Text): string =>
    `${row.change.name[language]} ${median(row.byLoss).toFixed(2)}`;
  const listed = (language: keyof Text, separator: string): string =>
    clear.map((row) => said(row, language)).join(separator);
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence:
      clear.length > 0
        ? text(
            `Worth a clear factor in training time against Adam: ${listed('en', ', ')}.`,
            `与 Adam 相比，折合成训练时间有明确倍数的：${listed('zh', '，')}。`,
          )
        : text(
            'No change was worth a clear factor in training time.',
            '没有一种改变折合成训练时间有明确的倍数。',
          ),
    refutedBy: REFUTED_BY,
  };
}

function factorTable(rows: readonly Row[]): Table {
  const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    name: 'factors',
    title: text('Factors in training time against Adam', '与 Adam 相比的训练时间倍数'),
    columns: [
      { key: 'change', title: text('change', '改变') },
      { key: 'loss', title: text('loss at the end, nats', '最后的损失，纳特') },
      { key: 'accuracy', title: text('accuracy at the end', '最后的准确率') },
      { key: 'factor', title: text('factor by loss, median', '按损失的倍数，中位数') },
      { key: 'least', title: text('least', '最小') },
      { key: 'most', title: text('most', '最大') },
      { key: 'byAccuracy', title: text('factor by accuracy, median', '按准确率的倍数，中位数') },
      { key: 'seeds', title: text('seeds', '种子') },
    ],
    rows: rows.map(({ change, loss, accuracy, byLoss, byAccuracy }) => [
      change.key,
      orNull(median(loss)),
      orNull(median(accuracy)),
      orNull(median(byLoss)),
      orNull(Math.min(...byLoss)),
      orNull(Math.max(...byLoss)),
      orNull(median(byAccuracy)),
      byLoss.length,
    ]),
  };
}

const STEP = { label: quantities.STEP, scale: 'log' } as const;

/** The first seed of each. */
function curveFigure(results: Results, adam: RunResult, name: 'optimizers' | 'data', title: Text): Figure {
  const changes = CHANGES.filter(({ kind }) => (kind === 'data') === (name === 'data'));
  const shown = changes.flatMap((change, i) => {
    const run = finished(results, change.key);
    if (!run) return [];
    const line = series(made(change, run).name, 'size', 'line', curve(run, 0, 'exactLoss'));
    return [{ key: change.key, line: { ...line, rank: [i, changes.length] as [number, number] } }];
  });
  return {
    name,
    title,
    x: STEP,
    y: { label: quantities.LOSS, scale: 'log' },
    series: [
      series(ADAM.name, 'reference', 'line', curve(adam, 0, 'exactLoss')),
      ...shown.map(({ line }) => line),
    ],
    marks: Object.fromEntries(
      [ADAM.key, ...shown.map(({ key }) => key)].map((key, i) => [key, { series: i }]),
    ),
  };
}

/** Losses whose lines are drawn: those of Adam at these shares of its time. */
const LEVELS = [0.25, 0.5, 1];

/** Lines on which efficiency · time, and with it the loss, stays the same; and where the changes lie. */
function isoLossFigure(results: Results, adam: RunResult): Figure {
  const reference = runningBest(curve(adam, 0, 'exactLoss'), 'lower');
  const levels = LEVELS.flatMap((share) => {
    const time = share * adam.step;
    const point = reference.findLast(({ x }) => x <= time);
    return point ? [{ time: point.x, loss: point.y }] : [];
  });
  const lines = levels.map(({ time, loss }, i): Series => {
    const name = text(`loss ${loss.toFixed(2)}`, `损失 ${loss.toFixed(2)}`);
    const points = Array.from({ length: 41 }, (_, k) => 2 ** ((k - 20) / 5)).map((efficiency) => ({
      x: time / efficiency,
      y: efficiency,
    }));
    return { ...series(name, 'size', 'line', points), rank: [i, levels.length] };
  });
  const measured = CHANGES.flatMap(({ key }) => {
    const run = finished(results, key);
    if (!run) return [];
    const best = runningBest(curve(run, 0, 'exactLoss'), 'lower');
    return levels.flatMap(({ time, loss }) => {
      const x = firstCrossing(best, loss, 'falling');
      return x === undefined ? [] : [{ x, y: time / x }];
    });
  });
  return {
    name: 'iso-loss',
    title: text('Efficiency and time at equal loss', '损失相等时的效率与时间'),
    x: STEP,
    y: { label: text('efficiency, Adam = 1', '效率，Adam 为 1'), scale: 'log' },
    series: [...lines, series(text('the changes', '各种改变'), 'measured', 'points', measured)],
  };
}

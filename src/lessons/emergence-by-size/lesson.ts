/** Do abilities appear past a size? Transformers of several widths learn to add, each from several seeds. */
import { median, successBySize, type SuccessRow, threshold } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Findings, Lesson, Results, Series, Size, Table, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import * as quantities from '../shared/quantities.ts';
import { lastMetrics, replicaCurve } from '../shared/replicas.ts';
import { finished, type Point } from '../shared/runs.ts';
import { levelLine, series, sizeSeries } from '../shared/series.ts';
import { grouped, same, text } from '../shared/text.ts';

interface Design {
  widths: number[];
  seeds: number;
  steps: number;
  batch: number;
  learningRate: number;
}

const STANDARD = { seeds: 5, steps: 500, batch: 256, learningRate: 1.6e-2 };

const DESIGNS: Record<Size, Design> = {
  small: { widths: [4, 12, 24], seeds: 5, steps: 400, batch: 64, learningRate: 1.1e-2 },
  standard: { ...STANDARD, widths: [2, 4, 8, 16, 24] },
  large: { ...STANDARD, widths: [2, 4, 6, 8, 12, 16, 24, 32], seeds: 10 },
};

const FEWEST_SEEDS = 5;
/** Median exact match of the smallest model at most, of the largest at least. */
const ABSENT = 0.1;
const PRESENT = 0.9;

const REFUTED_BY = text(
  `A median above ${ABSENT} at the smallest size, or below ${PRESENT} at the largest.`,
  `最小的模型中位数高于 ${ABSENT}，或者最大的模型中位数低于 ${PRESENT}。`,
);

const keyOf = (width: number): string => `d${width}`;

export const lesson: Lesson = {
  name: 'emergence-by-size',
  title: text('Emergence by size', '随规模涌现'),
  plan: (size, seed) =>
    DESIGNS[size].widths.map((width) => ({
      key: keyOf(width),
      spec: additionSpec(width, DESIGNS[size], seed),
    })),
  judge,
};

function additionSpec(
  width: number,
  { seeds, steps, batch, learningRate }: Design,
  seed: number,
): Record<string, unknown> {
  return {
    task: { name: 'addition', digits: 2, heldOut: 0.05, pool: 2 ** Math.ceil(Math.log2(batch * steps)) },
    model: { kind: 'transformer', layers: 2, width, heads: headsOf(width), embeddingScale: 0.5 },
    schedule: { name: 'linear-decay', warmup: 50, decay: 0.2, final: 0 },
    learningRate,
    batch,
    steps,
    evaluate: { every: steps / 10 },
    seed,
    dataSeed: seed,
    replicas: seeds,
  };
}

function headsOf(width: number): number {
  if (width < 4) return 1;
  return width < 8 ? 2 : 4;
}

/** The seeds of one width. */
interface Group {
  width: number;
  run: RunResult;
  /** exact match of each seed that did not diverge */
  exact: number[];
}

function judge(results: Results, size: Size): Findings {
  const keys = DESIGNS[size].widths.map(keyOf);
  const groups = keys
    .flatMap((key) => groupOf(finished(results, key)) ?? [])
    .sort((a, b) => a.run.parameters - b.run.parameters);
  const rows = successBySize(
    groups.flatMap(({ width, exact }) => exact.map((ability) => ({ x: width, ability }))),
    PRESENT,
  );
  return {
    tables: [successTable(groups, rows)],
    figures: groups.length > 0 ? [abilityFigure(groups), metricFigure(groups), timeFigure(groups)] : [],
    fits: {},
    verdict: verdictOf(results, keys, groups, rows),
  };
}

function groupOf(run: RunResult | undefined): Group | undefined {
  if (run?.spec.model.kind !== 'transformer') return undefined;
  const exact = lastMetrics(run, 'validation', 'exactMatch').filter(Number.isFinite);
  return exact.length > 0 ? { width: run.spec.model.width, run, exact } : undefined;
}

function verdictOf(
  results: Results,
  keys: readonly string[],
  groups: readonly Group[],
  rows: readonly SuccessRow[],
): Verdict {
  const missing = gap(results, keys);
  const [smallest, largest] = [rows[0], rows.at(-1)];
  const crossing = threshold(
    rows.map(({ x, median }) => ({ x, y: median })),
    0.5,
  );
  const numbers = known({
    smallestMedian: smallest?.median,
    largestMedian: largest?.median,
    thresholdWidth: typeof crossing === 'number' ? crossing : undefined,
    smallestShare: smallest?.probability.estimate,
    largestShare: largest?.probability.estimate,
  });
  if (missing || !smallest || !largest || groups.length < keys.length) {
    return notEnough(
      missing ?? text('There are no runs.', '还没有训练。'),
      REFUTED_BY,
      missing ? {} : numbers,
    );
  }
  const fewest = Math.min(...rows.map(({ trials }) => trials));
  if (fewest < FEWEST_SEEDS) {
    return notEnough(
      text(
        `One size has only ${fewest} seeds; near the threshold luck decides, so ${FEWEST_SEEDS} are needed.`,
        `有一种大小只有 ${fewest} 个种子；在阈值附近由运气决定，至少需要 ${FEWEST_SEEDS} 个。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const holds = smallest.median <= ABSENT && largest.median >= PRESENT;
  const [low, high] = [smallest.median.toFixed(2), largest.median.toFixed(2)];
  const where =
    typeof crossing === 'number'
      ? text(
          `; it passes one half at width ${crossing.toFixed(1)}`,
          `；在宽度 ${crossing.toFixed(1)} 处超过二分之一`,
        )
      : same('');
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `The median of exact match over ${fewest} seeds goes from ${low} at width ${smallest.x} to ${high} at width ${largest.x}${where.en}.`,
      `${fewest} 个种子的精确匹配的中位数，从宽度 ${smallest.x} 的 ${low} 到宽度 ${largest.x} 的 ${high}${where.zh}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

function successTable(groups: readonly Group[], rows: readonly SuccessRow[]): Table {
  return {
    name: 'sizes',
    title: text('Exact match on held-out sums', '留出算式的精确匹配'),
    columns: [
      { key: 'width', title: text('width', '宽度') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'seeds', title: text('seeds', '种子') },
      { key: 'median', title: text('median', '中位数') },
      { key: 'least', title: text('least', '最小') },
      { key: 'most', title: text('most', '最大') },
      { key: 'learned', title: text(`seeds at ${PRESENT} or more`, `达到 ${PRESENT} 的种子`) },
      { key: 'low', title: text('share, 90% interval from', '比例的 90% 区间下界') },
      { key: 'high', title: text('to', '上界') },
    ],
    rows: groups.flatMap(({ width, run, exact }) => {
      const row = rows.find(({ x }) => x === width);
      if (!row) return [];
      const { trials, successes, probability } = row;
      const [least, most] = [Math.min(...exact), Math.max(...exact)];
      return [
        [
          width,
          run.parameters,
          trials,
          row.median,
          least,
          most,
          successes,
          probability.low,
          probability.high,
        ],
      ];
    }),
  };
}

const SIZE_AXIS = { label: quantities.PARAMETERS, scale: 'log' } as const;
const SHARE_AXIS = { label: quantities.SHARE_RIGHT, scale: 'linear' } as const;

function abilityFigure(groups: readonly Group[]): Figure {
  const medians: Series = {
    ...series(
      text('median, and the range of the seeds', '中位数，以及各个种子的范围'),
      'measured',
      'line',
      groups.map(({ run, exact }) => ({ x: run.parameters, y: median(exact) })),
    ),
    low: groups.map(({ exact }) => Math.min(...exact)),
    high: groups.map(({ exact }) => Math.max(...exact)),
  };
  const seeds = groups.flatMap(({ run, exact }) => exact.map((y) => ({ x: run.parameters, y })));
  const sizes = groups.map(({ run }) => run.parameters);
  const crossing = threshold(
    groups.map(({ run, exact }) => ({ x: run.parameters, y: median(exact) })),
    0.5,
  );
  return {
    name: 'ability',
    title: text('Exact match against size', '精确匹配与大小'),
    x: SIZE_AXIS,
    y: SHARE_AXIS,
    series: [
      medians,
      series(text('one seed', '一个种子'), 'validation', 'points', seeds),
      levelLine(text('one half', '二分之一'), 0.5, [Math.min(...sizes), Math.max(...sizes)]),
    ],
    marks: {
      ...Object.fromEntries(groups.map(({ width, run }) => [`d-${width}`, { x: run.parameters, series: 0 }])),
      ...(typeof crossing === 'number' && { threshold: { x: crossing, series: 0 } }),
    },
  };
}

/** The same models, scored by digits and by whole answers. */
function metricFigure(groups: readonly Group[]): Figure {
  const medians = (metric: string): Point[] =>
    groups.map(({ run }) => ({
      x: run.parameters,
      y: median(lastMetrics(run, 'validation', metric).filter(Number.isFinite)),
    }));
  return {
    name: 'metrics',
    title: text('Digits and whole answers', '逐位计分与整题计分'),
    x: SIZE_AXIS,
    y: SHARE_AXIS,
    series: [
      series(text('digits right, median', '答对的位数，中位数'), 'reference', 'line', medians('accuracy')),
      series(text('answers right, median', '答对的题数，中位数'), 'measured', 'line', medians('exactMatch')),
    ],
  };
}

function timeFigure(groups: readonly Group[]): Figure {
  return {
    name: 'time',
    title: text('Exact match over the steps, mean of the seeds', '精确匹配随步数的变化，各种子平均'),
    x: { label: quantities.STEP, scale: 'linear' },
    y: SHARE_AXIS,
    series: groups.map(({ run }, i) =>
      sizeSeries(same(`N = ${grouped(run.parameters)}`), [i, groups.length], 'line', meanCurve(run)),
    ),
  };
}

function meanCurve(run: RunResult): Point[] {
  const curves = Array.from({ length: run.spec.replicas }, (_, r) =>
    replicaCurve(run, r, 'validation', 'exactMatch'),
  ).filter((curve) => curve.length === run.evaluations.length);
  return run.evaluations.map(({ step }, i) => ({
    x: step,
    y: curves.reduce((sum, curve) => sum + curve[i]!.y, 0) / curves.length,
  }));
}

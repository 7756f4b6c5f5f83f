/** Is it size, or pre-training loss? Checkpoints of several sizes: ability against loss, against N, against compute. */
import {
  type Checkpoint,
  type CollapseScore,
  collapseScore,
  isRefusal,
  median,
  type Refusal,
  thresholdInLoss,
} from '../../scaling/index.ts';
import type { Figure, Findings, Lesson, Results, Size, Table, Verdict, ViewValues } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { FACTS_BATCH, factsPool, factsSpec } from '../shared/facts.ts';
import { isoflopExamples, isoflopPlan } from '../shared/isoflop.ts';
import { dataSeen, finished, metricCurve } from '../shared/runs.ts';
import { recordsOf } from '../shared/tables.ts';
import { text } from '../shared/text.ts';
import { type Band, bandName, bandRange, BANDS } from './bands.ts';
import { FAIR, FAIR_KEYS, fairFigure, fairSentence, fairTable, fairTest, type Fair } from './fair.ts';
import { againstFigure, bandsFigure, COMPUTE_AXIS, LOSS_AXIS, SIZE_AXIS, type Stop } from './figures.ts';

interface Design {
  widths: number[];
  steps: number;
  bands: readonly Band[];
  /** whether the runs at equal compute are made as well */
  fair: boolean;
}

const STANDARD: Design = { widths: [8, 16, 32, 64, 128], steps: 2000, bands: BANDS, fair: false };

const DESIGNS: Record<Size, Design> = {
  small: { widths: [8, 16, 32], steps: 500, bands: BANDS.slice(0, 2), fair: false },
  standard: STANDARD,
  large: { ...STANDARD, fair: true },
};

/** By width; constant, so that every checkpoint is a model in its own right and not a run cut short. */
const LEARNING_RATES: Record<number, number> = { 8: 1.5e-2, 16: 1e-2, 32: 1e-2, 64: 5e-3, 128: 3.5e-3 };

/** Checkpoints before this step are no models yet. */
const FIRST_STEP = 25;
/** Steps from one checkpoint to the next grow by this factor. */
const SPACING = 1.4;
const THRESHOLD = 0.1;

const LEAST_R2_LOSS = 0.98;
const MOST_R2_SIZE = 0.5;
const MOST_LEAVE_ONE_OUT = 0.08;

const REFUTED_BY = text(
  `A monotone curve in the loss that explains less than ${LEAST_R2_LOSS} of the ability’s variance or misses a size left out by more than ${MOST_LEAVE_ONE_OUT}, or one in the size that explains more than ${MOST_R2_SIZE}.`,
  `以损失为自变量的单调曲线解释的能力方差不到 ${LEAST_R2_LOSS}，或对留出规模的误差超过 ${MOST_LEAVE_ONE_OUT}；或者以规模为自变量的曲线解释的超过 ${MOST_R2_SIZE}。`,
);

/** What the ability can be shown against; figures are named after them, columns of the scores too. */
const AXES = [
  { value: 'size', label: text('size', '规模'), column: 'bySize' },
  { value: 'loss', label: text('loss', '损失'), column: 'byLoss' },
  { value: 'compute', label: text('compute', '计算量'), column: 'byCompute' },
] as const;

const keyOf = (width: number): string => `w${width}`;

export const lesson: Lesson = {
  name: 'loss-decides',
  title: text('The loss decides', '损失说了算'),
  plan: (size, seed) => {
    const { widths, steps, fair } = DESIGNS[size];
    const pool = factsPool(Math.max(FACTS_BATCH * steps, fair ? isoflopExamples(FAIR) : 0));
    const checkpointed = widths.map((width) => ({
      key: keyOf(width),
      spec: factsSpec({
        width,
        steps,
        seed,
        learningRate: LEARNING_RATES[width]!,
        widthRule: false,
        schedule: 'constant',
        evaluate: { spacing: 'log-step', every: SPACING },
        pool,
      }),
    }));
    return fair ? [...checkpointed, ...isoflopPlan(FAIR, seed, pool)] : checkpointed;
  },
  judge,
  views: {
    inputs: [
      {
        name: 'axis',
        label: text('ability against', '横轴'),
        kind: 'choice',
        usual: 'size',
        options: AXES.map(({ value, label }) => ({ value, label })),
      },
    ],
    look,
    marks: {
      threshold: { axis: 'loss' },
      'equal-loss': { axis: 'loss' },
      'equal-size': { axis: 'size' },
    },
  },
};

function judge(results: Results, size: Size): Findings {
  const { widths, bands, fair: hasFair } = DESIGNS[size];
  const fair = hasFair ? fairTest(results) : undefined;
  const stops = widths.flatMap((width) => stopsOf(results, width));
  const scores = bands.map((band) => ({ band, score: collapseScore(checkpoints(stops, band)) }));
  const thresholds = BANDS.map((band) => thresholdOf(stops, band));
  const [band] = bands;
  return {
    tables: [scoreTable(scores, thresholds), ...(fair ? [fairTable(fair)] : []), stopTable(stops)],
    figures: [
      againstFigure(
        'by-loss',
        text('Ability against loss', '能力与损失'),
        LOSS_AXIS,
        stops,
        band!,
        ({ loss }) => loss,
      ),
      againstFigure(
        'by-size',
        text('Ability against size', '能力与规模'),
        SIZE_AXIS,
        stops,
        band!,
        ({ N }) => N,
      ),
      againstFigure(
        'by-compute',
        text('Ability against compute', '能力与计算量'),
        COMPUTE_AXIS,
        stops,
        band!,
        ({ C }) => C,
      ),
      bandsFigure(stops),
      ...(fair ? [fairFigure(fair, band!)] : []),
    ],
    fits: Object.fromEntries(scores.map(({ band, score }) => [band, score])),
    verdict: hasFair
      ? withFair(results, verdictOf(results, widths, scores, thresholds[0]), fair)
      : verdictOf(results, widths, scores, thresholds[0]),
  };
}

/** One axis of the three, and how much it explains. */
function look(findings: Findings, values: ViewValues): Findings {
  const axis = AXES.find(({ value }) => value === values.axis) ?? AXES[0];
  const { thresholdLoss } = findings.verdict.numbers;
  const figures = findings.figures.filter(
    ({ name }) => name === `by-${axis.value}` || !name.startsWith('by-'),
  );
  const explained = recordsOf(findings, 'scores')[0]?.[axis.column];
  return {
    ...findings,
    figures: figures.map((figure) =>
      !figure.name.startsWith('by-') ? figure : { ...figure, marks: momentsIn(figure, thresholdLoss) },
    ),
    ...(typeof explained === 'number' && {
      remark: text(
        `By ${axis.label.en}, a curve that never turns back explains ${explained.toFixed(3)} of the differences in ability between these checkpoints (facts of rank 101 to 300).`,
        `以${axis.label.zh}为横轴，一条不回头的曲线能解释这些检查点能力差异的 ${explained.toFixed(3)}（第 101 至 300 名的事实）。`,
      ),
    }),
  };
}

/** Where the moments of the text lie; an equal loss is shown where the ability begins. */
function momentsIn(
  { name, series }: Figure,
  thresholdLoss: number | undefined,
): NonNullable<Figure['marks']> {
  const last = series.length - 1;
  return {
    'w-8': { series: 0 },
    'w-128': { series: last },
    ...(name === 'by-size' && { 'equal-size': { series: Math.ceil(last / 2) } }),
    ...(name === 'by-loss' &&
      thresholdLoss !== undefined && {
        threshold: { x: thresholdLoss },
        'equal-loss': { x: thresholdLoss },
      }),
  };
}

function stopsOf(results: Results, width: number): Stop[] {
  const run = finished(results, keyOf(width));
  if (!run) return [];
  const losses = metricCurve(run, 'facts', 'exactLoss');
  const abilities = BANDS.map((band) => new Map(metricCurve(run, 'facts', band).map(({ x, y }) => [x, y])));
  return losses
    .filter(({ x }) => x >= FIRST_STEP)
    .map(({ x: step, y: loss }) => ({
      N: run.parameters,
      step,
      C: 6 * run.parameters * dataSeen(run, step),
      loss,
      abilities: Object.fromEntries(BANDS.map((band, i) => [band, abilities[i]!.get(step) ?? NaN])) as Record<
        Band,
        number
      >,
    }));
}

function checkpoints(stops: readonly Stop[], band: Band): Checkpoint[] {
  return stops
    .map(({ N, step, loss, abilities }) => ({ N, step, loss, ability: abilities[band] }))
    .filter(({ ability }) => Number.isFinite(ability));
}

/** The loss at which a band reaches the threshold: the median over the sizes that get there. */
function thresholdOf(stops: readonly Stop[], band: Band): number | undefined {
  const sizes = [...new Set(stops.map(({ N }) => N))];
  const found = sizes
    .map((N) =>
      thresholdInLoss(
        checkpoints(
          stops.filter((stop) => stop.N === N),
          band,
        ),
        THRESHOLD,
      ),
    )
    .filter((value) => typeof value === 'number');
  return found.length > 0 ? median(found) : undefined;
}

interface BandScore {
  band: Band;
  score: CollapseScore | Refusal;
}

function verdictOf(
  results: Results,
  widths: readonly number[],
  scores: readonly BandScore[],
  thresholdLoss: number | undefined,
): Verdict {
  const missing = gap(results, widths.map(keyOf));
  if (missing) return notEnough(missing, REFUTED_BY);
  const judged: CollapseScore[] = [];
  for (const { score } of scores) {
    if (isRefusal(score)) return notEnough(refusalText(score), REFUTED_BY, { thresholdLoss });
    judged.push(score);
  }
  // The worst band of ranks decides: the one worst for the loss need not be that best for its rivals.
  const r2Loss = Math.min(...judged.map(({ byLoss }) => byLoss));
  const r2Size = Math.max(...judged.map(({ bySize }) => bySize));
  const r2Compute = Math.max(...judged.map(({ byCompute }) => byCompute));
  const leaveOneOut = Math.max(...judged.map(({ leaveOneSizeOut }) => leaveOneSizeOut));
  const holds = r2Loss >= LEAST_R2_LOSS && r2Size <= MOST_R2_SIZE && leaveOneOut <= MOST_LEAVE_ONE_OUT;
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: known({
      r2Loss,
      r2Size,
      r2Compute,
      leaveOneOut,
      thresholdLoss,
      spreadAtEqualLoss: Math.max(...judged.map(({ spreadAtEqualLoss }) => spreadAtEqualLoss)),
      spreadAtEqualStep: Math.max(...judged.map(({ spreadAtEqualStep }) => spreadAtEqualStep)),
    }),
    sentence: text(
      `Over the bands of ranks, the loss explains at least ${r2Loss.toFixed(3)} of the ability’s variance, the size at most ${r2Size.toFixed(2)}, compute at most ${r2Compute.toFixed(3)}; the typical error for a size left out is at most ${leaveOneOut.toFixed(3)}.`,
      `在各段名次中，损失至少解释了能力方差的 ${r2Loss.toFixed(3)}，规模最多解释 ${r2Size.toFixed(2)}，计算量最多解释 ${r2Compute.toFixed(3)}；对留出规模的典型误差最多为 ${leaveOneOut.toFixed(3)}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

/** At the large size the loss must also explain finished models at equal compute, and better than compute does. */
function withFair(results: Results, verdict: Verdict, fair: Fair | undefined): Verdict {
  if (verdict.outcome === 'not-enough-evidence') return verdict;
  const refutedBy = text(
    `${REFUTED_BY.en} At equal compute: a loss that explains less than ${LEAST_R2_LOSS}, or less than compute does.`,
    `${REFUTED_BY.zh}在等计算量下：损失解释的不到 ${LEAST_R2_LOSS}，或者不如计算量解释的多。`,
  );
  if (!fair) {
    const reason =
      gap(results, FAIR_KEYS) ??
      text('The runs do not spend equal compute any more.', '这些训练的计算量已不再相等。');
    return notEnough(reason, refutedBy, verdict.numbers);
  }
  const { fairLoss, fairCompute } = fair.numbers;
  const holds = verdict.outcome === 'holds' && fairLoss >= LEAST_R2_LOSS && fairLoss > fairCompute;
  const more = fairSentence(fair);
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: { ...verdict.numbers, ...fair.numbers },
    sentence: text(verdict.sentence.en + more.en, verdict.sentence.zh + more.zh),
    refutedBy,
  };
}

function scoreTable(scores: readonly BandScore[], thresholds: readonly (number | undefined)[]): Table {
  return {
    name: 'scores',
    title: text('What explains the ability, by rank of the facts', '什么能解释能力（按事实的名次）'),
    columns: [
      { key: 'band', title: text('ranks', '名次') },
      { key: 'byLoss', title: text('R² by loss', '损失的 R²') },
      { key: 'bySize', title: text('R² by size', '规模的 R²') },
      { key: 'byCompute', title: text('R² by compute', '计算量的 R²') },
      { key: 'leaveOneOut', title: text('error for a size left out', '对留出规模的误差') },
      { key: 'spreadAtEqualLoss', title: text('range at equal loss', '等损失时的差距') },
      { key: 'spreadAtEqualStep', title: text('range at equal steps', '等步数时的差距') },
      { key: 'threshold', title: text('loss at 10%', '达到 10% 时的损失') },
    ],
    rows: scores.map(({ band, score }, i) => {
      const name = bandRange(band);
      const threshold = thresholds[i] ?? null;
      if (isRefusal(score)) return [name, null, null, null, null, null, null, threshold];
      const { byLoss, bySize, byCompute, leaveOneSizeOut, spreadAtEqualLoss, spreadAtEqualStep } = score;
      return [
        name,
        byLoss,
        bySize,
        byCompute,
        leaveOneSizeOut,
        spreadAtEqualLoss,
        Number.isFinite(spreadAtEqualStep) ? spreadAtEqualStep : null,
        threshold,
      ];
    }),
  };
}

function stopTable(stops: readonly Stop[]): Table {
  return {
    name: 'checkpoints',
    title: text('Checkpoints', '检查点'),
    columns: [
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'step', title: text('step', '步') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
      ...BANDS.map((band) => ({ key: band, title: bandName(band) })),
    ],
    rows: stops.map(({ N, step, loss, abilities }) => [
      N,
      step,
      loss,
      ...BANDS.map((band) => (Number.isFinite(abilities[band]) ? abilities[band] : null)),
    ]),
  };
}

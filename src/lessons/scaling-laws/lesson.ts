/**
 * How does the loss fall with N, D and C? A power law is fitted to small models, and predicts a larger one before it
 * is trained.
 */
import {
  band,
  estimates,
  fitFrontier,
  fitParametricLaw,
  fitPowerLaw,
  fitPowerLawLoosely,
  frontier,
  type HeldOutScore,
  isRefusal,
  KAPLAN,
  logSpace,
  parametricEstimates,
  type PowerLawFit,
  powerLawAt,
  predict,
  predictLoss,
  type Refusal,
  scoreHeldOut,
} from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Findings, Lesson, Results, Series, Size, Table, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { FACTS_BATCH, factsParameters, factsPool, factsSpec } from '../shared/facts.ts';
import { parametricSummary, powerSummary, type Summary } from '../shared/fits.ts';
import { dataSeen, finished, lastMetric, trainingCompute, trainingCurve } from '../shared/runs.ts';
import { levelLine, series, sizeSeries } from '../shared/series.ts';
import { grouped, same, scientific, text } from '../shared/text.ts';

const FITTED = [8, 12, 16, 24, 32, 48, 64];
const HELD_OUT = 128;

/** Steps of the runs on which the verdict rests, and of the further runs of the grid in N and D. */
const DESIGNS: Record<Size, { steps: number; further: number[] }> = {
  small: { steps: 250, further: [] },
  standard: { steps: 1000, further: [] },
  large: { steps: 1000, further: [250, 500, 2000, 4000, 8000] },
};

/** Nats to each side: what the law itself gets wrong. */
const LEAST_HALF_WIDTH = 0.008;
/** Nats: a wider band says nothing. */
const MOST_HALF_WIDTH = 0.02;
const FEWEST_SIZES = 6;
/** Parameters of the held-out model over those of the largest fitted one. */
const FARTHEST = 3;

const REFUTED_BY = text(
  'A held-out loss outside the band, or one that a line through the last two points, a law without a floor, or a law with the known floor predicts as well.',
  '留出模型的损失落在区间之外；或者过最后两点的直线、没有下限的幂律、以已知下限为 E 的幂律中，有一个预测得同样好。',
);

const keyOf = (width: number, steps: number): string => `w${width}-s${steps}`;

export const lesson: Lesson = {
  name: 'scaling-laws',
  title: text('Scaling laws', '缩放定律'),
  plan: (size, seed) => {
    const { steps, further } = DESIGNS[size];
    const pool = factsPool(FACTS_BATCH * Math.max(steps, ...further));
    const item = (width: number, steps: number) => ({
      key: keyOf(width, steps),
      spec: factsSpec({ width, steps, seed, pool, evaluate: { every: steps / 5 } }),
    });
    return [
      ...FITTED.map((width) => item(width, steps)),
      ...further.flatMap((steps) => FITTED.map((width) => item(width, steps))),
      item(HELD_OUT, steps),
    ];
  },
  judge,
};

interface Row {
  key: string;
  width: number;
  run: RunResult;
  N: number;
  D: number;
  C: number;
  loss: number;
}

function judge(results: Results, size: Size): Findings {
  const { steps, further } = DESIGNS[size];
  const rowsOf = (widths: readonly number[], steps: number): Row[] =>
    widths.flatMap((width) => row(results, width, steps) ?? []);
  const fitted = rowsOf(FITTED, steps);
  const [held] = rowsOf([HELD_OUT], steps);
  const grid = [...fitted, ...further.flatMap((steps) => rowsOf(FITTED, steps))];
  const floor = fitted[0]?.run.floor;
  const points = fitted.map(({ N, loss }) => ({ x: N, y: loss }));
  const options = floor === undefined ? {} : { floorAtLeast: floor };
  const fit = fitPowerLawLoosely(points, options);
  const score =
    held && !isRefusal(fit)
      ? scoreHeldOut(fit, [{ x: held.N, y: held.loss }], {
          leastHalfWidth: LEAST_HALF_WIDTH,
          ...(floor !== undefined && { knownFloor: floor }),
        })[0]
      : undefined;
  const all = held ? [...grid, held] : grid;
  const joint = further.length > 0 ? jointFits(grid, held) : undefined;
  const strict = fitPowerLaw(points, options);
  return {
    tables: [
      runTable(all),
      ...(score ? [scoreTable(score)] : []),
      ...(joint ? [joint.table] : []),
      kaplanTable(),
    ],
    figures: [
      lawFigure(fitted, held, fit, score, floor),
      curvesFigure(held ? [...fitted, held] : fitted, floor),
      ...(joint ? [frontierFigure(grid)] : []),
    ],
    // E and α only where the points pin them down; the curve between and just beyond the points either way.
    fits: { power: powerSummary(strict), ...joint?.fits },
    verdict: verdictOf(results, steps, fitted, fit, strict, score),
  };
}

function row(results: Results, width: number, steps: number): Row[] | undefined {
  const key = keyOf(width, steps);
  const run = finished(results, key);
  const loss = run ? lastMetric(run, 'facts', 'exactLoss') : NaN;
  if (!run || !(loss > 0)) return undefined;
  return [{ key, width, run, N: run.parameters, D: dataSeen(run), C: trainingCompute(run), loss }];
}

function verdictOf(
  results: Results,
  steps: number,
  fitted: readonly Row[],
  fit: PowerLawFit | Refusal,
  strict: PowerLawFit | Refusal,
  score: HeldOutScore | undefined,
): Verdict {
  if (fitted.length < FEWEST_SIZES) {
    const reason = gap(
      results,
      FITTED.map((width) => keyOf(width, steps)),
    );
    return notEnough(reason ?? text('Too few sizes.', '规模的个数太少。'), REFUTED_BY);
  }
  if (isRefusal(fit)) return notEnough(refusalText(fit), REFUTED_BY);
  const alpha = isRefusal(strict) ? undefined : strict.alpha.estimate;
  const predicted =
    score?.predicted ?? predict(fit, factsParameters(HELD_OUT), { leastHalfWidth: LEAST_HALF_WIDTH });
  const { estimate, low, high } = predicted;
  const numbers = {
    predicted: estimate,
    low,
    high,
    measured: score?.y,
    alpha,
    error: score?.error,
    reach: score?.reach,
    lastTwo: score?.naive.lastTwo,
    noFloor: score?.naive.noFloor,
    fixedFloor: score?.naive.fixedFloor,
  };
  const said = `${estimate.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  if (!score) {
    const reason =
      gap(results, [keyOf(HELD_OUT, steps)]) ?? text('There is no held-out loss.', '没有留出模型的损失。');
    return notEnough(
      text(
        `The law predicts ${said} nats for the largest model. ${reason.en}`,
        `幂律预测最大模型的损失为 ${said} 纳特。${reason.zh}`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const halfWidth = (high - low) / 2;
  if (halfWidth > MOST_HALF_WIDTH) {
    return notEnough(
      text(
        `The band is ±${halfWidth.toFixed(3)} nats wide; above ±${MOST_HALF_WIDTH} it would forgive too much.`,
        `区间宽达 ±${halfWidth.toFixed(3)} 纳特；超过 ±${MOST_HALF_WIDTH} 就太宽容了。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  if (score.reach > FARTHEST) {
    return notEnough(
      text(
        `The held-out model is ${score.reach.toFixed(1)} times the largest fitted one; the rule is for at most ${FARTHEST} times.`,
        `留出模型是最大的拟合模型的 ${score.reach.toFixed(1)} 倍；这条规则最多用于 ${FARTHEST} 倍。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const holds = score.inside && score.beatsNaive;
  const where = score.inside ? text('inside', '在其内') : text('outside', '在其外');
  const rivals = score.beatsNaive
    ? text('closer than all three simpler guesses', '比三种更简单的猜测都接近')
    : text('no closer than the best of the simpler guesses', '并不比最好的简单猜测更接近');
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: known(numbers),
    sentence: text(
      `From ${fitted.length} smaller models the law predicted ${said} nats; the held-out model reached ${score.y.toFixed(3)}, ${where.en}, ${rivals.en}.`,
      `幂律由 ${fitted.length} 个较小的模型预测损失为 ${said} 纳特；留出模型达到 ${score.y.toFixed(3)}，${where.zh}，${rivals.zh}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

function runTable(rows: readonly Row[]): Table {
  return {
    name: 'runs',
    title: text('Models', '模型'),
    columns: [
      { key: 'width', title: text('width', '宽度') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'D', title: text('examples D', '样本 D') },
      { key: 'C', title: text('compute 6ND, FLOPs', '计算量 6ND，FLOP') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
    ],
    rows: rows.map(({ width, N, D, C, loss }) => [width, N, D, C, loss]),
  };
}

function scoreTable({ y, predicted, naive }: HeldOutScore): Table {
  const line = (name: string, value: number | undefined): (number | string | null)[] => [
    name,
    value ?? null,
    value === undefined ? null : y - value,
  ];
  return {
    name: 'held-out',
    title: text('Predictions of the held-out loss', '对留出损失的预测'),
    columns: [
      { key: 'guess', title: text('by', '方法') },
      { key: 'predicted', title: text('predicted, nats', '预测，纳特') },
      { key: 'error', title: text('measured − predicted', '实测 − 预测') },
    ],
    rows: [
      line('E′ + A/N^α', predicted.estimate),
      line('last two points', naive.lastTwo),
      line('E′ = 0', naive.noFloor),
      line('E′ = floor', naive.fixedFloor),
    ],
  };
}

/** Published slopes, for text, without a floor. */
function kaplanTable(): Table {
  const { source, parameters, data, compute } = KAPLAN;
  return {
    name: 'kaplan',
    title: text(
      'Published slopes for language models: L = (X₀ / X)^α',
      '已发表的语言模型斜率：L = (X₀ / X)^α',
    ),
    columns: [
      { key: 'x', title: same('X') },
      { key: 'alpha', title: same('α') },
      { key: 'scale', title: same('X₀') },
      { key: 'unit', title: text('unit', '单位') },
      { key: 'source', title: text('source', '来源') },
    ],
    rows: [
      ['N', parameters.alpha, parameters.scale, parameters.unit, source],
      ['D', data.alpha, data.scale, data.unit, source],
      ['C', compute.alpha, compute.scale, compute.unit, source],
    ],
  };
}

function lawFigure(
  fitted: readonly Row[],
  held: Row | undefined,
  fit: PowerLawFit | Refusal,
  score: HeldOutScore | undefined,
  floor: number | undefined,
): Figure {
  const at = ({ N, loss }: Row): { x: number; y: number } => ({ x: N, y: loss });
  const shown: Series[] = [
    series(text('fitted models', '用于拟合的模型'), 'measured', 'points', fitted.map(at)),
  ];
  const sizes = fitted.map(({ N }) => N);
  const range = [Math.min(...sizes) / 1.2, 1.3 * (held?.N ?? 3 * Math.max(...sizes))] as const;
  if (!isRefusal(fit)) {
    const curve = band(fit, logSpace(...range, 80), { leastHalfWidth: LEAST_HALF_WIDTH });
    shown.push({
      ...series(
        text('E′ + A/N^α, with its 90% band', 'E′ + A/N^α 及其 90% 区间'),
        'fit',
        'line',
        curve.map(({ x, estimate }) => ({ x, y: estimate })),
      ),
      low: curve.map(({ low }) => low),
      high: curve.map(({ high }) => high),
    });
  }
  if (held) shown.push(series(text('held-out model', '留出的模型'), 'held-out', 'points', [at(held)]));
  if (score) {
    const { lastTwo, noFloor, fixedFloor } = score.naive;
    const guesses = [lastTwo, noFloor, fixedFloor].filter((value) => value !== undefined);
    shown.push(
      series(
        text('simpler guesses', '更简单的猜测'),
        'control',
        'points',
        guesses.map((y) => ({ x: score.x, y })),
      ),
    );
  }
  if (floor !== undefined && fitted.length > 0) {
    shown.push(levelLine(text('irreducible loss', '不可约损失'), floor, range));
  }
  return {
    name: 'law',
    title: text('Loss against size', '损失与规模'),
    x: { label: text('parameters N', '参数 N'), scale: 'log' },
    y: { label: text('loss, nats', '损失，纳特'), scale: 'log' },
    series: shown,
  };
}

function curvesFigure(rows: readonly Row[], floor: number | undefined): Figure {
  const curves = rows.map(({ N, run }, i) =>
    sizeSeries(
      same(`N = ${grouped(N)}`),
      [i, rows.length],
      'line',
      trainingCurve(run).map(({ x, y }) => ({ x: dataSeen(run, x), y })),
    ),
  );
  const ends = rows.map(({ D }) => D);
  const [first, last] = [FACTS_BATCH, Math.max(FACTS_BATCH, ...ends)];
  return {
    name: 'curves',
    title: text('Training loss against examples seen', '训练损失与已见样本'),
    x: { label: text('examples D', '样本 D'), scale: 'log' },
    y: { label: text('loss, nats', '损失，纳特'), scale: 'log' },
    series:
      floor !== undefined && rows.length > 0
        ? [...curves, levelLine(text('irreducible loss', '不可约损失'), floor, [first, last])]
        : curves,
  };
}

function jointFits(
  grid: readonly Row[],
  held: Row | undefined,
): { table: Table; fits: Record<string, Summary> } {
  const joint = fitParametricLaw(grid.map(({ N, D, loss }) => ({ N, D, loss })));
  const bySpending = fitFrontier(grid);
  const rows: Table['rows'] = [];
  if (!isRefusal(joint)) {
    const { E, A, B, alpha, beta } = parametricEstimates(joint);
    const guess = held && predictLoss(joint, held.N, held.D, { leastHalfWidth: LEAST_HALF_WIDTH });
    rows.push([
      'E + A/N^α + B/D^β',
      `E ${E.toFixed(3)}, A ${scientific(A)}, B ${scientific(B)}, α ${alpha.toFixed(2)}, β ${beta.toFixed(2)}`,
      guess?.estimate ?? null,
      guess?.low ?? null,
      guess?.high ?? null,
      held?.loss ?? null,
    ]);
  }
  if (!isRefusal(bySpending)) {
    const { E, A, alpha } = estimates(bySpending);
    rows.push([
      'frontier: E + A/C^α',
      `E ${E.toFixed(3)}, A ${scientific(A)}, α ${alpha.toFixed(2)}`,
      null,
      null,
      null,
      null,
    ]);
  }
  return {
    table: {
      name: 'joint',
      title: text('Laws of the whole grid', '整个网格的规律'),
      columns: [
        { key: 'law', title: text('law', '规律') },
        { key: 'estimates', title: text('estimates', '估计值') },
        { key: 'predicted', title: text('held-out loss predicted', '预测的留出损失') },
        { key: 'low', title: text('from', '下界') },
        { key: 'high', title: text('to', '上界') },
        { key: 'measured', title: text('measured', '实测') },
      ],
      rows,
    },
    fits: { joint: parametricSummary(joint), frontier: powerSummary(bySpending) },
  };
}

function frontierFigure(grid: readonly Row[]): Figure {
  const fit = fitFrontier(grid);
  const best = frontier(grid);
  const at = ({ C, loss }: Row): { x: number; y: number } => ({ x: C, y: loss });
  const widths = [...new Set(grid.map(({ width }) => width))].sort((a, b) => a - b);
  const shown = widths.map((width, i) => {
    const rows = grid.filter((row) => row.width === width).sort((a, b) => a.C - b.C);
    return sizeSeries(same(`N = ${grouped(rows[0]!.N)}`), [i, widths.length], 'points', rows.map(at));
  });
  shown.push(series(text('frontier', '前沿'), 'measured', 'line', best.map(at)));
  if (!isRefusal(fit) && best.length > 1) {
    const curve = logSpace(best[0]!.C, best.at(-1)!.C, 60).map((x) => ({
      x,
      y: powerLawAt(estimates(fit), x),
    }));
    shown.push(series(same('E + A/C^α'), 'fit', 'line', curve));
  }
  return {
    name: 'frontier',
    title: text('Loss against compute', '损失与计算量'),
    x: { label: text('compute C, FLOPs', '计算量 C，FLOP'), scale: 'log' },
    y: { label: text('loss, nats', '损失，纳特'), scale: 'log' },
    series: shown,
  };
}

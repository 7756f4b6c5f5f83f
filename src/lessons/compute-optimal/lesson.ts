/** Given C, how big a model? IsoFLOP valleys, the line through their lowest points, and the published answers beside it. */
import {
  computeOptimum,
  type EnvelopeFit,
  fitEnvelope,
  fitIsoflop,
  fitParametricLaw,
  HOFFMANN_EXPONENTS,
  isRefusal,
  type IsoflopFit,
  KAPLAN,
  logSpace,
  parabolaAt,
  type ParametricFit,
  PUBLISHED_LAWS,
  reference,
  type Refusal,
} from '../../scaling/index.ts';
import type { Figure, Findings, Lesson, Results, Series, Size, Table, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { envelopeSummary, isoflopSummary, parametricSummary } from '../shared/fits.ts';
import {
  type Budget,
  ISOFLOP,
  type IsoflopDesign,
  isoflopKeys,
  type IsoflopModel,
  isoflopModels,
  isoflopPlan,
} from '../shared/isoflop.ts';
import * as quantities from '../shared/quantities.ts';
import { series, sizeSeries } from '../shared/series.ts';
import { grouped, same, scientific, text } from '../shared/text.ts';

const DESIGNS: Record<Size, IsoflopDesign> = {
  small: ISOFLOP.small,
  standard: ISOFLOP.standard,
  large: ISOFLOP.standard,
};

/** An exponent in here is "near one half". */
const LEAST_EXPONENT = 0.4;
const MOST_EXPONENT = 0.65;

const REFUTED_BY = text(
  `An exponent a of N_opt ∝ C^a below ${LEAST_EXPONENT} or above ${MOST_EXPONENT}, with a valley inside the sizes at every budget.`,
  `每个预算的谷底都落在所试规模之内，而 N_opt ∝ C^a 的指数 a 小于 ${LEAST_EXPONENT} 或大于 ${MOST_EXPONENT}。`,
);

export const lesson: Lesson = {
  name: 'compute-optimal',
  title: text('Compute-optimal', '计算最优'),
  plan: (size, seed) => isoflopPlan(DESIGNS[size], seed),
  judge,
};

function judge(results: Results, size: Size): Findings {
  const { budgets } = DESIGNS[size];
  const rows = isoflopModels(results, DESIGNS[size]);
  const fit = fitIsoflop(rows);
  const broad = fitIsoflop(rows, { use: 'all' });
  const envelope = fitEnvelope(rows);
  const parametric = fitParametricLaw(rows.map(({ N, D, loss }) => ({ N, D, loss })));
  return {
    tables: [
      runTable(rows),
      ...(isRefusal(fit) ? [] : [valleyTable(fit)]),
      approachTable(envelope, fit, parametric),
      lawTable(),
    ],
    figures: [valleyFigure(rows, budgets, fit), optimumFigure(fit), publishedFigure()],
    fits: {
      isoflop: isoflopSummary(fit),
      isoflopAllSizes: isoflopSummary(broad),
      envelope: envelopeSummary(envelope),
      parametric: parametricSummary(parametric),
    },
    verdict: verdictOf(results, budgets, fit),
  };
}

function verdictOf(results: Results, budgets: readonly Budget[], fit: IsoflopFit | Refusal): Verdict {
  const missing = gap(results, isoflopKeys(budgets));
  if (missing) return notEnough(missing, REFUTED_BY);
  if (isRefusal(fit)) return notEnough(refusalText(fit), REFUTED_BY);
  const { estimate, low, high } = fit.a;
  const largest = fit.valleys.at(-1)!;
  const numbers = {
    exponent: estimate,
    exponentLow: low,
    exponentHigh: high,
    optimum: largest.N.estimate,
    optimumLow: largest.N.low,
    optimumHigh: largest.N.high,
    examplesPerParameter: largest.D / largest.N.estimate,
  };
  const range = `${estimate.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  if (low < LEAST_EXPONENT && high > MOST_EXPONENT) {
    return notEnough(
      text(
        `The exponent is ${range}: these valleys are too shallow for the noise to tell; repeat with other seeds.`,
        `指数为 ${range}：相对于噪声，这些谷太浅，分辨不出；请换种子重复。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const holds = estimate >= LEAST_EXPONENT && estimate <= MOST_EXPONENT;
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: known(numbers),
    sentence: text(
      `All ${fit.valleys.length} budgets have their lowest loss inside the sizes tried; N_opt grows as C^a with a = ${range}, to ${grouped(largest.N.estimate)} parameters at the largest budget.`,
      `${fit.valleys.length} 个预算的最低损失都落在所试规模之内；N_opt 按 C^a 增长，a = ${range}，最大预算下为 ${grouped(largest.N.estimate)} 个参数。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

function runTable(rows: readonly IsoflopModel[]): Table {
  return {
    name: 'runs',
    title: text('Models at equal compute', '等计算量的模型'),
    columns: [
      { key: 'C', title: text('compute 6ND, FLOPs', '计算量 6ND，FLOP') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'D', title: text('examples D', '样本 D') },
      { key: 'steps', title: text('steps', '步数') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
    ],
    rows: rows.map(({ C, N, D, run, loss }) => [C, N, D, run.step, loss]),
  };
}

function valleyTable(fit: IsoflopFit): Table {
  return {
    name: 'valleys',
    title: text('Lowest points', '谷底'),
    columns: [
      { key: 'C', title: text('compute C, FLOPs', '计算量 C，FLOP') },
      { key: 'N', title: text('best size N_opt', '最优规模 N_opt') },
      { key: 'low', title: text('from', '下界') },
      { key: 'high', title: text('to', '上界') },
      { key: 'ratio', title: text('examples per parameter', '每个参数的样本数') },
      { key: 'loss', title: text('loss there, nats', '该处的损失，纳特') },
    ],
    rows: fit.valleys.map(({ C, N, D, loss }) => [C, N.estimate, N.low, N.high, D / N.estimate, loss]),
  };
}

/** The three approaches of Hoffmann et al. on these runs, and on language models as published. */
function approachTable(
  envelope: EnvelopeFit | Refusal,
  isoflop: IsoflopFit | Refusal,
  parametric: ParametricFit | Refusal,
): Table {
  const own = [
    // Three points a curve say nothing about the error of an envelope.
    isRefusal(envelope) ? undefined : { estimate: envelope.a.estimate, low: NaN, high: NaN },
    isRefusal(isoflop) ? undefined : isoflop.a,
    isRefusal(parametric) ? undefined : parametric.optimalExponent,
  ];
  return {
    name: 'approaches',
    title: text('The exponent a of N_opt ∝ C^a, in three ways', 'N_opt ∝ C^a 的指数 a，三种方法'),
    columns: [
      { key: 'approach', title: text('approach', '方法') },
      { key: 'own', title: text('these runs', '本次训练') },
      { key: 'low', title: text('from', '下界') },
      { key: 'high', title: text('to', '上界') },
      {
        key: 'published',
        title: text('Hoffmann et al. 2203.15556, table 2', 'Hoffmann 等 2203.15556，表 2'),
      },
    ],
    rows: [
      ...HOFFMANN_EXPONENTS.map(({ approach, method, a }, i): Table['rows'][number] => [
        `${approach}: ${method}`,
        own[i]?.estimate ?? null,
        finite(own[i]?.low),
        finite(own[i]?.high),
        a,
      ]),
      [KAPLAN.source, null, null, null, KAPLAN.optimalExponent],
    ],
  };
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** Published laws, and what each advises for the budget of Chinchilla. */
function lawTable(): Table {
  const { value: budget } = reference('chinchilla-compute');
  const [E, A, B] = ['E', 'A', 'B'].map((key) => ({ key, title: same(key) })) as [Column, Column, Column];
  return {
    name: 'published',
    title: text(
      `Published laws E + A/N^α + B/D^β, and their advice for ${scientific(budget, 3)} FLOPs`,
      `已发表的规律 E + A/N^α + B/D^β，以及对 ${scientific(budget, 3)} FLOP 的建议`,
    ),
    columns: [
      { key: 'law', title: text('law', '规律') },
      E,
      A,
      { key: 'alpha', title: same('α') },
      B,
      { key: 'beta', title: same('β') },
      { key: 'a', title: same('a') },
      { key: 'N', title: text('best size N_opt', '最优规模 N_opt') },
      { key: 'ratio', title: text('tokens per parameter', '每个参数的词元数') },
      { key: 'source', title: text('source', '来源') },
    ],
    rows: Object.values(PUBLISHED_LAWS).map((law) => {
      const { N, tokensPerParameter, a } = computeOptimum(law, budget);
      return [law.name, law.E, law.A, law.alpha, law.B, law.beta, a, N, tokensPerParameter, law.source];
    }),
  };
}

type Column = Table['columns'][number];

const SIZE_AXIS = { label: quantities.PARAMETERS, scale: 'log' } as const;
const COMPUTE_AXIS = { label: quantities.COMPUTE, scale: 'log' } as const;

function valleyFigure(
  rows: readonly IsoflopModel[],
  budgets: readonly Budget[],
  fit: IsoflopFit | Refusal,
): Figure {
  const shown = budgets.map(({ C }, i): Series => {
    const here = rows.filter(({ budget }) => budget === C).map(({ N, loss }) => ({ x: N, y: loss }));
    return sizeSeries(same(`C = ${scientific(C)}`), [i, budgets.length], 'points', here);
  });
  if (!isRefusal(fit)) {
    fit.valleys.forEach(({ C, parabola, points }, i) => {
      const sizes = points.map(({ N }) => N);
      const curve = logSpace(Math.min(...sizes), Math.max(...sizes), 40);
      const name = text(`parabola, C = ${scientific(C)}`, `抛物线，C = ${scientific(C)}`);
      const line = curve.map((x) => ({ x, y: parabolaAt(parabola, x) }));
      shown.push(sizeSeries(name, [i, budgets.length], 'line', line));
    });
    const bottoms = fit.valleys.map(({ N, loss }) => ({ x: N.estimate, y: loss }));
    shown.push(series(text('lowest points', '谷底'), 'fit', 'points', bottoms));
  }
  return {
    name: 'valleys',
    title: text('Loss at equal compute', '等计算量下的损失'),
    x: SIZE_AXIS,
    y: { label: quantities.LOSS, scale: 'linear' },
    series: shown,
  };
}

function optimumFigure(fit: IsoflopFit | Refusal): Figure {
  const shown: Series[] = [];
  if (!isRefusal(fit)) {
    const { valleys, k, a } = fit;
    shown.push({
      ...series(
        text('lowest points', '谷底'),
        'measured',
        'points',
        valleys.map(({ C, N }) => ({ x: C, y: N.estimate })),
      ),
      low: valleys.map(({ N }) => N.low),
      high: valleys.map(({ N }) => N.high),
    });
    const range = logSpace(valleys[0]!.C / 1.5, valleys.at(-1)!.C * 1.5, 20);
    const line = range.map((C) => ({ x: C, y: k.estimate * C ** a.estimate }));
    const name = `N_opt ∝ C^${a.estimate.toFixed(2)}`;
    shown.push(series(same(name), 'fit', 'line', line));
  }
  return {
    name: 'optimum',
    title: text('The best size grows with the budget', '最优规模随预算增长'),
    x: COMPUTE_AXIS,
    y: SIZE_AXIS,
    series: shown,
  };
}

/** What published laws advise, and what was built. */
function publishedFigure(): Figure {
  const budgets = logSpace(1e18, 1e26, 40);
  const { hoffmannUnrounded, besiroglu } = PUBLISHED_LAWS;
  const laws = [hoffmannUnrounded, besiroglu].map((law, i) =>
    series(
      same(law.name),
      i === 0 ? 'reference' : 'fit',
      'line',
      budgets.map((C) => ({ x: C, y: computeOptimum(law, C).N })),
    ),
  );
  const built = [
    { x: reference('gpt-3-compute').value, y: 175e9 },
    { x: reference('chinchilla-compute').value, y: 70e9 },
    { x: reference('palm-compute').value, y: 540e9 },
    { x: reference('llama-405b-compute').value, y: reference('llama-405b-parameters').value },
  ];
  const name = text('GPT-3, Chinchilla, PaLM, Llama 3.1 405B', 'GPT-3、Chinchilla、PaLM、Llama 3.1 405B');
  return {
    name: 'published',
    title: text('Language models: the best size by published laws', '语言模型：已发表规律给出的最优规模'),
    x: COMPUTE_AXIS,
    y: SIZE_AXIS,
    series: [...laws, series(name, 'measured', 'points', built)],
  };
}

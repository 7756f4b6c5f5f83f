/** Why train a small model too long? Two sizes brought to an equal loss: what each cost to train, and costs per query. */
import {
  computeOptimum,
  isoLossOverhead,
  isRefusal,
  lifetimeFlops,
  lifetimeOptimum,
  type Overtraining,
  overtraining,
  PUBLISHED_LAWS,
  type Refusal,
} from '../../scaling/index.ts';
import type { Figure, Findings, Lesson, Results, Series, Size, Table, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { FACTS_BATCH, factsPool } from '../shared/facts.ts';
import { keyOf, type Model, modelItem, modelOf } from '../shared/facts-models.ts';
import * as quantities from '../shared/quantities.ts';
import { series } from '../shared/series.ts';
import { grouped, same, scientific, text } from '../shared/text.ts';

/** One size at two lengths, every run with its own schedule: a point on a run's way is no finished model. */
interface Pair {
  width: number;
  /** the shorter run first */
  steps: [number, number];
}

const STANDARD = {
  small: { width: 32, steps: [1600, 2000] },
  large: { width: 64, steps: [400, 500] },
} satisfies Record<string, Pair>;

const DESIGNS: Record<Size, { small: Pair; large: Pair }> = {
  small: { small: { width: 16, steps: [700, 1000] }, large: { width: 32, steps: [200, 250] } },
  standard: STANDARD,
  large: STANDARD,
};

const REFUTED_BY = text(
  'At equal loss a small model that needs no more training compute than the large one, or that costs as much per query.',
  '在相等的损失下，小模型所需的训练计算量并不比大模型多，或者每次查询的花费与大模型一样。',
);

const keysOf = ({ width, steps }: Pair): string[] => steps.map((steps) => keyOf(width, steps));

export const lesson: Lesson = {
  name: 'overtraining',
  title: text('Overtraining', '过度训练'),
  plan: (size, seed) => {
    const { small, large } = DESIGNS[size];
    const pool = factsPool(FACTS_BATCH * small.steps[1]);
    return [large, small].flatMap(({ width, steps }) =>
      steps.map((steps) => modelItem(width, steps, seed, pool)),
    );
  },
  judge,
};

function judge(results: Results, size: Size): Findings {
  const { small, large } = DESIGNS[size];
  const modelsOf = ({ width, steps }: Pair): Model[] =>
    steps.flatMap((steps) => modelOf(results, width, steps));
  const [smallRows, largeRows] = [modelsOf(small), modelsOf(large)];
  const pair = compare(smallRows, largeRows);
  return {
    tables: [
      runTable([...largeRows, ...smallRows]),
      ...(pair && !isRefusal(pair) ? [pairTable(pair)] : []),
      overheadTable(),
      publishedTable(),
    ],
    figures: [lossFigure(smallRows, largeRows, pair), lifetimeFigure(pair), overheadFigure()],
    fits: pair ? { pair } : {},
    verdict: verdictOf(results, [...keysOf(large), ...keysOf(small)], pair),
  };
}

/** Between finished runs, never along one: losses fall fastest where a schedule ends. */
function compare(small: readonly Model[], large: readonly Model[]): Overtraining | Refusal | undefined {
  if (small.length < 2 || large.length < 2) return undefined;
  const curve = (rows: readonly Model[]): { N: number; curve: { x: number; y: number }[] } => ({
    N: rows[0]!.N,
    curve: rows.map(({ D, loss }) => ({ x: D, y: loss })),
  });
  return overtraining(curve(small), curve(large));
}

function verdictOf(
  results: Results,
  keys: readonly string[],
  pair: Overtraining | Refusal | undefined,
): Verdict {
  const missing = gap(results, keys);
  if (missing) return notEnough(missing, REFUTED_BY);
  if (!pair) return notEnough(text('A loss is missing.', '缺少一个损失。'), REFUTED_BY);
  if (isRefusal(pair)) return notEnough(refusalText(pair), REFUTED_BY);
  const { trainingRatio, servingRatio, loss } = pair;
  const holds = trainingRatio > 1 && servingRatio < 1;
  const queries = pair.breakEvenQueries;
  const even =
    queries === undefined
      ? text('they never break even', '两者永远不会持平')
      : text(
          `they break even after ${scientific(queries)} queries`,
          `${scientific(queries)} 次查询后两者持平`,
        );
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: known({
      trainingRatio,
      servingRatio,
      breakEvenQueries: queries,
      loss,
      smallExamples: pair.small.D,
      largeExamples: pair.large.D,
    }),
    sentence: text(
      `At a loss of ${loss.toFixed(3)} nats the small model takes ${trainingRatio.toFixed(2)} times the training compute and ${servingRatio.toFixed(2)} times the compute per query; ${even.en}.`,
      `在损失 ${loss.toFixed(3)} 纳特处，小模型的训练计算量是大模型的 ${trainingRatio.toFixed(2)} 倍，每次查询的计算量是 ${servingRatio.toFixed(2)} 倍；${even.zh}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

function runTable(rows: readonly Model[]): Table {
  return {
    name: 'runs',
    title: text('Finished models', '训练完成的模型'),
    columns: [
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'steps', title: text('steps', '步数') },
      { key: 'D', title: text('examples D', '样本 D') },
      { key: 'C', title: text('compute 6ND, FLOPs', '计算量 6ND，FLOP') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
    ],
    rows: rows.map(({ N, run, D, C, loss }) => [N, run.step, D, C, loss]),
  };
}

function pairTable({ small, large }: Overtraining): Table {
  return {
    name: 'equal-loss',
    title: text('At equal loss', '等损失时'),
    columns: [
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'D', title: text('examples D', '样本 D') },
      { key: 'training', title: text('training 6ND, FLOPs', '训练 6ND，FLOP') },
      { key: 'query', title: text('a query 2N, FLOPs', '一次查询 2N，FLOP') },
    ],
    rows: [large, small].map(({ N, D, trainingFlops }) => [N, D, trainingFlops, 2 * N]),
  };
}

/** FLOPs of which the overhead of small models is shown. */
const BUDGET = 1e21;
const FRACTIONS = [1, 0.75, 0.5, 0.4, 0.3, 0.25];
const LAWS = [PUBLISHED_LAWS.besiroglu, PUBLISHED_LAWS.hoffmannUnrounded];

function overheadTable(): Table {
  return {
    name: 'overhead',
    title: text(
      `Language models by published laws: training compute for the loss of the best model of ${scientific(BUDGET)} FLOPs`,
      `按已发表规律的语言模型：要达到 ${scientific(BUDGET)} FLOP 最优模型的损失所需的训练计算量`,
    ),
    columns: [
      { key: 'fraction', title: same('N / N_opt') },
      ...LAWS.map(({ name }, i) => ({ key: `law${i}`, title: same(name) })),
    ],
    rows: [
      ...FRACTIONS.map((fraction) => [
        fraction,
        ...LAWS.map((law) => isoLossOverhead(law, BUDGET, fraction) ?? null),
      ]),
      ['source', ...LAWS.map(({ source }) => source)],
    ],
  };
}

/** Tokens served by the example of Sardana et al. */
const SERVED = 2e12;

/** What was published, beside what the laws of this lab give for it. */
function publishedTable(): Table {
  const law = PUBLISHED_LAWS.hoffmannUnrounded;
  // A model of 13e9 parameters trained as Hoffmann's law advises.
  const chinchilla = { N: 13e9, D: optimalTokens(13e9) };
  const loss = law.E + law.A * chinchilla.N ** -law.alpha + law.B * chinchilla.D ** -law.beta;
  const best = lifetimeOptimum(law, loss, SERVED);
  const usual = lifetimeFlops(chinchilla.N, chinchilla.D, SERVED);
  const saved = best && 1 - best.flops / usual;
  const llama = { N: 8e9, D: 15e12 };
  const optimal = optimalTokens(llama.N, PUBLISHED_LAWS.besiroglu);
  return {
    name: 'published',
    title: text('As published, and recomputed here', '已发表的说法，以及在此重新计算的结果'),
    columns: [
      { key: 'statement', title: text('statement', '说法') },
      { key: 'here', title: text('here', '此处') },
      { key: 'source', title: text('source', '来源') },
    ],
    rows: [
      [
        '13B → 7B parameters for 2T tokens served: 1.7e22 FLOPs, 17% saved',
        best && saved !== undefined
          ? `${scientific(best.N)} parameters, ${scientific(usual - best.flops)} FLOPs, ${(100 * saved).toFixed(0)}%`
          : null,
        'Sardana et al. 2401.00448; here with the constants of Hoffmann et al. 2203.15556',
      ],
      [
        'Llama 3 8B: 15T tokens, about 200B would be compute-optimal',
        `${grouped(llama.D / llama.N)} tokens per parameter; compute-optimal ${scientific(optimal)} tokens`,
        'Meta, Introducing Llama 3, 2024-04; here with Besiroglu et al. 2404.10102',
      ],
    ],
  };
}

/** Tokens for which N parameters are the best size under a law. */
function optimalTokens(N: number, law = PUBLISHED_LAWS.hoffmannUnrounded as (typeof LAWS)[number]): number {
  const { a, b, G } = computeOptimum(law, BUDGET);
  return (N / G) ** (b / a) / G;
}

function lossFigure(
  small: readonly Model[],
  large: readonly Model[],
  pair: Overtraining | Refusal | undefined,
): Figure {
  const models: Series[] = [large, small].flatMap((rows, i) => {
    const first = rows[0];
    if (!first) return [];
    const points = rows.map(({ C, loss }) => ({ x: C, y: loss }));
    const name = same(`N = ${grouped(first.N)}`);
    return [series(name, i === 0 ? 'control' : 'measured', 'line', points)];
  });
  if (pair && !isRefusal(pair)) {
    const { loss } = pair;
    const equal = [pair.large, pair.small].map(({ trainingFlops }) => ({ x: trainingFlops, y: loss }));
    models.push(series(text('equal loss', '相等的损失'), 'fit', 'points', equal));
  }
  return {
    name: 'losses',
    title: text('Loss against training compute', '损失与训练计算量'),
    x: { label: quantities.COMPUTE, scale: 'log' },
    y: { label: quantities.LOSS, scale: 'linear' },
    series: models,
  };
}

/** Training and serving together, over the queries. */
function lifetimeFigure(pair: Overtraining | Refusal | undefined): Figure {
  const shown: Series[] = [];
  if (pair && !isRefusal(pair)) {
    const far = 3 * (pair.breakEvenQueries ?? pair.small.D);
    const queries = Array.from({ length: 31 }, (_, i) => (far * i) / 30);
    for (const [model, role] of [
      [pair.large, 'control'],
      [pair.small, 'measured'],
    ] as const) {
      const points = queries.map((x) => ({ x, y: lifetimeFlops(model.N, model.D, x) }));
      shown.push(series(same(`N = ${grouped(model.N)}`), role, 'line', points));
    }
    if (pair.breakEvenQueries !== undefined && pair.breakEvenQueries > 0) {
      const x = pair.breakEvenQueries;
      const y = lifetimeFlops(pair.large.N, pair.large.D, x);
      shown.push(series(text('break-even', '持平'), 'fit', 'points', [{ x, y }]));
    }
  }
  return {
    name: 'lifetime',
    title: text('Training and serving together', '训练与服务之和'),
    x: { label: text('queries', '查询次数'), scale: 'linear' },
    y: { label: text('FLOPs so far', '累计 FLOP'), scale: 'linear' },
    series: shown,
  };
}

function overheadFigure(): Figure {
  const fractions = Array.from({ length: 60 }, (_, i) => 0.2 + (1.3 * i) / 59);
  return {
    name: 'overhead',
    title: text('Language models: the price of a size other than the best', '语言模型：偏离最优规模的代价'),
    x: { label: same('N / N_opt'), scale: 'log' },
    y: { label: text('training compute, times the least', '训练计算量（相对于最小值）'), scale: 'log' },
    series: LAWS.map((law, i): Series => {
      const points = fractions.map((x) => ({ x, y: isoLossOverhead(law, BUDGET, x) }));
      return {
        name: same(law.name),
        role: i === 0 ? 'fit' : 'reference',
        mark: 'line',
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y ?? null),
      };
    }),
  };
}

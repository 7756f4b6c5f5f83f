/** Tables of compute-optimal: its models, the lowest points, three ways to the exponent, and published laws. */
import {
  computeOptimum,
  type EnvelopeFit,
  HOFFMANN_EXPONENTS,
  isRefusal,
  type IsoflopFit,
  KAPLAN,
  type ParametricFit,
  PUBLISHED_LAWS,
  reference,
  type Refusal,
} from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import type { IsoflopModel } from '../shared/isoflop.ts';
import { same, scientific, text } from '../shared/text.ts';
import { type Counting, COUNTINGS, fitBy } from './measured.ts';

export function runTable(rows: readonly IsoflopModel[]): Table {
  return {
    name: 'runs',
    title: text('Models at equal compute', '等计算量的模型'),
    columns: [
      { key: 'C', title: text('compute C, FLOPs', '计算量 C，FLOP') },
      { key: 'rule', title: text('by the rule 6ND', '按公式 6ND') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'withoutTables', title: text('of them without tables', '其中不计嵌入表') },
      { key: 'D', title: text('examples D', '样本 D') },
      { key: 'steps', title: text('steps', '步数') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
    ],
    rows: rows.map(({ C, N, withoutTables, D, run, loss }) => [
      C,
      6 * N * D,
      N,
      withoutTables,
      D,
      run.step,
      loss,
    ]),
  };
}

export function valleyTable(fit: IsoflopFit): Table {
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

/** Size; compute. The same words in both languages. */
const COUNTED: Readonly<Record<Counting['key'], string>> = {
  all: 'N; C',
  withoutTables: 'N − N_tables; C',
  rule: 'N; 6 N D',
};

/** One set of runs, counted in three ways. */
export function countingTable(rows: readonly IsoflopModel[]): Table {
  return {
    name: 'counting',
    title: text('What is counted as size and as compute', '什么算作规模，什么算作计算量'),
    columns: [
      {
        key: 'counted',
        title: text('size; compute (N_tables: of embeddings)', '规模；计算量（N_tables：嵌入表）'),
      },
      { key: 'a', title: text('exponent a', '指数 a') },
      { key: 'low', title: text('from', '下界') },
      { key: 'high', title: text('to', '上界') },
    ],
    rows: COUNTINGS.map((counting) => {
      const fit = fitBy(rows, counting);
      const { estimate, low, high } = isRefusal(fit) ? { estimate: null, low: null, high: null } : fit.a;
      return [COUNTED[counting.key], estimate, low, high];
    }),
  };
}

/** The three approaches of Hoffmann et al. on these runs, and on language models as published. */
export function approachTable(
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
    title: text('The exponent a of N ∝ Cᵃ, in three ways', 'N ∝ Cᵃ 的指数 a，三种方法'),
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
export function lawTable(): Table {
  const { value: budget } = reference('chinchilla-compute');
  const [E, A, B] = ['E', 'A', 'B'].map((key) => ({ key, title: same(key) })) as [Column, Column, Column];
  return {
    name: 'published',
    title: text(
      `Published laws E + A/Nᵅ + B/Dᵝ, and their advice for ${scientific(budget, 3)} FLOPs`,
      `已发表的规律 E + A/Nᵅ + B/Dᵝ，以及对 ${scientific(budget, 3)} FLOP 的建议`,
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

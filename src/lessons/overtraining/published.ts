/** What published laws and published models say about training small models for longer. */
import {
  computeOptimum,
  isoLossOverhead,
  lifetimeFlops,
  lifetimeOptimum,
  PUBLISHED_LAWS,
} from '../../scaling/index.ts';
import type { Figure, Series, Table } from '../lesson.ts';
import { grouped, same, scientific, text } from '../shared/text.ts';

/** FLOPs of which the overhead of small models is shown. */
const BUDGET = 1e21;
const FRACTIONS = [1, 0.75, 0.5, 0.4, 0.3, 0.25];
const LAWS = [PUBLISHED_LAWS.besiroglu, PUBLISHED_LAWS.hoffmannUnrounded];

export function overheadTable(): Table {
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
export function publishedTable(): Table {
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

export function overheadFigure(): Figure {
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

/** Figures of compute-optimal: the valleys, the line through their lowest points, and published laws. */
import {
  computeOptimum,
  isRefusal,
  type IsoflopFit,
  logSpace,
  parabolaAt,
  PUBLISHED_LAWS,
  reference,
  type Refusal,
} from '../../scaling/index.ts';
import { NOTHING } from '../../findings/findings.ts';
import type { Figure, Series } from '../lesson.ts';
import type { Budget, IsoflopModel } from '../shared/isoflop.ts';
import * as quantities from '../shared/quantities.ts';
import { series, sizeSeries } from '../shared/series.ts';
import { same, scientific, text } from '../shared/text.ts';

const SIZE_AXIS = { label: quantities.PARAMETERS, scale: 'log' } as const;
const COMPUTE_AXIS = { label: quantities.COMPUTE, scale: 'log' } as const;

export function valleyFigure(
  rows: readonly IsoflopModel[],
  budgets: readonly Budget[],
  fit: IsoflopFit | Refusal,
): Figure {
  const shown = budgets.map(({ C }, i): Series => {
    const here = rows.filter(({ budget }) => budget === C).map(({ N, loss }) => ({ x: N, y: loss }));
    return sizeSeries(same(`C = ${scientific(C)}`), [i, budgets.length], 'points', here);
  });
  if (!isRefusal(fit)) {
    // Of the colour of their points, which have the name.
    fit.valleys.forEach(({ parabola, points }, i) => {
      const sizes = points.map(({ N }) => N);
      const curve = logSpace(Math.min(...sizes), Math.max(...sizes), 40);
      const line = curve.map((x) => ({ x, y: parabolaAt(parabola, x) }));
      shown.push(sizeSeries(NOTHING, [i, budgets.length], 'line', line));
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

export function optimumFigure(fit: IsoflopFit | Refusal): Figure {
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
export function publishedFigure(): Figure {
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
  const built = (
    [
      ['GPT-3', 'gpt-3-compute', 175e9],
      ['Chinchilla', 'chinchilla-compute', 70e9],
      ['PaLM', 'palm-compute', 540e9],
      ['Llama 3.1 405B', 'llama-405b-compute', reference('llama-405b-parameters').value],
    ] as const
  ).map(([name, compute, y]) =>
    series(same(name), 'reference', 'points', [{ x: reference(compute).value, y }]),
  );
  return {
    name: 'published',
    title: text('Language models: the best size by published laws', '语言模型：已发表规律给出的最优规模'),
    x: COMPUTE_AXIS,
    y: SIZE_AXIS,
    series: [...laws, ...built],
  };
}

/** Figures of overtraining: the losses of a pair, and the compute of its lifetime. */
import { type Brought, isRefusal, type Overtraining, type Refusal } from '../../scaling/index.ts';
import type { Figure, Series } from '../lesson.ts';
import type { Model } from '../shared/facts-models.ts';
import * as quantities from '../shared/quantities.ts';
import { series } from '../shared/series.ts';
import { grouped, same, text } from '../shared/text.ts';

export function lossFigure(
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
export function lifetimeFigure(pair: Overtraining | Refusal | undefined): Figure {
  const shown: Series[] = [];
  if (pair && !isRefusal(pair)) {
    const far = 3 * (pair.breakEvenQueries ?? pair.small.D);
    const queries = Array.from({ length: 31 }, (_, i) => (far * i) / 30);
    for (const [model, role] of [
      [pair.large, 'control'],
      [pair.small, 'measured'],
    ] as const) {
      const points = queries.map((x) => ({ x, y: lifetimeOf(model, x) }));
      shown.push(series(same(`N = ${grouped(model.N)}`), role, 'line', points));
    }
    if (pair.breakEvenQueries !== undefined && pair.breakEvenQueries > 0) {
      const x = pair.breakEvenQueries;
      const y = lifetimeOf(pair.large, x);
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

const lifetimeOf = ({ trainingFlops, queryFlops }: Brought, queries: number): number =>
  trainingFlops + queries * queryFlops;

/** Figures of scaling-laws: the law with its band, the curves behind its points, the frontier of the whole grid. */
import {
  band,
  estimates,
  fitFrontier,
  frontier,
  type HeldOutScore,
  isRefusal,
  logSpace,
  type PowerLawFit,
  powerLawAt,
  type Refusal,
} from '../../scaling/index.ts';
import type { Figure, Series } from '../lesson.ts';
import { FACTS_BATCH } from '../shared/facts.ts';
import type { Model } from '../shared/facts-models.ts';
import * as quantities from '../shared/quantities.ts';
import { dataSeen, trainingCurve } from '../shared/runs.ts';
import { levelLine, series, sizeSeries } from '../shared/series.ts';
import { grouped, same, text } from '../shared/text.ts';
import { LEAST_HALF_WIDTH } from './design.ts';

export function lawFigure(
  fitted: readonly Model[],
  held: Model | undefined,
  fit: PowerLawFit | Refusal,
  score: HeldOutScore | undefined,
  floor: number | undefined,
): Figure {
  const at = ({ N, loss }: Model): { x: number; y: number } => ({ x: N, y: loss });
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
    x: { label: quantities.PARAMETERS, scale: 'log' },
    y: { label: quantities.LOSS, scale: 'log' },
    series: shown,
  };
}

export function curvesFigure(rows: readonly Model[], floor: number | undefined): Figure {
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
    x: { label: quantities.EXAMPLES, scale: 'log' },
    y: { label: quantities.LOSS, scale: 'log' },
    series:
      floor !== undefined && rows.length > 0
        ? [...curves, levelLine(text('irreducible loss', '不可约损失'), floor, [first, last])]
        : curves,
  };
}

export function frontierFigure(grid: readonly Model[], held: Model | undefined): Figure {
  const fit = fitFrontier(grid);
  const best = frontier(grid);
  const at = ({ C, loss }: Model): { x: number; y: number } => ({ x: C, y: loss });
  const widths = [...new Set(grid.map(({ width }) => width))].sort((a, b) => a - b);
  const shown = widths.map((width, i) => {
    const rows = grid.filter((row) => row.width === width).sort((a, b) => a.C - b.C);
    return sizeSeries(same(`N = ${grouped(rows[0]!.N)}`), [i, widths.length], 'points', rows.map(at));
  });
  shown.push(series(text('frontier', '前沿'), 'measured', 'line', best.map(at)));
  if (!isRefusal(fit) && best.length > 1) {
    const curve = logSpace(best[0]!.C, held?.C ?? best.at(-1)!.C, 60).map((x) => ({
      x,
      y: powerLawAt(estimates(fit), x),
    }));
    shown.push(series(same('E + A/C^α'), 'fit', 'line', curve));
  }
  if (held) shown.push(series(text('held-out model', '留出的模型'), 'held-out', 'points', [at(held)]));
  return {
    name: 'frontier',
    title: text('Loss against compute', '损失与计算量'),
    x: { label: quantities.COMPUTE, scale: 'log' },
    y: { label: quantities.LOSS, scale: 'log' },
    series: shown,
  };
}

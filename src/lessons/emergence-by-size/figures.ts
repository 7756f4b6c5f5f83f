/** Figures of emergence-by-size: the ability against size, by another metric, and over the steps. */
import { median, threshold } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Series } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { lastMetrics, replicaCurve } from '../shared/replicas.ts';
import type { Point } from '../shared/runs.ts';
import { levelLine, series, sizeSeries } from '../shared/series.ts';
import { grouped, same, text } from '../shared/text.ts';
import type { Group } from './measured.ts';

const SIZE_AXIS = { label: quantities.PARAMETERS, scale: 'log' } as const;
const SHARE_AXIS = { label: quantities.SHARE_RIGHT, scale: 'linear' } as const;

export function abilityFigure(groups: readonly Group[]): Figure {
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
export function metricFigure(groups: readonly Group[]): Figure {
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

export function timeFigure(groups: readonly Group[]): Figure {
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

/** Figures of efficiency-times-time: the losses over the steps, and the factors after two lengths. */
import { median } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Results, Series, Size, Text } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { firstSound } from '../shared/replicas.ts';
import { finished } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { text } from '../shared/text.ts';
import { ADAM, CHANGES, keyOf, LENGTHS } from './design.ts';
import { curve, reference, type Row } from './measured.ts';

const STEP = { label: quantities.STEP, scale: 'log' } as const;

/** The long runs, a replica of each. */
export function curveFigure(
  results: Results,
  size: Size,
  adam: RunResult,
  name: 'optimizers' | 'data',
  title: Text,
): Figure {
  const changes = CHANGES.filter(({ kind }) => (kind === 'data') === (name === 'data'));
  const shown = changes.flatMap((change, i) => {
    const run = finished(results, keyOf(change, LENGTHS[size][1]));
    if (!run) return [];
    const line = series(change.name, 'kind', 'line', curve(run, firstSound(run), 'exactLoss'));
    return [{ key: change.key, line: { ...line, rank: [i, changes.length] as [number, number] } }];
  });
  return {
    name,
    title,
    x: STEP,
    y: { label: quantities.LOSS, scale: 'log' },
    series: [
      series(ADAM.name, 'reference', 'line', curve(adam, firstSound(adam), 'exactLoss')),
      ...shown.map(({ line }) => line),
    ],
    marks: Object.fromEntries(
      [ADAM.key, ...shown.map(({ key }) => key)].map((key, i) => [key, { series: i }]),
    ),
  };
}

/** Each change at two lengths, level where its factor is one for both; behind, lines on which efficiency · time stays the same. */
export function isoLossFigure(results: Results, size: Size, rows: readonly Row[]): Figure {
  const [short, long] = LENGTHS[size];
  const lines = reference(results, size, 0, 'exactLoss')
    .filter(({ x }) => x >= short / 4 && x <= long)
    .map(({ x: time, y: loss }): Series => {
      const points = Array.from({ length: 41 }, (_, k) => 2 ** ((k - 20) / 5)).map((efficiency) => ({
        x: time / efficiency,
        y: efficiency,
      }));
      return series(
        text(`loss ${loss.toFixed(2)}`, `损失 ${loss.toFixed(2)}`),
        'reference',
        'line',
        points.filter(({ x }) => x >= short / 2 && x <= 2 * long),
      );
    });
  const measured = rows.map(({ change, ...at }, i): Series => {
    const ends = [at.short, at.long].map(({ steps, byLoss }) => ({
      x: steps,
      y: median(byLoss.filter(Number.isFinite)),
    }));
    return { ...series(change.name, 'kind', 'line', ends), rank: [i, rows.length] };
  });
  return {
    name: 'iso-loss',
    title: text('Efficiency after two lengths', '两种时长下的效率'),
    x: STEP,
    y: { label: text('efficiency, Adam = 1', '效率，Adam 为 1'), scale: 'log' },
    series: [...measured, ...lines],
  };
}

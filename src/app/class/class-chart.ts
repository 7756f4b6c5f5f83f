/** A class as the chart draws it: everybody's curve thin, their median with its band, predictions, results. */
import type { ChartSeries } from '../../components/index.ts';
import { against, type PooledCurve, pooledCurve, predictedNumber } from '../../class/pooled.ts';
import type { MemberResult } from '../../class/result.ts';
import type { Figure } from '../../lessons/lesson.ts';
import type { Asked } from './asked.ts';
import { words } from './class-words.ts';

/** Curves of all, over one another on the lesson's own figure. */
export function curveSeries(
  results: readonly MemberResult[],
  figure: Pick<Figure, 'name' | 'x'>,
  predicted: Asked | undefined,
): ChartSeries[] {
  const pooled = pooledCurve(results, figure.x.scale === 'log');
  const each = results.flatMap(({ member, curve }): ChartSeries[] =>
    curve
      ? [
          {
            id: `curve ${member}`,
            label: '',
            x: curve.x,
            y: curve.y,
            color: 'c1',
            thin: true,
            ...(curve.x.length === 1 && { line: false }),
          },
        ]
      : [],
  );
  const series = pooled.x.length ? [...each, medianSeries(pooled)] : each;
  return predicted?.figure === figure.name
    ? [...series, ...predictionSeries(results, predicted, pooled)]
    : series;
}

export function medianSeries({ x, median, low, high }: PooledCurve): ChartSeries {
  return {
    id: 'median',
    label: words.median,
    x,
    y: median,
    color: 'c1',
    width: 3,
    markers: x.length <= 12,
    ...(x.length === 1 && { line: false }),
    band: { low, high, label: words.band },
  };
}

/** Where predictions and results of a number stand: a little right of the place that the lesson gives, or of the end. */
function predictionSeries(
  results: readonly MemberResult[],
  { kind, value }: Asked,
  { x, median }: PooledCurve,
): ChartSeries[] {
  if (kind === 'curve') {
    const first = results.find(({ prediction }) => prediction);
    return results.flatMap((result): ChartSeries[] => {
      const { member, prediction } = result;
      return prediction
        ? [
            {
              id: `prediction ${member}`,
              // One line of the legend for all.
              label: result === first ? words.predictions : '',
              x: prediction.points.map(([x]) => x),
              y: prediction.points.map(([, y]) => y),
              color: 'predict',
              dash: [4, 4],
              thin: true,
            },
          ]
        : [];
    });
  }
  const said = results.map(predictedNumber);
  const got = results.map(({ numbers }) => numbers[value]);
  const apart = (x.at(-1)! / x[0]!) ** 0.04;
  const [low, high] = [Math.min(...median), Math.max(...median)];
  const dots = (id: string, label: string, color: string, list: [number, number][]): ChartSeries => {
    const points = list.sort(([a], [b]) => a - b);
    return { id, label, x: rising(points.map(([x]) => x)), y: points.map(([, y]) => y), color, line: false };
  };
  const placed = (
    values: readonly (number | undefined)[],
    shift: number,
    height: number,
  ): [number, number][] =>
    values.flatMap((number, i): [number, number][] => {
      if (number === undefined) return [];
      if (kind === 'point') return [[number, low + height * (high - low)]];
      return [[(results[i]!.place ?? x.at(-1) ?? 1) * shift, number]];
    });
  return [
    dots('said', words.predictions, 'predict', placed(said, apart || 1, 0.95)),
    dots('got', words.trained, 'c2', placed(got, 1, 0.85)),
  ];
}

/** The share of the class that has said, or measured, at most so much: no axis of the lesson is needed for that. */
export function shareSeries(results: readonly MemberResult[], value: string): ChartSeries[] {
  const { predicted, measured } = against(results, value);
  const shares = (id: string, label: string, color: string, numbers: number[]): ChartSeries[] => {
    const x = rising([...numbers].sort((a, b) => a - b));
    const y = x.map((_, i) => (i + 1) / x.length);
    return x.length ? [{ id, label, x, y, color, markers: true }] : [];
  };
  return [
    ...shares('said', words.predictions, 'predict', predicted),
    ...shares('got', words.trained, 'c2', measured),
  ];
}

/** Equal positions are moved apart by less than can be seen, as the chart joins equal ones. */
function rising(x: number[]): number[] {
  return x.map((value, i) => value + (Math.abs(value) || 1) * i * 1e-9);
}

/** Whether a logarithmic axis can show the numbers of that name: all above zero, and over more than a factor of ten. */
export function spansDecades(results: readonly MemberResult[], value: string): boolean {
  const { predicted, measured } = against(results, value);
  const all = [...predicted, ...measured];
  return all.length > 0 && Math.min(...all) > 0 && Math.max(...all) / Math.min(...all) > 10;
}

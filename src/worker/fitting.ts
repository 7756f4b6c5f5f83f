/** Laws fitted to the runs of a sweep, as curves with bands: what a page draws. */
import * as v from 'valibot';
import {
  fitIsoflop,
  fitParametricLaw,
  fitPowerLaw,
  type Interval,
  isRefusal,
  logSpace,
  parabolaAt,
  predict,
  predictLoss,
} from '../scaling/index.ts';
import { options } from '../option-schema.ts';
import { list, parse } from '../schema.ts';
import type { FitCurve, FitRequest, FittedLaw } from './protocol.ts';

/** Points of a drawn curve. */
const POINTS = 40;
/** How far beyond the largest run a curve is drawn. */
const REACH = 3;

const amount = v.pipe(
  v.number('must be a number'),
  v.minValue(0, 'must not be negative'),
  v.finite('must be finite'),
);
const Schema = options({
  rows: list(
    options({ N: amount, D: amount, C: amount, loss: v.union([v.number(), v.nan()], 'must be a number') }),
    10_000,
    'must be a list of at most 10000 runs',
  ),
  law: v.picklist(['power', 'parametric', 'isoflop'], 'must be power, parametric or isoflop'),
  x: v.picklist(['N', 'D', 'C'], 'must be N, D or C'),
});

/** @throws SchemaError for what is no request */
export function fitLaw(request: FitRequest): FittedLaw {
  const { rows, law, x } = parse(Schema, request);
  const usable = rows.filter(({ loss }) => Number.isFinite(loss));
  switch (law) {
    case 'power':
      return power(usable, x);
    case 'parametric':
      return parametric(usable, x);
    case 'isoflop':
      return isoflop(usable);
  }
}

type Rows = FitRequest['rows'];

function power(rows: Rows, x: FitRequest['x']): FittedLaw {
  const points = rows.map((row) => ({ x: row[x], y: row.loss }));
  const fit = fitPowerLaw(points, { noise: 'estimated' });
  if (isRefusal(fit)) return refused('power', fit.sentence);
  const { E, A, alpha } = fit;
  const xs = spread(rows.map((row) => row[x]));
  return {
    law: 'power',
    parameters: { E, A, alpha },
    curves: [curve('', xs, (at) => predict(fit, at))],
  };
}

/** One curve per value of the variable that is not on the axis. */
function parametric(rows: Rows, x: FitRequest['x']): FittedLaw {
  const fit = fitParametricLaw(rows);
  if (isRefusal(fit)) return refused('parametric', fit.sentence);
  const { E, A, B, alpha, beta, optimalExponent } = fit;
  const along = x === 'D' ? 'D' : 'N';
  const held = along === 'N' ? 'D' : 'N';
  const curves = spreadOut(rows.map((row) => row[held])).map((value) => {
    const own = rows.filter((row) => near(row[held], value)).map((row) => row[along]);
    const at = (v: number): Interval =>
      along === 'N' ? predictLoss(fit, v, value) : predictLoss(fit, value, v);
    return curve(
      `${held} = ${short(value)}`,
      spread(own.length > 1 ? own : rows.map((row) => row[along])),
      at,
    );
  });
  return { law: 'parametric', parameters: { E, A, B, alpha, beta, a: optimalExponent }, curves, x: along };
}

/** The valley of each budget. */
function isoflop(rows: Rows): FittedLaw {
  const fit = fitIsoflop(rows);
  if (isRefusal(fit)) return refused('isoflop', fit.sentence);
  const { a, b, k } = fit;
  return {
    law: 'isoflop',
    parameters: { a, b, k },
    x: 'N',
    curves: fit.valleys.map(({ C, parabola, points }) => {
      const sizes = points.map(({ N }) => N);
      const xs = logSpace(Math.min(...sizes), Math.max(...sizes), POINTS);
      return { label: `C = ${short(C)}`, x: xs, y: xs.map((N) => parabolaAt(parabola, N)) };
    }),
    optima: fit.valleys.map(({ N, loss }) => ({ x: N.estimate, y: loss })),
    ...(fit.notes.length && { notes: fit.notes }),
  };
}

const refused = (law: FittedLaw['law'], refusal: string): FittedLaw => ({
  law,
  parameters: {},
  curves: [],
  refusal,
});

function curve(label: string, x: number[], at: (x: number) => Interval): FitCurve {
  const intervals = x.map(at);
  return {
    label,
    x,
    y: intervals.map(({ estimate }) => estimate),
    low: intervals.map(({ low }) => low),
    high: intervals.map(({ high }) => high),
  };
}

const spread = (values: readonly number[]): number[] =>
  logSpace(Math.min(...values), REACH * Math.max(...values), POINTS);

const near = (a: number, b: number): boolean => Math.abs(Math.log(a / b)) < 0.05;

/** At most six values that stand for all, smallest and largest among them. */
function spreadOut(values: readonly number[]): number[] {
  const distinct = values
    .toSorted((a, b) => a - b)
    .filter((value, i, all) => i === 0 || !near(value, all[i - 1]!));
  if (distinct.length <= 6) return distinct;
  return Array.from({ length: 6 }, (_, i) => distinct[Math.round((i * (distinct.length - 1)) / 5)]!);
}

const short = (value: number): string => Number(value.toPrecision(3)).toExponential().replace('+', '');

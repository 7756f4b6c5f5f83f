import type uPlot from 'uplot';
import type { Prediction } from './types.ts';

/** Left and top in the plot, px. */
export type Place = readonly [number, number];

/** Where the handle of a level stands, as a fraction of the width. */
const LEVEL_AT = 0.85;

/** Where the points of a prediction, and their handles, stand. */
export function placesOf(plot: uPlot, { kind, points }: Prediction): Place[] {
  return points.map(([x, y]) => [
    kind === 'level' ? LEVEL_AT * plot.over.clientWidth : plot.valToPos(x, 'x'),
    plot.valToPos(y, 'y'),
  ]);
}

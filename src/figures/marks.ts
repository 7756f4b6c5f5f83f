/** Where in a lesson's figures the moments lie that the text points at. */
import type { Figure, Series } from '../findings/findings.ts';

/** A figure may say where its moments are: a position, a series by its place in the list, or both. */
export type Marks = Record<string, { x?: number; series?: number }>;
export type MarkedFigure = Figure & { marks?: Marks };

export interface Place {
  figure: number;
  x?: number | undefined;
  series?: number | undefined;
}

/** Names that mean the same in every lesson. */
const ROLES: Partial<Record<string, Series['role']>> = {
  fitted: 'measured',
  band: 'fit',
  'held-out': 'held-out',
  control: 'control',
  floor: 'reference',
};

/** The place that the figures give to a moment, or the one that its name implies. */
export function placeOf(figures: readonly MarkedFigure[], mark: string): Place | undefined {
  for (const [figure, { marks }] of figures.entries()) {
    const place = marks?.[mark];
    if (place) return { figure, ...place };
  }
  const first = figures[0];
  if (!first) return undefined;
  const role = ROLES[mark];
  for (const [figure, { series }] of figures.entries()) {
    const found = series.findIndex((candidate) => candidate.role === role);
    if (role && found >= 0) return { figure, series: found };
  }
  const all = first.series.flatMap(({ x }) => x);
  if (mark === 'start' && all.length) return { figure: 0, x: Math.min(...all) };
  if (mark === 'end' && all.length) return { figure: 0, x: Math.max(...all) };
  return undefined;
}

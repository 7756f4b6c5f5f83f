/** From the runs of a sweep that are done to a grid, a scaling chart and the rows of a fit. */
import { describeDiverged, loss } from '../../components/index.ts';
import type { GridCell } from '../../components/lab-run-grid.ts';
import type { Figure, Series, Text } from '../../lessons/lesson.ts';
import { divergencesOf, meanOfOthers } from '../../replicas.ts';
import type { FitRequest, FittedLaw, RunResult, SweepRun } from '../../worker/protocol.ts';
import { showValue } from './draft.ts';
import { strings } from './sweep-strings.ts';
import { labelOf } from './words.ts';

export type Horizontal = 'N' | 'D' | 'C';

/** Figures are made anew at each update, in the page's language: so that one text does for both languages. */
const here = (text: string): Text => ({ en: text, zh: text });

/** Last held-out loss, mean over the replicas that have not diverged; NaN where the run did. */
export function heldOut(result: RunResult | undefined): number {
  const records = result?.outcome === 'finished' ? result.evaluations.at(-1)?.sets.validation : undefined;
  if (!records?.length) return NaN;
  return meanOfOthers(
    records.map((record) => record.loss ?? NaN),
    divergencesOf(result!),
  );
}

export interface Done {
  run: SweepRun;
  loss: number;
}

export function doneOf(runs: readonly SweepRun[], results: ReadonlyMap<string, RunResult>): Done[] {
  return runs.flatMap((run) => {
    const value = heldOut(results.get(run.key));
    return Number.isFinite(value) ? [{ run, loss: value }] : [];
  });
}

export const fitRows = (done: readonly Done[]): FitRequest['rows'] =>
  done.map(({ run: { N, D, C }, loss }) => ({ N, D, C, loss }));

export interface Grid {
  label: string;
  rows: string[];
  columns: string[];
  cells: GridCell[];
}

/** The last axis goes across; all others together go down. */
export function gridOf(
  runs: readonly SweepRun[],
  results: ReadonlyMap<string, RunResult>,
  states: ReadonlyMap<string, GridCell['state']>,
  task: string,
): Grid {
  const paths = Object.keys(runs[0]?.values ?? {});
  const last = paths.at(-1);
  const two = paths.length > 1 && last !== undefined;
  const isSame = (a: SweepRun, b: SweepRun): boolean =>
    paths.slice(0, -1).every((path) => JSON.stringify(a.values[path]) === JSON.stringify(b.values[path]));
  // Runs are in the order of the axes, the last axis fastest: a row ends where another axis changes.
  const firstRow = two ? runs.filter((run) => isSame(run, runs[0]!)) : [];
  const across = firstRow.length > 1 ? firstRow.length : 1;
  const name = (path: string): string => labelOf(path, task);
  const values = (run: SweepRun, of: readonly string[]): string =>
    of
      .map((path) =>
        of.length > 1 ? `${name(path)} ${showValue(run.values[path])}` : showValue(run.values[path]),
      )
      .join(', ');
  const down = across > 1 ? paths.slice(0, -1) : paths;
  const rows = runs.filter((_, i) => i % across === 0).map((run) => values(run, down) || run.key);
  const columns = across > 1 ? firstRow.map((run) => values(run, [last!])) : [strings.lossColumn];
  const losses = runs.map(({ key }) => heldOut(results.get(key)));
  const known = losses.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return {
    label:
      across > 1
        ? strings.grid(down.map(name).join(', '), name(last!))
        : strings.list(paths.map(name).join(', ')),
    rows,
    columns,
    cells: runs.map(({ key }, i) => {
      const value = losses[i]!;
      const state = states.get(key) ?? 'waiting';
      if (state !== 'done') return { state };
      const rank = Number.isFinite(value) ? (value - low) / (high - low || 1) : undefined;
      return { state, value: loss(value), rank, note: noteOf(results.get(key)) };
    }),
  };
}

/** Which of a run's replicas have diverged, and when; may be empty. */
function noteOf(result: RunResult | undefined): string {
  return result ? describeDiverged(divergencesOf(result), result.spec.replicas) : '';
}

/** The losses against a size, and the law through them. */
export function scalingFigure(done: readonly Done[], x: Horizontal, fit: FittedLaw | undefined): Figure {
  const label = strings.xs[x];
  return {
    name: 'scaling',
    title: here(strings.chart),
    x: { label: here(label), scale: 'log' },
    y: { label: here(strings.lossColumn), scale: 'log' },
    series: [...pointsOf(done, x), ...fitSeries(fit, x)],
  };
}

/** One series; or one for each value of the last axis, unless that is the horizontal axis of the chart. */
function pointsOf(done: readonly Done[], x: Horizontal): Series[] {
  const groups = new Map<string, Done[]>();
  for (const entry of done) {
    const [path, value] = Object.entries(entry.run.values).at(-1) ?? [];
    const group =
      Object.keys(entry.run.values).length < 2 || path === 'seed'
        ? ''
        : `${labelOf(path!)} ${showValue(value)}`;
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return [...groups].map(([name, own], i): Series => {
    const series = {
      mark: 'points' as const,
      x: own.map(({ run }) => run[x]),
      y: own.map(({ loss }) => loss),
    };
    return groups.size === 1
      ? { ...series, name: here(name || strings.measured), role: 'measured' }
      : { ...series, name: here(name), role: 'size', rank: [i, groups.size] };
  });
}

function fitSeries(fit: FittedLaw | undefined, x: Horizontal): Series[] {
  if (!fit || (fit.x !== undefined && fit.x !== x)) return [];
  const curves = fit.curves.map(({ label, x, y, low, high }): Series => ({
    name: here(strings.fitted(label)),
    role: 'fit',
    mark: 'line',
    x,
    y,
    ...(low && high && { low, high }),
  }));
  if (!fit.optima?.length) return curves;
  const optima: Series = {
    name: here(strings.optima),
    role: 'held-out',
    mark: 'points',
    x: fit.optima.map((point) => point.x),
    y: fit.optima.map((point) => point.y),
  };
  return [...curves, optima];
}

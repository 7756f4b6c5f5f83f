/**
 * What efficiency-times-time measures: the training time that each change is worth, seed by seed, after a short and
 * after a long run. All runs are at the end of their own schedule.
 */
import { firstCrossing, runningBest } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Results, Size } from '../lesson.ts';
import { lastMetrics, replicaCurve } from '../shared/replicas.ts';
import { finished, type Point } from '../shared/runs.ts';
import { ADAM, type Change, keyOf, LENGTHS, referenceLengths } from './design.ts';

type Metric = 'exactLoss' | 'accuracy';

/** What a change came to and is worth at a length, seed by seed; NaN where one diverged or lies outside the reference. */
export interface Worth {
  steps: number;
  loss: number[];
  accuracy: number[];
  byLoss: number[];
  byAccuracy: number[];
}

export interface Row {
  change: Change;
  short: Worth;
  long: Worth;
}

/** A row where both runs are there. */
export function rowOf(results: Results, size: Size, change: Change): Row[] {
  const [short, long] = LENGTHS[size].map((steps) => worthOf(results, size, change, steps));
  return short && long ? [{ change, short, long }] : [];
}

function worthOf(results: Results, size: Size, change: Change, steps: number): Worth | undefined {
  const run = finished(results, keyOf(change, steps));
  if (!run) return undefined;
  const factors = (metric: Metric): number[] =>
    lastMetrics(run, 'facts', metric).map(
      (end, r) => timeOf(reference(results, size, r, metric), end, metric) / run.step,
    );
  return {
    steps: run.step,
    loss: lastMetrics(run, 'facts', 'exactLoss'),
    accuracy: lastMetrics(run, 'facts', 'accuracy'),
    byLoss: factors('exactLoss'),
    byAccuracy: factors('accuracy'),
  };
}

/** Where Adam ends after each of its lengths, for one replica. */
export function reference(results: Results, size: Size, replica: number, metric: Metric): Point[] {
  return referenceLengths(size).flatMap((steps) => {
    const run = finished(results, keyOf(ADAM, steps));
    const y = run && lastMetrics(run, 'facts', metric)[replica];
    return run && Number.isFinite(y) ? [{ x: run.step, y: y! }] : [];
  });
}

/** Steps after which the reference comes as far, read between its lengths; NaN outside them. */
export function timeOf(reference: readonly Point[], end: number, metric: Metric): number {
  const [better, direction] =
    metric === 'accuracy' ? (['higher', 'rising'] as const) : (['lower', 'falling'] as const);
  return firstCrossing(runningBest(reference, better), end, direction) ?? NaN;
}

/** The factor of the long run over that of the short one, seed by seed, where both are known. */
export function shiftsOf({ short, long }: Row): number[] {
  return long.byLoss.map((factor, r) => factor / (short.byLoss[r] ?? NaN)).filter(Number.isFinite);
}

export function curve(run: RunResult, replica: number, metric: Metric): Point[] {
  return replicaCurve(run, replica, 'facts', metric).filter(({ x }) => x > 0);
}

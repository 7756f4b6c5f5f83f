/** What lessons read from results: finished runs, their last scores, their curves. */
import type { Results } from '../lesson.ts';
import { divergencesOf, meanOfOthers } from '../../replicas.ts';
import type { RunResult } from '../../worker/protocol.ts';
import { firstSound, type Point } from './replicas.ts';

export type { Point } from './replicas.ts';

/** A run that came to its end with numbers; undefined where it is missing, was stopped or diverged. */
export function finished(results: Results, key: string): RunResult | undefined {
  const run = results.runs.get(key);
  return run?.outcome === 'finished' && run.evaluations.length > 0 ? run : undefined;
}

/** A metric at the end of a run, mean over its replicas that have not diverged; NaN where there is none. */
export function lastMetric(run: RunResult, set: string, metric: string): number {
  return metricOf(run, run.evaluations.at(-1), set, metric);
}

/** A metric over the steps of a run, mean over its replicas that have not diverged. */
export function metricCurve(run: RunResult, set: string, metric: string): Point[] {
  return run.evaluations
    .map((evaluation) => ({ x: evaluation.step, y: metricOf(run, evaluation, set, metric) }))
    .filter(({ y }) => Number.isFinite(y));
}

/** Examples or tokens that one replica has seen. */
export function dataSeen(run: RunResult, step = run.step): number {
  return (run.tokensPerStep / run.spec.replicas) * step;
}

/** Training FLOPs of one replica, as its graph has them. */
export function trainingCompute(run: RunResult, step = run.step): number {
  return (run.flopsPerStep / run.spec.replicas) * step;
}

/** Training loss of one replica, by default the first that has not diverged, averaged over stretches of equal length in the logarithm of the step. */
export function trainingCurve(run: RunResult, points = 60, replica = firstSound(run)): Point[] {
  const { first } = run.losses;
  const values = run.losses.values[replica] ?? [];
  const curve: Point[] = [];
  let start = 0;
  for (let i = 1; i <= points && start < values.length; i++) {
    const end = Math.max(start + 1, Math.round(values.length ** (i / points)));
    const stretch = Array.from(values.slice(start, end));
    const mean = stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
    curve.push({ x: first + (start + 1 + Math.min(end, values.length)) / 2, y: mean });
    start = end;
  }
  return curve;
}

function metricOf(
  run: RunResult,
  evaluation: RunResult['evaluations'][number] | undefined,
  set: string,
  metric: string,
): number {
  const records = evaluation?.sets[set] ?? [];
  return meanOfOthers(
    records.map((record) => record[metric] ?? NaN),
    divergencesOf(run),
  );
}

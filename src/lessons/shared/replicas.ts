/** What lessons read from the replicas of a run, one by one. */
import type { RunResult } from '../../worker/protocol.ts';
import type { Point } from './runs.ts';

/** Whether the training loss of a replica was always a finite number. */
export function isSound(run: RunResult, replica: number): boolean {
  return run.losses.values[replica]?.every(Number.isFinite) ?? false;
}

/** A metric at the end of a run, for each replica; NaN where there is none, or where the replica diverged. */
export function lastMetrics(run: RunResult, set: string, metric: string): number[] {
  return (run.evaluations.at(-1)?.sets[set] ?? []).map((record, replica) =>
    isSound(run, replica) ? (record[metric] ?? NaN) : NaN,
  );
}

/** A metric of one replica over the steps. */
export function replicaCurve(run: RunResult, replica: number, set: string, metric: string): Point[] {
  return run.evaluations
    .map(({ step, sets }) => ({ x: step, y: sets[set]?.[replica]?.[metric] ?? NaN }))
    .filter(({ y }) => Number.isFinite(y));
}

/** Mean training loss of one replica over the steps from `start` up to `end`, by default to the last. */
export function meanLoss(run: RunResult, replica: number, start: number, end = run.step): number {
  const { first, values } = run.losses;
  const losses = Array.from((values[replica] ?? []).slice(start - first, end - first));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** What lessons read from the replicas of a run, one by one. */
import { divergencesOf } from '../../replicas.ts';
import type { RunResult, SpecInput } from '../../worker/protocol.ts';

export interface Point {
  x: number;
  y: number;
}

/** So many replicas, none of which is one of a neighbouring seed's; a single one has the run's own seed. */
export function independent(replicas: number): SpecInput {
  return replicas > 1 ? { replicas, seeding: 'hashed' } : {};
}

/** Whether the training loss of a replica was always a finite number. */
export function isSound(run: RunResult, replica: number): boolean {
  return replica < run.losses.values.length && !divergencesOf(run).some((each) => each.replica === replica);
}

/** A metric at the end of a run, for each replica; NaN where there is none, or where the replica diverged. */
export function lastMetrics(run: RunResult, set: string, metric: string): number[] {
  return (run.evaluations.at(-1)?.sets[set] ?? []).map((record, replica) =>
    isSound(run, replica) ? (record[metric] ?? NaN) : NaN,
  );
}

/** The same of those that did not diverge and have one. */
export function soundMetrics(run: RunResult, set: string, metric: string): number[] {
  return lastMetrics(run, set, metric).filter(Number.isFinite);
}

/** A metric of one replica over the steps; none of one that diverged. */
export function replicaCurve(run: RunResult, replica: number, set: string, metric: string): Point[] {
  if (!isSound(run, replica)) return [];
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

/** The first replica that has not diverged, for curves of one; replica 0 where all have. */
export function firstSound(run: RunResult): number {
  const diverged = divergencesOf(run);
  const sound = run.losses.values.findIndex((_, r) => !diverged.some(({ replica }) => replica === r));
  return Math.max(0, sound);
}

/** Replicas that have not diverged. */
export function soundCount(run: RunResult): number {
  return run.losses.values.length - divergencesOf(run).length;
}

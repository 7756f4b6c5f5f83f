/**
 * Is it the loss or the size? Ability against loss collapses onto one curve for all sizes where the loss decides
 * (Du et al. 2403.15796), against size it does not.
 */
import { type CurvePoint, valueAt } from './curve.ts';
import { isotonicAt, isotonicFit, isotonicR2 } from './isotonic.ts';
import { type Refusal, refuse } from './refusal.ts';
import { distinct, groupBy } from './statistics.ts';

/** One checkpoint. */
export interface Checkpoint {
  /** Parameters. */
  N: number;
  /** Training steps, or tokens. */
  step: number;
  /** Pre-training loss, nats. */
  loss: number;
  /** 0 to 1 */
  ability: number;
}

export interface CollapseScore {
  /** Isotonic R² of ability by falling loss. */
  byLoss: number;
  /** Isotonic R² of ability by rising N. */
  bySize: number;
  /** Isotonic R² by N · step, which is compute: the honest rival of loss. */
  byCompute: number;
  /** Rms error of the curve of the other sizes at the checkpoints of one, where their losses overlap. */
  leaveOneSizeOut: number;
  /** Largest range of ability over sizes at an equal loss. */
  spreadAtEqualLoss: number;
  /** Largest range of ability over sizes at an equal step. */
  spreadAtEqualStep: number;
}

/** Refuses fewer than 3 sizes, fewer than 4 checkpoints of one, an ability that does not vary, and losses that nowhere overlap. */
export function collapseScore(checkpoints: readonly Checkpoint[]): CollapseScore | Refusal {
  const bySize = groupBy(checkpoints, (point) => point.N);
  if (bySize.size < 3 || [...bySize.values()].some((group) => group.length < 4)) {
    return refuse('too-few-points', 'A collapse needs 3 sizes or more with at least 4 checkpoints each.');
  }
  const column = (read: (point: Checkpoint) => number): number[] => checkpoints.map(read);
  const ability = column((point) => point.ability);
  if (distinct(ability).length < 2) {
    return refuse('no-trend', 'The ability is the same at every checkpoint, so nothing explains it.');
  }
  const curves = [...bySize.values()].map((group) => ({
    points: group,
    byLoss: group.map((point): CurvePoint => ({ x: point.loss, y: point.ability })),
  }));
  const leaveOneSizeOut = leaveOut(curves.map((curve) => curve.points));
  const losses = distinct(column((point) => point.loss));
  const spreadAtEqualLoss = largestRange(
    losses.map((loss) => curves.map((curve) => valueAt(curve.byLoss, loss, 'linear'))),
  );
  if (leaveOneSizeOut === undefined || spreadAtEqualLoss === undefined) {
    return refuse(
      'no-overlap',
      'No two sizes pass through the same losses, so loss and size cannot be told apart.',
    );
  }
  const steps = [...groupBy(checkpoints, (point) => point.step).values()];
  return {
    byLoss: isotonicR2(
      column((point) => point.loss),
      ability,
      'decreasing',
    ),
    bySize: isotonicR2(
      column((point) => point.N),
      ability,
    ),
    byCompute: isotonicR2(
      column((point) => point.N * point.step),
      ability,
    ),
    leaveOneSizeOut,
    spreadAtEqualLoss,
    spreadAtEqualStep: largestRange(steps.map((group) => group.map((point) => point.ability))) ?? NaN,
  };
}

/** Range over the values of each row that has two or more; the largest of all rows. */
function largestRange(rows: readonly (readonly (number | undefined)[])[]): number | undefined {
  const ranges = rows
    .map((row) => row.filter((value) => value !== undefined))
    .filter((row) => row.length > 1)
    .map((row) => Math.max(...row) - Math.min(...row));
  return ranges.length > 0 ? Math.max(...ranges) : undefined;
}

function leaveOut(groups: readonly (readonly Checkpoint[])[]): number | undefined {
  let sum = 0;
  let count = 0;
  for (const held of groups) {
    const others = groups.filter((group) => group !== held).flat();
    const fit = isotonicFit(
      others.map((point) => point.loss),
      others.map((point) => point.ability),
      'decreasing',
    );
    for (const point of held) {
      if (point.loss < fit.x[0]! || point.loss > fit.x.at(-1)!) continue;
      sum += (point.ability - isotonicAt(fit, point.loss)) ** 2;
      count++;
    }
  }
  return count > 0 ? Math.sqrt(sum / count) : undefined;
}

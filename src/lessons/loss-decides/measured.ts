/** What loss-decides measures: loss and ability at each checkpoint, and the loss at which an ability is there. */
import {
  type Checkpoint,
  type CollapseScore,
  median,
  type Refusal,
  thresholdInLoss,
  valueAt,
} from '../../scaling/index.ts';
import type { Results } from '../lesson.ts';
import { finished, metricCurve, trainingCompute } from '../shared/runs.ts';
import { type Band, BANDS } from './bands.ts';

/** Checkpoints before this step are no models yet. */
const FIRST_STEP = 25;

const THRESHOLD = 0.1;

/** One checkpoint. */
export interface Stop {
  N: number;
  step: number;
  /** training FLOPs */
  C: number;
  loss: number;
  abilities: Record<Band, number>;
}

export function stopsOf(results: Results, key: string): Stop[] {
  const run = finished(results, key);
  if (!run) return [];
  const losses = metricCurve(run, 'facts', 'exactLoss');
  const abilities = BANDS.map((band) => new Map(metricCurve(run, 'facts', band).map(({ x, y }) => [x, y])));
  return losses
    .filter(({ x }) => x >= FIRST_STEP)
    .map(({ x: step, y: loss }) => ({
      N: run.parameters,
      step,
      C: trainingCompute(run, step),
      loss,
      abilities: Object.fromEntries(BANDS.map((band, i) => [band, abilities[i]!.get(step) ?? NaN])) as Record<
        Band,
        number
      >,
    }));
}

/** The rarest of the bands: what other data teach earlier. */
export const RAREST = BANDS.at(-1)!;

/**
 * How far the ability differs at most between one network on two kinds of data, at losses that both reach: where it
 * does, the loss is an indicator and no cause. NaN where they share none.
 */
export function otherDataGap(usual: readonly Stop[], other: readonly Stop[]): number {
  const curve = usual.map(({ loss, abilities }) => ({ x: loss, y: abilities[RAREST] }));
  const gaps = other.flatMap(({ loss, abilities }) => {
    const ability = valueAt(curve, loss, 'linear');
    return ability === undefined ? [] : [abilities[RAREST] - ability];
  });
  return gaps.length > 0 ? gaps.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a)) : NaN;
}

export function checkpoints(stops: readonly Stop[], band: Band): Checkpoint[] {
  return stops
    .map(({ N, step, loss, abilities }) => ({ N, step, loss, ability: abilities[band] }))
    .filter(({ ability }) => Number.isFinite(ability));
}

/** The loss at which a band reaches the threshold: the median over the sizes that get there. */
export function thresholdOf(stops: readonly Stop[], band: Band): number | undefined {
  const sizes = [...new Set(stops.map(({ N }) => N))];
  const found = sizes
    .map((N) =>
      thresholdInLoss(
        checkpoints(
          stops.filter((stop) => stop.N === N),
          band,
        ),
        THRESHOLD,
      ),
    )
    .filter((value) => typeof value === 'number');
  return found.length > 0 ? median(found) : undefined;
}

export interface BandScore {
  band: Band;
  score: CollapseScore | Refusal;
}

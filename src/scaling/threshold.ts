/** Where an ability appears, and how suddenly: over size, time, or loss. */
import { type CurvePoint, firstCrossing, type Scale, sortByX } from './curve.ts';
import { type Refusal, refuse } from './refusal.ts';

export interface ThresholdOptions {
  /** `log` for sizes and steps (default), `linear` for a loss. */
  scale?: Scale;
}

/**
 * x at which the ability first reaches `level`. Over a loss the ability rises as x falls: pass −loss as x with a linear scale,
 * or use `thresholdInLoss`.
 */
export function threshold(
  curve: readonly CurvePoint[],
  level: number,
  { scale = 'log' }: ThresholdOptions = {},
): number | Refusal {
  if (curve.length < 2) return refuse('too-few-points', 'A threshold needs at least 2 points.');
  const crossing = firstCrossing(curve, level, 'rising', scale);
  if (crossing !== undefined) return crossing;
  const start = sortByX(curve)[0]!;
  return start.y >= level
    ? refuse(
        'no-range',
        `The ability is at ${start.y.toFixed(3)} from the first point on: its threshold lies before.`,
      )
    : refuse('no-range', `The ability never reaches ${level}: its threshold lies beyond these points.`);
}

/** The loss (nats) below which the ability reaches `level`, by linear interpolation. */
export function thresholdInLoss(
  points: readonly { loss: number; ability: number }[],
  level: number,
): number | Refusal {
  const found = threshold(
    points.map((point) => ({ x: -point.loss, y: point.ability })),
    level,
    { scale: 'linear' },
  );
  return typeof found === 'number' ? -found : found;
}

export interface Sharpness {
  /** x at 10% and at 90% of the way from the baseline to the final value. */
  x10: number;
  x90: number;
  /** x90 / x10: by how much x must grow; near 1 is sudden. */
  factor: number;
  final: number;
}

/**
 * The factor in x from 10% to 90% of the final value, interpolated in ln x.
 * @param baseline the value of knowing nothing, such as chance; default 0
 */
export function sharpness(
  curve: readonly CurvePoint[],
  { baseline = 0 }: { baseline?: number } = {},
): Sharpness | Refusal {
  const points = sortByX(curve);
  if (points.length < 3) return refuse('too-few-points', 'Sharpness needs at least 3 points.');
  const final = points.at(-1)!.y;
  if (!(final > baseline)) {
    return refuse('no-trend', `The ability ends at ${final}, not above its baseline ${baseline}.`);
  }
  const at = (share: number): number | Refusal =>
    threshold(points, baseline + share * (final - baseline), { scale: 'log' });
  const x10 = at(0.1);
  const x90 = at(0.9);
  if (typeof x10 !== 'number') return x10;
  if (typeof x90 !== 'number') return x90;
  return { x10, x90, factor: x90 / x10, final };
}

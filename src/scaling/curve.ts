/** Measured curves, read between their points: y is linear in ln x (or in x). */

export interface CurvePoint {
  x: number;
  y: number;
}

export type Scale = 'log' | 'linear';

export function sortByX<T extends CurvePoint>(curve: readonly T[]): T[] {
  return [...curve].sort((a, b) => a.x - b.x);
}

/** x between two points at which y equals `level`. */
function between(a: CurvePoint, b: CurvePoint, level: number, scale: Scale): number {
  const share = (level - a.y) / (b.y - a.y);
  return scale === 'log' ? a.x * (b.x / a.x) ** share : a.x + share * (b.x - a.x);
}

/**
 * First x at which the curve, taken in order of x, reaches `level`; undefined where it never does, or is there already at its first point.
 * @param direction whether the level is reached from below (`rising`) or above (`falling`)
 */
export function firstCrossing(
  curve: readonly CurvePoint[],
  level: number,
  direction: 'rising' | 'falling',
  scale: Scale = 'log',
): number | undefined {
  const sign = direction === 'rising' ? 1 : -1;
  const points = sortByX(curve);
  const reached = points.findIndex((point) => sign * (point.y - level) >= 0);
  if (reached <= 0) return undefined;
  return between(points[reached - 1]!, points[reached]!, level, scale);
}

/** y at x, or undefined outside the curve. */
export function valueAt(curve: readonly CurvePoint[], x: number, scale: Scale = 'log'): number | undefined {
  const points = sortByX(curve);
  const after = points.findIndex((point) => point.x >= x);
  if (after < 0) return undefined;
  const b = points[after]!;
  if (b.x === x) return b.y;
  const a = points[after - 1];
  if (!a) return undefined;
  const position = scale === 'log' ? Math.log(x / a.x) / Math.log(b.x / a.x) : (x - a.x) / (b.x - a.x);
  return a.y + position * (b.y - a.y);
}

/** The best y so far, in order of x: a noisy training curve made monotone. */
export function runningBest(curve: readonly CurvePoint[], better: 'lower' | 'higher'): CurvePoint[] {
  let best = better === 'lower' ? Infinity : -Infinity;
  return sortByX(curve).map(({ x, y }) => {
    best = better === 'lower' ? Math.min(best, y) : Math.max(best, y);
    return { x, y: best };
  });
}

/**
 * Where two curves reach the same y: the best that both reach, so that neither is extrapolated.
 * @returns undefined where one begins better than the other ends
 */
export function equalLevel(
  first: readonly CurvePoint[],
  second: readonly CurvePoint[],
  better: 'lower' | 'higher',
): { level: number; first: number; second: number } | undefined {
  const curves = [runningBest(first, better), runningBest(second, better)] as const;
  const ends = curves.map((curve) => curve.at(-1)?.y ?? NaN);
  const level = better === 'lower' ? Math.max(...ends) : Math.min(...ends);
  const direction = better === 'lower' ? 'falling' : 'rising';
  const [a, b] = curves.map((curve) => firstCrossing(curve, level, direction));
  return a === undefined || b === undefined ? undefined : { level, first: a, second: b };
}

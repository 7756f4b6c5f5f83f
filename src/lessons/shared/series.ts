/** Series of figures from points. */
import type { Role, Series, Text } from '../lesson.ts';
import type { Point } from './runs.ts';

export function series(name: Text, role: Role, mark: Series['mark'], points: readonly Point[]): Series {
  return { name, role, mark, x: points.map(({ x }) => x), y: points.map(({ y }) => y) };
}

/** One size of several: `index` 0 is the smallest. */
export function sizeSeries(
  name: Text,
  [index, of]: [index: number, of: number],
  mark: Series['mark'],
  points: readonly Point[],
): Series {
  return { ...series(name, 'size', mark, points), rank: [index, of] };
}

/** A value that does not depend on x, as a line from `low` to `high`. */
export function levelLine(name: Text, value: number, [low, high]: readonly [number, number]): Series {
  return series(name, 'reference', 'line', [
    { x: low, y: value },
    { x: high, y: value },
  ]);
}

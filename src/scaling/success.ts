/** Success as a probability over seeds: at the edge of an ability, some seeds find it and some do not. */
import { groupBy, type Interval, LEVEL, median, normalQuantile } from './statistics.ts';

/** Wilson's score interval of a proportion (JASA 22, 1927); honest also at 0 and at all. */
export function wilson(successes: number, trials: number, level = LEVEL): Interval {
  if (!(trials > 0) || successes < 0 || successes > trials) {
    throw new RangeError(`${successes} successes of ${trials} trials is no proportion.`);
  }
  const z = normalQuantile((1 + level) / 2);
  const p = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const middle = (p + z ** 2 / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / trials + z ** 2 / (4 * trials ** 2));
  return { estimate: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export interface SuccessRow {
  x: number;
  trials: number;
  successes: number;
  probability: Interval;
  /** Median ability over the seeds. */
  median: number;
}

/** Per size (or step), how many seeds reach `level`, by rising x. */
export function successBySize(
  runs: readonly { x: number; ability: number }[],
  level: number,
  intervalLevel = LEVEL,
): SuccessRow[] {
  return [...groupBy(runs, (run) => run.x)]
    .sort(([a], [b]) => a - b)
    .map(([x, group]) => {
      const successes = group.filter((run) => run.ability >= level).length;
      return {
        x,
        trials: group.length,
        successes,
        probability: wilson(successes, group.length, intervalLevel),
        median: median(group.map((run) => run.ability)),
      };
    });
}

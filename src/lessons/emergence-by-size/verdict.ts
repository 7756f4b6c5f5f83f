/** The verdict of emergence-by-size: whether the smallest model fails where the largest succeeds. */
import { isRefusal, median, sharpness, type SuccessRow, threshold } from '../../scaling/index.ts';
import type { Results, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import { same, text } from '../shared/text.ts';
import type { Group } from './measured.ts';

const FEWEST_SEEDS = 5;
/** Median exact match of the smallest model at most, of the largest at least. */
const ABSENT = 0.1;
export const PRESENT = 0.9;
/** From 10% to 90% of the final median takes at most this share of the sizes tried, in ln N: evenly it would take 0.8. */
const SUDDEN = 0.5;
/** A run between these is in neither heap. */
const NEITHER = [0.2, 0.8] as const;

const REFUTED_BY = text(
  `A median above ${ABSENT} at the smallest size, or below ${PRESENT} at the largest; or a rise from 10% to 90% that takes more than ${SUDDEN} of the range of sizes, in ln N.`,
  `最小的模型中位数高于 ${ABSENT}，或者最大的模型中位数低于 ${PRESENT}；或者从 10% 到 90% 的上升占了 ln N 范围的 ${SUDDEN} 以上。`,
);

export function verdictOf(
  results: Results,
  keys: readonly string[],
  groups: readonly Group[],
  rows: readonly SuccessRow[],
): Verdict {
  const missing = gap(results, keys);
  const [smallest, largest] = [rows[0], rows.at(-1)];
  const crossing = threshold(
    rows.map(({ x, median }) => ({ x, y: median })),
    0.5,
  );
  const rise = riseOf(groups);
  const numbers = known({
    smallestMedian: smallest?.median,
    largestMedian: largest?.median,
    thresholdWidth: typeof crossing === 'number' ? crossing : undefined,
    smallestShare: smallest?.probability.estimate,
    largestShare: largest?.probability.estimate,
    riseFactor: rise?.factor,
    riseShare: rise?.share,
    neitherShare: neitherShare(groups),
    ...Object.fromEntries(groups.map(({ width, exact }) => [`learned${width}`, learnedShare(exact)])),
  });
  if (missing || !smallest || !largest || groups.length < keys.length) {
    return notEnough(
      missing ?? text('There are no runs.', '还没有训练。'),
      REFUTED_BY,
      missing ? {} : numbers,
    );
  }
  const fewest = Math.min(...rows.map(({ trials }) => trials));
  if (fewest < FEWEST_SEEDS) {
    return notEnough(
      text(
        `One size has only ${fewest} seeds; near the threshold luck decides, so ${FEWEST_SEEDS} are needed.`,
        `有一种大小只有 ${fewest} 个种子；在阈值附近由运气决定，至少需要 ${FEWEST_SEEDS} 个。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const holds =
    smallest.median <= ABSENT && largest.median >= PRESENT && rise !== undefined && rise.share <= SUDDEN;
  const [low, high] = [smallest.median.toFixed(2), largest.median.toFixed(2)];
  // No model has a width between those that were tried.
  const [below, above] =
    typeof crossing === 'number'
      ? [rows.findLast(({ x }) => x < crossing)?.x, rows.find(({ x }) => x >= crossing)?.x]
      : [];
  const where =
    below !== undefined && above !== undefined && rise
      ? text(
          `; it passes one half between the widths ${below} and ${above}, and rises from 10% to 90% while the parameters grow ${rise.factor.toFixed(1)}-fold, ${percent(rise.share)} of the range tried. Of all runs, ${percent(neitherShare(groups))} ended between ${NEITHER[0]} and ${NEITHER[1]}`,
          `；在宽度 ${below} 与 ${above} 之间超过二分之一，从 10% 升到 90% 时参数增长到 ${rise.factor.toFixed(1)} 倍，占所试范围的 ${percent(rise.share)}。全部训练中有 ${percent(neitherShare(groups))} 最后在 ${NEITHER[0]} 与 ${NEITHER[1]} 之间`,
        )
      : same('');
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `The median of exact match over ${fewest} seeds goes from ${low} at width ${smallest.x} to ${high} at width ${largest.x}${where.en}.`,
      `${fewest} 个种子的精确匹配的中位数，从宽度 ${smallest.x} 的 ${low} 到宽度 ${largest.x} 的 ${high}${where.zh}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

/** How suddenly the median rises over the size: by what factor N must grow from 10% to 90%, and its share of the sizes tried, in ln N. */
function riseOf(groups: readonly Group[]): { factor: number; share: number } | undefined {
  const sizes = groups.map(({ run }) => run.parameters);
  const found = sharpness(groups.map(({ run, exact }) => ({ x: run.parameters, y: median(exact) })));
  if (isRefusal(found)) return undefined;
  const { factor } = found;
  return { factor, share: Math.log(factor) / Math.log(Math.max(...sizes) / Math.min(...sizes)) };
}

/** Of all runs, those that neither failed nor succeeded: few where luck makes two heaps. */
function neitherShare(groups: readonly Group[]): number {
  const all = groups.flatMap(({ exact }) => exact);
  return all.filter((value) => value > NEITHER[0] && value < NEITHER[1]).length / all.length;
}

const learnedShare = (exact: readonly number[]): number =>
  exact.filter((value) => value >= PRESENT).length / exact.length;

const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** Ranges and ticks of axes, safe for any data: logarithms of nothing and empty ranges do not exist here. */

export type Range = [min: number, max: number];

/**
 * Magnitudes that an axis shows; what lies beyond is drawn at its end. Their differences, and their ratios as
 * logarithms, are numbers, which those of the largest and the smallest doubles are not.
 */
const LARGEST = 1e300;
const SMALLEST = 1e-300;

/** The range over the finite (on log axes: positive) values, or undefined where there are none. */
export function extent(values: Iterable<number | null>, log: boolean): Range | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value === null || !Number.isFinite(value) || (log && value <= 0)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? [shown(min, log), shown(max, log)] : undefined;
}

const shown = (value: number, log: boolean): number =>
  Math.min(LARGEST, Math.max(log ? SMALLEST : -LARGEST, value));

/** A range that an axis can show: never empty, positive on log axes, with `margin` (a fraction) at both ends. */
export function axisRange(range: Range | undefined, log: boolean, margin: number): Range {
  if (!range) return log ? [0.1, 1] : [0, 1];
  let [min, max] = range.map((end) => shown(end, log)) as Range;
  if (log) {
    if (max / min < 1.05) [min, max] = [min / 1.5, max * 1.5];
    const pad = margin * (Math.log10(max) - Math.log10(min));
    return [10 ** Math.max(-305, Math.log10(min) - pad), 10 ** Math.min(305, Math.log10(max) + pad)];
  }
  if (max - min < 1e-9 * Math.max(1, Math.abs(max))) {
    const half = Math.abs(max) * 0.1 || 0.5;
    [min, max] = [min - half, max + half];
  }
  const pad = (max - min) * margin;
  // Losses are never negative: no margin below zero.
  return [min >= 0 && min < pad ? 0 : min - pad, max + pad];
}

/** Round numbers in [min, max], about `count`. */
export function linearTicks(min: number, max: number, count: number): number[] {
  const rough = (max - min) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(min / unit - 1e-9);
  const ticks: number[] = [];
  // A range without an end or without a width has no ticks, and none has many more than were asked for.
  const most = Math.min(Math.floor((max - min) / unit + 1e-9), 2 * Math.max(1, count));
  for (let i = 0; i <= most && Number.isSafeInteger(first); i++) {
    const tick = Number(((first + i) * unit).toPrecision(12));
    if (Number.isFinite(tick) && tick <= max + unit * 1e-9 && tick !== ticks.at(-1)) ticks.push(tick);
  }
  return ticks;
}

/** Powers of ten in [min, max]; 1, 2, 5 where there are few of them; plain round numbers where there are none. */
export function logTicks(min: number, max: number, count: number): number[] {
  if (!(min > 0 && max > min && max < Infinity)) return [];
  const [low, high] = [Math.log10(min), Math.log10(max)];
  const decades = high - low;
  if (decades < 0.7) return linearTicks(min, max, count).filter((tick) => tick > 0);
  const every = Math.max(1, Math.ceil(decades / count));
  const factors = decades * 3 <= count ? [1, 2, 5] : decades * 2 <= count ? [1, 3] : [1];
  const ticks: number[] = [];
  for (let power = every * Math.floor(low / every); power <= high; power += every) {
    for (const factor of factors) {
      const tick = Number(`${factor}e${power}`);
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  }
  return ticks;
}

/** Index of the position nearest to x in a rising list; −1 in an empty one. */
export function nearest(positions: ArrayLike<number>, x: number): number {
  if (!positions.length) return -1;
  let low = 0;
  let high = positions.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (positions[middle]! <= x) low = middle;
    else high = middle;
  }
  return Math.abs(positions[low]! - x) <= Math.abs(positions[high]! - x) ? low : high;
}

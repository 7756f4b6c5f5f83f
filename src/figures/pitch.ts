/** Losses and curves as pitches: what is higher sounds higher, and equal steps on the axis are equal intervals. */
import type { Axis, Figure } from '../findings/findings.ts';

/** The lowest pitch, Hz, and how many octaves lie above it. */
const LOWEST = 196;
const OCTAVES = 2;
/** More voices than this are no chord any more. */
const MOST_VOICES = 4;
/** On a logarithmic axis what is not positive is as low as a thousandth of the highest. */
const LEAST_SHARE = 1e-3;

/** @param range of the values that sound lowest and highest @returns Hz; the ends of the range for what lies beyond */
export function pitchOf(value: number, [low, high]: readonly [number, number], scale: Axis['scale']): number {
  const least = scale === 'log' ? Math.max(low, high * LEAST_SHARE) : low;
  const on = (y: number): number => (scale === 'log' ? Math.log(Math.max(y, least)) : y);
  const share = (on(value) - on(least)) / (on(high) - on(least) || 1);
  return LOWEST * 2 ** (OCTAVES * Math.min(1, Math.max(0, share)));
}

/** A figure's curves as voices, without what is only there to be compared with. */
function voicesOf({ series }: Figure): Figure['series'] {
  return series.filter(({ role }) => role !== 'fit' && role !== 'reference').slice(0, MOST_VOICES);
}

/** The places at which a figure can be heard, ascending. */
export function placesOf(figure: Figure): number[] {
  return [...new Set(voicesOf(figure).flatMap(({ x }) => x))].toSorted((a, b) => a - b);
}

/** The chord of a figure at a place, Hz: a voice for each curve that has a value there. */
export function chordAt(figure: Figure, at: number): number[] {
  const voices = voicesOf(figure);
  const heights = voices.flatMap(({ y }) => y.filter(isHeard));
  const range = [Math.min(...heights), Math.max(...heights)] as const;
  return voices.flatMap(({ x, y }) => {
    const value = y[x.indexOf(at)];
    return isHeard(value) ? [pitchOf(value, range, figure.y.scale)] : [];
  });
}

/** The chord of a run under way, Hz: a voice for each replica, from the loss that it began with down to the floor. */
export function chordOf(losses: readonly ArrayLike<number>[], floor: number | undefined): number[] {
  return losses.slice(0, MOST_VOICES).flatMap((values) => {
    const [first, last] = endsOf(values);
    return isHeard(first) && isHeard(last) ? [pitchOf(last, [floor ?? 0, first], 'log')] : [];
  });
}

/** Of the way from the first loss to the floor so much is left where the bell is struck. */
const NEAR = 0.02;

/** Whether a run has come to its floor, on average over its replicas; never where none is known. */
export function isAtFloor(losses: readonly ArrayLike<number>[], floor: number | undefined): boolean {
  if (floor === undefined || !losses.length) return false;
  const left = losses.map((values) => {
    const [first = NaN, last = NaN] = endsOf(values);
    return (last - floor) / (first - floor);
  });
  return left.reduce((sum, each) => sum + each, 0) / left.length <= NEAR;
}

const endsOf = (values: ArrayLike<number>): [first: number | undefined, last: number | undefined] => [
  values[0],
  values[values.length - 1],
];

const isHeard = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

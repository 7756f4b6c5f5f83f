/** The runs of the-bill: the one that is billed, and two shorter ones, by which a better one can be priced. */
import type { Size } from '../lesson.ts';

export const KEY = 'run';
/** Wide models fill a device better than narrow ones; still far from its peak. */
export const DESIGNS: Record<Size, { width: number; steps: number }> = {
  small: { width: 64, steps: 250 },
  standard: { width: 128, steps: 500 },
  large: { width: 128, steps: 2000 },
};

/** Of the steps, each to the end of its own schedule. */
const SHORTER = { quarter: 1 / 4, half: 1 / 2 };
export const SHORTER_KEYS = Object.keys(SHORTER);

/** Keys and steps of all runs, the shortest first: the billed one is the last. */
export function lengths(size: Size): [key: string, steps: number][] {
  const { steps } = DESIGNS[size];
  const shorter = Object.entries(SHORTER).map(([key, share]): [string, number] => [
    key,
    Math.round(share * steps),
  ]);
  return [...shorter, [KEY, steps]];
}

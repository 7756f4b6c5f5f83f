/** The pairs of overtraining: a small model trained longer, and a larger one of equal loss. */
import type { Size } from '../lesson.ts';
import { keyOf } from '../shared/facts-models.ts';

/** One size at two lengths, every run with its own schedule: a point on a run's way is no finished model. */
export interface Pair {
  width: number;
  /** the shorter run first */
  steps: [number, number];
}

const STANDARD = {
  small: { width: 32, steps: [1600, 2000] },
  large: { width: 64, steps: [400, 500] },
} satisfies Record<string, Pair>;

export const DESIGNS: Record<Size, { small: Pair; large: Pair }> = {
  small: { small: { width: 16, steps: [700, 1000] }, large: { width: 32, steps: [200, 250] } },
  standard: STANDARD,
  large: STANDARD,
};

export const keysOf = ({ width, steps }: Pair): string[] => steps.map((steps) => keyOf(width, steps));

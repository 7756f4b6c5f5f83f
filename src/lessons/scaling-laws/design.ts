/** Which models scaling-laws trains, and how wide a band counts. */
import type { Size } from '../lesson.ts';

export const FITTED = [8, 12, 16, 24, 32, 48, 64];
export const HELD_OUT = 128;

/** Steps of the runs on which the verdict rests, and of the further runs of the grid in N and D. */
export const DESIGNS: Record<Size, { steps: number; further: number[] }> = {
  small: { steps: 250, further: [] },
  standard: { steps: 1000, further: [] },
  large: { steps: 1000, further: [250, 500, 2000, 4000, 8000] },
};

/** Nats to each side: what the law itself gets wrong. */
export const LEAST_HALF_WIDTH = 0.008;

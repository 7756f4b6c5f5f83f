/** Which models scaling-laws trains, and how wide a band counts. */
import type { Size } from '../lesson.ts';

export const FITTED = [8, 12, 16, 24, 32, 48, 64];
export const HELD_OUT = 128;

/** The model that is trained longer than the grid: held out in D, as the widest is in N and in C. */
export const LONGER_WIDTH = 32;

export interface Design {
  /** steps of the runs from which the eighth model is predicted */
  steps: number;
  /** of the further runs of the grid in N and D */
  further: number[];
  /** of the run that is held out in D */
  longer: number;
}

export const DESIGNS: Record<Size, Design> = {
  small: { steps: 250, further: [60, 125], longer: 500 },
  standard: { steps: 1000, further: [125, 250, 500], longer: 2000 },
  large: { steps: 1000, further: [250, 500, 2000, 4000], longer: 8000 },
};

/** Nats to each side: what the law itself gets wrong. */
export const LEAST_HALF_WIDTH = 0.008;

/** The budgets and sizes of compute-optimal. */
import type { Size } from '../lesson.ts';
import { ISOFLOP, type IsoflopDesign } from '../shared/isoflop.ts';

/** Of each model: their scatter is what the exponent's interval goes by. */
export const REPLICAS = 3;

export const DESIGNS: Record<Size, IsoflopDesign> = {
  small: ISOFLOP.small,
  standard: ISOFLOP.standard,
  large: ISOFLOP.standard,
};

/** The sizes and learning rates of loss-decides, its runs at equal compute, and the keys of their runs. */
import type { Size } from '../lesson.ts';
import { ISOFLOP, type IsoflopDesign } from '../shared/isoflop.ts';
import { type Band, BANDS } from './bands.ts';

interface Design {
  widths: number[];
  steps: number;
  bands: readonly Band[];
  /** the finished models at equal compute */
  fair: IsoflopDesign;
}

const STANDARD: Design = { widths: [8, 16, 32, 64, 128], steps: 2000, bands: BANDS, fair: ISOFLOP.standard };

export const DESIGNS: Record<Size, Design> = {
  small: { widths: [8, 16, 32], steps: 500, bands: BANDS.slice(0, 2), fair: ISOFLOP.small },
  standard: STANDARD,
  large: { ...STANDARD, steps: 4000 },
};

/** By width; constant, so that every checkpoint is a model in its own right and not a run cut short. */
export const LEARNING_RATES: Record<number, number> = {
  8: 1.5e-2,
  16: 1e-2,
  32: 1e-2,
  64: 5e-3,
  128: 3.5e-3,
};

/** Steps from one checkpoint to the next grow by this factor. */
export const SPACING = 1.4;

export const keyOf = (width: number): string => `w${width}`;

/** One size learns from other data, in which rare facts come more often; both are held to the same loss. */
export const OTHER_DATA = { key: 'other-data', width: 32, sampling: 0.8 };

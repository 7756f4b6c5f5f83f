/** What a chart shows. Positions are training steps; a chosen axis converts them. */

export interface ChartSeries {
  id: string;
  label: string;
  /** rising positions */
  x: ArrayLike<number>;
  /** measured values, as many as positions; what is not finite is not drawn */
  y: ArrayLike<number>;
  /** token of the colour, such as `c1` */
  color: string;
  /** lengths of line and gap, px; a second sign beside the colour */
  dash?: number[];
  /** width of the line, px (2) */
  width?: number;
  /** one of many: drawn thin and pale, not in the legend */
  thin?: boolean;
  /** few points that deserve a marker each */
  markers?: boolean;
  /** false: markers only */
  line?: boolean;
  /** a band from low to high at the same positions, as pale ground */
  band?: { low: ArrayLike<number>; high: ArrayLike<number>; label: string } | undefined;
  /** jumps from point to point: a choice of the chart smooths it */
  noisy?: boolean;
}

/** A value that is known without measuring, as a horizontal line. */
export interface ReferenceLine {
  value: number;
  label: string;
  color: string;
  dash?: number[];
  /** the label stands below the line */
  below?: boolean;
  /** may lie outside of the picture: does not stretch the vertical axis */
  optional?: boolean;
}

/** A choice of the horizontal axis. */
export interface XAxis {
  id: string;
  label: string;
  /** from a step to this axis; rising */
  convert: (step: number) => number;
  /** where the axis ends at least, in its own unit */
  end?: number;
}

/** What is to be drawn on the chart. */
export interface Asked {
  kind: Prediction['kind'];
  /** between these places of the horizontal axis; all of it where nothing is said */
  from?: number | undefined;
  to?: number | undefined;
  /** stands in the field until something is drawn */
  hint?: string;
}

/** What a chart shows at least, so that its axes stand before anything is measured, and stay. */
export interface ChartFrame {
  x: readonly [number, number];
  y: readonly [number, number];
}

/** What a learner expects: a height (one point), a place (one point) or a curve (its points, x rising). */
export interface Prediction {
  kind: 'level' | 'point' | 'curve';
  points: readonly (readonly [x: number, y: number])[];
}

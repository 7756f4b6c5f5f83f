/** Pictures as the element draws them: their texts are in one language already. */

export interface Panel<Frame> {
  name: string;
  isControl?: boolean;
  frames: readonly (Frame | null)[];
  reading?: { label: string; values: readonly (number | null)[] };
}

export type Mark = 'right' | 'wrong' | 'given';

export interface MarkedRow {
  parts: readonly { text: string; mark: Mark }[];
  mark?: Mark;
}

interface Common {
  name: string;
  title: string;
  look: string;
  untrained?: string;
  place: string;
  at: readonly number[];
  track?: {
    label: string;
    range: readonly [low: number, high: number];
    curves: readonly { name: string; isControl?: boolean; y: readonly (number | null)[] }[];
  };
}

export type PointsPicture = Common & {
  kind: 'points';
  points: readonly string[];
  panels: readonly (Panel<readonly number[]> & { turns: readonly number[] })[];
};
export type GridPicture = Common & {
  kind: 'grid';
  rows: readonly string[];
  columns: readonly string[];
  panels: readonly Panel<string>[];
};
export type BarsPicture = Common & {
  kind: 'bars';
  bars: readonly { name: string; isMarked?: boolean }[];
  most: number;
  panels: readonly Panel<readonly number[]>[];
};
export type RowsPicture = Common & {
  kind: 'rows';
  isWall?: boolean;
  panels: readonly Panel<readonly MarkedRow[]>[];
};
export type LinesPicture = Common & {
  kind: 'lines';
  x: readonly number[];
  range: readonly [low: number, high: number];
  curves: readonly { name: string; isReference?: boolean }[];
  given?: { name: string; points: readonly (readonly [x: number, y: number])[] };
  panels: readonly Panel<readonly (readonly number[])[]>[];
};

export type InsidePicture = PointsPicture | GridPicture | BarsPicture | RowsPicture | LinesPicture;

/** The place of the chart that a picture should show has changed: by the slider, by play, or by keys. */
export class PlaceEvent extends Event {
  static readonly type = 'lab-place';
  /**
   * @param at place on the axis; undefined where the picture follows the latest frame
   * @param picture its name
   */
  constructor(
    readonly at: number | undefined,
    readonly picture: string,
  ) {
    super(PlaceEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-place': PlaceEvent;
  }
}

/** The last frame up to a place; the first frame where there is none. */
export function frameAt(at: readonly number[], place: number): number {
  let frame = 0;
  for (let i = 0; i < at.length; i++) if (at[i]! <= place) frame = i;
  return frame;
}

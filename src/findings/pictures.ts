/** Pictures of the inside of models, as data: a picture is a list of frames, each at a place on a chart's axis. */
import type { Size, Text } from './findings.ts';

/** What one model, or one group of them, shows: a frame for each place of the picture. */
export interface Panel<Frame> {
  name: Text;
  /** it is there to be compared with, and claims nothing */
  isControl?: boolean;
  /** null where there is nothing to be seen yet */
  frames: (Frame | null)[];
  /** a number that is read beside each frame */
  reading?: { label: Text; values: (number | null)[] };
}

/** A curve under the picture, over the same places. */
export interface Track {
  label: Text;
  range: [low: number, high: number];
  curves: { name: Text; isControl?: boolean; y: (number | null)[] }[];
}

/** How it went with what a sign or a row stands for. */
export type Mark = 'right' | 'wrong' | 'given';

/** Some words or signs, each with its mark; a whole row may have one, too. */
export interface MarkedRow {
  parts: { text: string; mark: Mark }[];
  mark?: Mark;
}

interface Common {
  name: string;
  title: Text;
  /** what to look at, in one line */
  look: Text;
  /** what it looks like where there is nothing to see, such as in weights that nobody has trained */
  untrained?: Text;
  /** names of the figures on whose horizontal axis the places lie; none: those over steps */
  figures: readonly string[];
  /** what a place is: a step, a number of parameters */
  place: Text;
  /** ascending */
  at: number[];
  track?: Track;
}

export type Picture = Common &
  (
    | {
        /** points in a plane, in the square from −1 to 1 */
        kind: 'points';
        /** the name of each point */
        points: string[];
        /** flat: x and y of each point; and by frame how often the colours go round from the first point to the last */
        panels: (Panel<number[]> & { turns: number[] })[];
      }
    | {
        /** values between 0 and 1 by row and column, encoded by `levels` */
        kind: 'grid';
        rows: string[];
        columns: string[];
        panels: Panel<string>[];
      }
    | {
        /** values by name, from 0 to `most` */
        kind: 'bars';
        bars: { name: Text; isMarked?: boolean }[];
        most: number;
        panels: Panel<number[]>[];
      }
    | {
        kind: 'rows';
        /** each row is a name and tiles, one for each model */
        isWall?: boolean;
        panels: Panel<MarkedRow[]>[];
      }
    | {
        /** curves over x; `given` are points that do not change */
        kind: 'lines';
        x: number[];
        range: [low: number, high: number];
        curves: { name: Text; isReference?: boolean }[];
        given?: { name: Text; points: [x: number, y: number][] };
        /** y of each curve */
        panels: Panel<number[][]>[];
      }
  );

/** What the pictures of a recorded run are kept as, in a file of their own. */
export interface RecordedPictures {
  lesson: string;
  size: Size;
  seed: number;
  device: string;
  /** ISO date */
  date: string;
  /** of the runs, as recordings have it: that of the lesson's recording where they are of the same device */
  digest: string;
  pictures: Picture[];
}

/** Signs of 64 levels, from 0 to 1. */
const LEVELS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Values between 0 and 1 as one sign each, to 1/63; what lies outside is cut off. */
export function levels(values: Iterable<number>): string {
  return Array.from(values, (value) => LEVELS[Math.round(63 * Math.min(1, Math.max(0, value || 0)))]).join(
    '',
  );
}

/** The value of a sign. */
export const levelOf = (sign: string): number => LEVELS.indexOf(sign) / 63;

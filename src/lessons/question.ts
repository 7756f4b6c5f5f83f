/**
 * What a lesson asks before it shows anything: an empty chart with what is given, and where the answer is drawn. Until
 * the learner has said what they expect, or asks to be shown, nothing else of the results is seen anywhere.
 */
import {
  type Axis,
  type Figure,
  type Findings,
  NO_VERDICT,
  type Role,
  type Series,
  type Text,
} from '../findings/findings.ts';

/** A height, a place on the horizontal axis, a curve; or a number that no axis has. */
export const PREDICTION_KINDS = ['level', 'point', 'curve', 'number'] as const;
export type PredictionKind = (typeof PREDICTION_KINDS)[number];

/** Of a prediction: of a level and of a plain number the second of the one point, of a place the first. */
export type Points = readonly (readonly [x: number, y: number])[];

export type QuestionAxis = Axis & {
  /** what the axis shows at least, before and after */
  range: readonly [number, number];
};

/** @param said by the learner, as a number */
export type Climax = (findings: Findings, said: number | undefined) => Figure | undefined;

export interface Question {
  kind: PredictionKind;
  /** name of the verdict's number that the prediction is held against */
  value: string;
  /** what stands behind that number, such as × */
  unit?: Text;
  /** name of the figure that is on the chart while the answer waits */
  figure: string;
  x: QuestionAxis;
  y: QuestionAxis;
  /** what shall be drawn, in a few words */
  hint: Text;
  /** Series that may be seen before, of the recorded run or of one's own. */
  given: (figure: Figure) => Series[];
  /** The series that a drawn curve is held against. */
  asked?: (figure: Figure) => Series | undefined;
  /** where along x the answer is drawn; all of the chart where nothing is said */
  from?: number;
  to?: number;
  /** The number that a drawn curve says; infinite where it says "never". */
  said?: (points: Points, given: readonly Series[]) => number | undefined;
  /** an answer that is a button instead of a drawing */
  never?: { label: Text; points: Points };
  /** the distance at which a prediction is worth nothing: a factor on a logarithmic scale, a difference on a linear one */
  far: { factor: number } | { difference: number };
  /** replayed from left to right, or series after series */
  replay?: 'x' | 'series';
  /** A picture of the end, from nearby; what draws it is loaded when it is there. */
  climax?: () => Promise<Climax>;
}

/** Findings without anything that is asked. */
export function conceal(question: Question, findings: Findings | undefined): Findings {
  const { figure: name, x, y, hint } = question;
  const figure = findings?.figures.find((one) => one.name === name);
  const axis = ({ label, scale }: Axis): Axis => ({ label, scale });
  return {
    tables: [],
    fits: {},
    verdict: NO_VERDICT,
    figures: [{ name, title: hint, x: axis(x), y: axis(y), series: figure ? question.given(figure) : [] }],
  };
}

/** Nothing is given but the axes. */
export const NOTHING_GIVEN = (): Series[] => [];

export const ofRole = ({ series }: Figure, ...roles: Role[]): Series[] =>
  series.filter(({ role }) => roles.includes(role));

/** What a series says up to a place of the horizontal axis. */
export function upTo(series: Series, end: number): Series {
  const kept = series.x.flatMap((x, i) => (x <= end ? [i] : []));
  return pick(series, kept);
}

/** The points of a series with these places in its lists. */
export function pick(series: Series, places: readonly number[]): Series {
  const of = <T>(list: readonly T[]): T[] => places.map((i) => list[i]!);
  const { x, y, low, high } = series;
  return { ...series, x: of(x), y: of(y), ...(low && { low: of(low) }), ...(high && { high: of(high) }) };
}

/** At most so many points of a series travel in a link. */
const MOST_POINTS = 40;

/** The measured points of a series, or so many of them, evenly chosen. */
export function thinned({ x, y }: Series): [x: number, y: number][] {
  const points = x.flatMap((at, i): [number, number][] =>
    typeof y[i] === 'number' && Number.isFinite(y[i]) ? [[at, y[i]]] : [],
  );
  return evenly(points, MOST_POINTS);
}

/** The first and the last, and of what lies between as many as there is room for. */
export function evenly<T>(items: readonly T[], most: number): T[] {
  const every = Math.max(1, (items.length - 1) / (most - 1));
  const count = Math.min(items.length, most);
  return Array.from({ length: count }, (_, i) => items[Math.round(i * every)]!);
}

/** Where a drawn curve first reaches a height: x, or Infinity. */
export function reaches(points: Points, height: number): number {
  return points.find(([, y]) => y >= height)?.[0] ?? Infinity;
}

/** Height of the last point of a drawn curve. */
export const ending = (points: Points): number | undefined => points.at(-1)?.[1];

/** Height of a curve at a place between its points, on a straight line; at its ends it stays as high. */
export function heightAt(points: Points, x: number): number | undefined {
  const right = points.findIndex((point) => point[0] >= x);
  if (right < 0) return ending(points);
  const [x1, y1] = points[right]!;
  const [x0, y0] = points[right - 1] ?? [x1, y1];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

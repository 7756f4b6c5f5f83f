/** From series and a choice of axes to the table and the ranges that the plot draws. */
import { bucketStarts, columnsOf, join, thin, union } from './rows.ts';
import { axisRange, extent, type Range } from './scale.ts';
import type { ChartFrame, ChartSeries, ReferenceLine, XAxis } from './types.ts';

export interface Layout {
  /** positions on the chosen axis, then a column per line and band edge */
  data: [number[], ...(number | null)[][]];
  ranges: { x: Range; y: Range };
}

export interface LayoutOptions {
  axis: XAxis;
  logX: boolean;
  logY: boolean;
  /** px */
  width: number;
  lines: readonly ReferenceLine[];
  /** further heights that shall be in the picture */
  heights?: readonly number[];
  /** what the picture shows at least */
  frame?: ChartFrame | undefined;
}

const MARGIN_Y = 0.09;
/** Markers at the ends are not cut. */
const MARGIN_X_OF_POINTS = 0.04;

/** Points that a drawing has at most, unless that leaves a curve fewer than one for each pixel: strokes cost the most. */
const MOST_POINTS = 8000;

/** Curves are thinned to two points for each pixel or fewer; on log axes only positive values stay. */
export function layOut(series: readonly ChartSeries[], options: LayoutOptions): Layout {
  const { logX, logY, lines } = options;
  const { convert } = options.axis;
  const x = rangeX(series, options);
  const scale = (value: number): number => (logX ? Math.log(value) : value);
  const [from, to] = [scale(x[0]), scale(x[1])];
  const all = columnsOf(series);
  // Of each bucket the lowest and the highest value stay.
  const buckets = Math.max(options.width / 2, Math.min(options.width, MOST_POINTS / (2 * all.length)));
  const bucket = (position: number): number => {
    const value = convert(position);
    return logX && value <= 0 ? -1 : Math.floor((buckets * (scale(value) - from)) / (to - from));
  };
  const starts = new Map<ArrayLike<number>, number[]>(); // Many curves share one list of positions.
  const columns = all.map((column) => {
    if (column.x.length <= 2 * buckets) return column;
    const known = starts.get(column.x) ?? bucketStarts(column.x, bucket);
    starts.set(column.x, known);
    return thin(column, known);
  });
  const positions = union(columns.map((column) => column.x)).filter((p) => !logX || convert(p) > 0);
  const rows = join(positions, columns, (y) => Number.isFinite(y) && (!logY || y > 0));
  const fixed = [
    ...lines.filter(({ optional }) => !optional).map(({ value }) => value),
    ...(options.heights ?? []),
    ...(options.frame?.y ?? []),
  ];
  const ends = [...rows, fixed].flatMap((row) => extent(row, logY) ?? []);
  return {
    data: [positions.map(convert), ...rows],
    ranges: { x, y: axisRange(extent(ends, logY), logY, MARGIN_Y) },
  };
}

/** From the first point that the axis can show to the last, or to where the axis says that it ends. */
function rangeX(series: readonly ChartSeries[], { axis, logX, frame }: LayoutOptions): Range {
  const ends = [...(axis.end === undefined ? [] : [axis.end]), ...(frame?.x ?? [])];
  for (const { x } of series) {
    if (!x.length) continue;
    let first = 0;
    while (logX && first < x.length - 1 && axis.convert(x[first]!) <= 0) first++;
    ends.push(axis.convert(x[first]!), axis.convert(x[x.length - 1]!));
  }
  // Before anything is measured the axis counts from nothing.
  if (ends.length === 1 && !logX) ends.push(0);
  const margin = series.some(({ line }) => line === false) ? MARGIN_X_OF_POINTS : 0;
  return axisRange(extent(ends, logX), logX, margin);
}

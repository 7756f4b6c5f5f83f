/** Where on a plot the names of its curves and points have room; loaded when a chart wants them there. */
import type uPlot from 'uplot';
import type { ChartStyle } from './style.ts';
import type { Asked, ChartSeries, Prediction } from './types.ts';

/** More curves than this have a legend alone. */
const MOST_NAMED = 14;
/** Side of a cell of the map of what is drawn, CSS px. */
const CELL = 6;
/** Places along a curve at which its name may stand, from its end to its beginning. */
const ALONG = [1, 0.86, 0.72, 0.55, 0.38, 0.22, 0];

type Spot = readonly [x: number, y: number];
interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
  /** the point that it is led to, where it stands apart */
  leader?: Spot;
}

/** Cells of the canvas on which something is drawn. */
class Taken {
  private readonly cells = new Set<string>();

  constructor(private readonly side: number) {}

  /** The line from spot to spot, or the spots alone. */
  draw(spots: readonly Spot[], isLine: boolean): void {
    for (const [i, [x, y]] of spots.entries()) {
      const [x0, y0] = (isLine ? spots[i - 1] : undefined) ?? [x, y];
      const steps = Math.ceil(Math.max(Math.abs(x - x0), Math.abs(y - y0)) / this.side) || 1;
      for (let k = 1; k <= steps; k++) this.add(x0 + ((x - x0) * k) / steps, y0 + ((y - y0) * k) / steps);
    }
  }

  fill(box: Box): void {
    for (const cell of this.cellsOf(box)) this.cells.add(cell);
  }

  isFree(box: Box): boolean {
    return this.cellsOf(box).every((cell) => !this.cells.has(cell));
  }

  private add(x: number, y: number): void {
    this.cells.add(`${Math.floor(x / this.side)} ${Math.floor(y / this.side)}`);
  }

  private cellsOf({ left, top, width, height }: Box): string[] {
    const cells: string[] = [];
    for (let x = Math.floor(left / this.side); x <= Math.floor((left + width) / this.side); x++) {
      for (let y = Math.floor(top / this.side); y <= Math.floor((top + height) / this.side); y++) {
        cells.push(`${x} ${y}`);
      }
    }
    return cells;
  }
}

/** Writes names where they touch nothing that is drawn. @returns ids of the curves that have theirs on the plot */
export function placeNames(
  plot: uPlot,
  series: readonly ChartSeries[],
  { colors, font }: ChartStyle,
  convert: (step: number) => number,
  prediction: Prediction | undefined,
  rows: readonly string[],
  asked: Asked | undefined,
): ReadonlySet<string> {
  const ratio = devicePixelRatio;
  const { ctx, bbox } = plot;
  const isRow = ({ label }: ChartSeries): boolean => rows.some((row) => row.startsWith(label));
  const all = series.filter(({ thin, label }) => !thin && label);
  // What has a row has its name there.
  const placed = new Set(all.filter(isRow).map(({ id }) => id));
  const named = all.filter((one) => !isRow(one));
  if (named.length > MOST_NAMED) return placed;
  const taken = new Taken(CELL * ratio);
  const spots = new Map(named.map((one) => [one, spotsOf(plot, one, convert)]));
  for (const one of series) taken.draw(spots.get(one) ?? spotsOf(plot, one, convert), one.line !== false);
  if (prediction) taken.draw(...predicted(plot, prediction));
  else if (asked?.hint) taken.fill(hintBox(plot, asked, 3.4 * font.size * ratio));

  ctx.save();
  ctx.font = `${font.size * ratio}px ${font.family}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  const height = 1.25 * font.size * ratio;
  const edge = { right: ctx.canvas.width - 2 * ratio, bottom: bbox.top + bbox.height };
  // What has one place has the first choice.
  for (const one of named.toSorted((a, b) => spots.get(a)!.length - spots.get(b)!.length)) {
    const width = ctx.measureText(one.label).width;
    const inPlot = (place: Box): Box => ({ ...place, top: Math.max(place.top, bbox.top) });
    const fits = ({ left, top }: Box): boolean =>
      left >= bbox.left && left + width <= edge.right && top + height <= edge.bottom;
    const box = placesOf(spots.get(one)!, one, width, height, 7 * ratio)
      .map(inPlot)
      .find((place) => fits(place) && taken.isFree(place));
    if (!box) continue;
    taken.fill(box);
    placed.add(one.id);
    // Colours of sizes go from pale to dark: too pale to be read.
    ctx.fillStyle = colors[/^s\d/.test(one.color) ? 'ink-2' : one.color]!;
    if (box.leader) lead(ctx, box, box.leader, colors['ink-3']!);
    ctx.lineWidth = 4 * ratio;
    ctx.strokeStyle = colors.card!;
    ctx.strokeText(one.label, box.left, box.top + height / 2);
    ctx.fillText(one.label, box.left, box.top + height / 2);
  }
  ctx.restore();
  return placed;
}

/** On the canvas, in its pixels; what lies outside of the plot is left out. */
function spotsOf(plot: uPlot, { x, y }: ChartSeries, convert: (step: number) => number): Spot[] {
  const { left, top, width, height } = plot.bbox;
  const spots: Spot[] = [];
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(y[i])) continue;
    const spot = [
      plot.valToPos(convert(x[i]!), 'x', true),
      plot.valToPos(y[i]!, 'y', true),
    ] as const satisfies Spot;
    const isInside =
      spot[0] >= left - 1 && spot[0] <= left + width + 1 && spot[1] >= top - 1 && spot[1] <= top + height + 1;
    if (isInside) spots.push(spot);
  }
  return spots;
}

/** Where it stands in words what shall be drawn: in the middle of the field. */
function hintBox(plot: uPlot, { from, to }: Asked, height: number): Box {
  const { bbox } = plot;
  const end = bbox.left + bbox.width;
  const left = from === undefined ? bbox.left : Math.max(bbox.left, plot.valToPos(from, 'x', true));
  const right = to === undefined ? end : Math.min(end, plot.valToPos(to, 'x', true));
  return { left, top: bbox.top + (bbox.height - height) / 2, width: right - left, height };
}

function predicted(plot: uPlot, { kind, points }: Prediction): [Spot[], boolean] {
  const { left, top, width, height } = plot.bbox;
  const spots = points.map(([x, y]): Spot => [plot.valToPos(x, 'x', true), plot.valToPos(y, 'y', true)]);
  const [[x, y] = [0, 0]] = spots;
  if (kind === 'level') return [[[left, y], [left + width, y]], true]; /* prettier-ignore */
  if (kind === 'point') return [[[x, top], [x, top + height]], true]; /* prettier-ignore */
  return [spots, true];
}

/** Boxes for a name, the best first: right of the last point, then above and below places further left. */
function placesOf(
  spots: readonly Spot[],
  { line = true }: ChartSeries,
  width: number,
  height: number,
  gap: number,
): Box[] {
  const last = spots.at(-1);
  if (!last) return [];
  const right = ([x, y]: Spot): Box => ({ left: x + 1.3 * gap, top: y - height / 2, width, height });
  const left = ([x, y]: Spot): Box => ({ left: x - 1.3 * gap - width, top: y - height / 2, width, height });
  const over = ([x, y]: Spot, share: number, side: -1 | 1): Box => ({
    left: x - share * width,
    top: y - height / 2 + side * (gap + height / 2),
    width,
    height,
  });
  const along = ALONG.map((share) => spots[Math.round(share * (spots.length - 1))]!);
  const near = along.flatMap((spot, i) => {
    const share = line ? Math.min(1, ALONG[i]! + 0.02) : 0.5;
    return ([-1, 1] as const).flatMap((side) => [over(spot, share, side), over(spot, 0.5, side)]);
  });
  const sides = line ? [right(last)] : [right(last), left(last)];
  return [
    ...sides,
    ...near,
    left(spots[0]!),
    right(spots[0]!),
    ...(line ? [] : apart(last, width, height, gap)),
  ];
}

/** Where points lie close together: further off, with a line to the point. */
function apart(spot: Spot, width: number, height: number, gap: number): Box[] {
  const [x, y] = spot;
  return [1.5, 2.6, 3.7, 4.8, 6, 7.2].flatMap((far) =>
    [1, -1].flatMap((side) =>
      [x + gap, x - gap - width, x - width / 2].map((left) => ({
        left,
        top: y + side * far * height - height / 2,
        width,
        height,
        leader: spot,
      })),
    ),
  );
}

/** From a point to the nearest edge of its name. */
function lead(ctx: CanvasRenderingContext2D, box: Box, [x, y]: Spot, color: string): void {
  const ratio = devicePixelRatio;
  const isBelow = box.top > y;
  ctx.strokeStyle = color;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(x, y + (isBelow ? 1 : -1) * 5 * ratio);
  ctx.lineTo(Math.min(Math.max(x, box.left), box.left + box.width), isBelow ? box.top : box.top + box.height);
  ctx.stroke();
}

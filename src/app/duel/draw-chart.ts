/** Draws a figure and a prediction on a canvas, as the chart shows them. */
import type { ChartSeries } from '../../components/index.ts';
import { tickTexts } from '../../components/people.ts';
import { layOut } from '../../components/chart/layout.ts';
import { linearTicks, logTicks, type Range } from '../../components/chart/scale.ts';
import { axisLabel, chartSeries, say, xAxisOf } from '../../figures/series.ts';
import type { Outcome } from './duel.ts';

/** px, from the left and the top of the picture */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Look {
  /** by the names of the page's tokens */
  color: (name: string) => string;
  font: (size: number, weight?: number) => string;
}

type Place = (value: number) => number;
type Context = CanvasRenderingContext2D;

/** Between the ends of a legend's entries, px. */
const ENTRY = 26;
const SWATCH = 30;

/** Ticks with their words, which depend on all of an axis. */
const named = (values: readonly number[]): (readonly [number, string])[] => {
  const texts = tickTexts(values);
  return values.map((value, i) => [value, texts[i]!] as const);
};

export function drawChart(ctx: Context, { figure, frame, said }: Outcome, box: Box, look: Look): void {
  const series = chartSeries(figure);
  const [logX, logY] = [figure.x.scale === 'log', figure.y.scale === 'log'];
  const options = { axis: xAxisOf(figure), logX, logY, width: box.width, lines: [], heights: [said], frame };
  const { ranges } = layOut(series, options);
  const bottom = box.top + box.height;
  const x = placer(ranges.x, logX, box.left, box.left + box.width);
  const y = placer(ranges.y, logY, bottom, box.top);
  ctx.lineWidth = 1;
  ctx.font = look.font(15);
  ctx.textBaseline = 'middle';
  ctx.strokeStyle = look.color('line');
  ctx.fillStyle = look.color('ink-2');
  ctx.textAlign = 'center';
  for (const [tick, words] of named(ticks(ranges.x, logX, box.width / 110))) {
    line(ctx, [x(tick), box.top], [x(tick), bottom]);
    ctx.fillText(words, x(tick), bottom + 18);
  }
  ctx.fillText(say(figure.x.label), box.left + box.width / 2, bottom + 42);
  ctx.textAlign = 'right';
  for (const [tick, words] of named(ticks(ranges.y, logY, box.height / 60))) {
    line(ctx, [box.left, y(tick)], [box.left + box.width, y(tick)]);
    ctx.fillText(words, box.left - 10, y(tick));
  }
  ctx.textAlign = 'left';
  ctx.fillText(axisLabel(figure.y), box.left, box.top - 18);
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top - 6, box.width + 8, box.height + 12);
  ctx.clip();
  for (const one of series) drawSeries(ctx, one, x, y, look);
  ctx.strokeStyle = look.color('predict');
  ctx.lineWidth = 3;
  ctx.setLineDash([9, 7]);
  line(ctx, [box.left, y(said)], [box.left + box.width, y(said)]);
  ctx.restore();
}

/** The names of its curves in rows no wider than the box. @param own how the prediction is called */
export function drawLegend(ctx: Context, { figure }: Outcome, own: string, box: Box, look: Look): void {
  const entries = [
    ...chartSeries(figure).filter(({ thin }) => !thin),
    { label: own, color: 'predict', dash: [9, 7], line: true },
  ];
  ctx.font = look.font(15);
  ctx.textAlign = 'left';
  let [left, top] = [box.left, box.top];
  for (const { label, color, dash, line: isLine = true } of entries) {
    const width = SWATCH + ctx.measureText(label).width;
    if (left > box.left && left + width > box.left + box.width) [left, top] = [box.left, top + 24];
    ctx.strokeStyle = look.color(color);
    ctx.lineWidth = 3;
    if (isLine) {
      ctx.setLineDash(dash ?? []);
      line(ctx, [left, top], [left + SWATCH - 8, top]);
      ctx.setLineDash([]);
    } else drawMarker(ctx, [left + SWATCH / 2 - 4, top], false);
    ctx.fillStyle = look.color('ink-2');
    ctx.fillText(label, left + SWATCH, top, box.width - SWATCH);
    left += width + ENTRY;
  }
}

function drawSeries(ctx: Context, series: ChartSeries, x: Place, y: Place, look: Look): void {
  const { band, color, dash, width = 2, line: isLine = true, markers } = series;
  const points = pointsOf(series.x, series.y, x, y);
  ctx.strokeStyle = ctx.fillStyle = look.color(color);
  if (band) {
    const edge = [...pointsOf(series.x, band.high, x, y), ...pointsOf(series.x, band.low, x, y).reverse()];
    ctx.globalAlpha = 0.16;
    trace(ctx, edge);
    ctx.fill();
    ctx.globalAlpha = 1;
  }
  ctx.lineWidth = 1.4 * width;
  if (isLine) {
    ctx.setLineDash(dash ?? []);
    trace(ctx, points);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  if (isLine && !markers) return;
  for (const point of points) drawMarker(ctx, point, isLine);
}

/** Points that no line joins are hollow, so that of two in one place both can be seen. */
function drawMarker(ctx: Context, [left, top]: readonly [number, number], isLine: boolean): void {
  ctx.beginPath();
  ctx.arc(left, top, isLine ? 4.5 : 6.5, 0, 2 * Math.PI);
  if (isLine) ctx.fill();
  else ctx.stroke();
}

const ticks = ([min, max]: Range, log: boolean, room: number): number[] =>
  (log ? logTicks : linearTicks)(min, max, Math.max(2, Math.floor(room)));

function line(ctx: Context, from: readonly [number, number], to: readonly [number, number]): void {
  trace(ctx, [from, to]);
  ctx.stroke();
}

function trace(ctx: Context, points: readonly (readonly [number, number])[]): void {
  ctx.beginPath();
  for (const [left, top] of points) ctx.lineTo(left, top);
}

function pointsOf(xs: ArrayLike<number>, ys: ArrayLike<number>, x: Place, y: Place): [number, number][] {
  return Array.from(xs, (value, i): [number, number] => [x(value), y(ys[i]!)]).filter((point) =>
    point.every(Number.isFinite),
  );
}

function placer([min, max]: Range, log: boolean, from: number, to: number): Place {
  const scale = (value: number): number => (log ? Math.log(value) : value);
  const [low, high] = [scale(min), scale(max)];
  return (value) => from + ((to - from) * (scale(value) - low)) / (high - low);
}

/** A figure as an SVG drawing, with the looks of the chart on the page, for what has no page: reports, pictures. */
import type { Axis, Figure, Role, Series } from '../findings/findings.ts';
import type { Language } from '../languages.ts';
import { FEW, type Look, lookOf } from './looks.ts';

export interface DrawingOptions {
  language: Language;
  /** what stands for a token, such as `c1` or `ink-2` */
  color: (token: string) => string;
  width?: number;
  height?: number;
}

/** Space around the plot, px. */
const ROOM = { top: 34, right: 18, bottom: 46, left: 64 };
const LEGEND_LINE = 20;
const SIZE = 13;
const FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif";
/** Points of a series that are named one by one when one points at them. */
const MOST_NAMED = 100;

interface Scale {
  (value: number): number;
  ticks: number[];
}

interface Drawn {
  series: Series;
  look: Look;
  name: string;
  /** what can be drawn on these axes, in the order of x */
  points: { x: number; y: number; low?: number; high?: number }[];
}

export function drawFigure(figure: Figure, options: DrawingOptions): string {
  const { language, color, width = 720, height = 420 } = options;
  const drawn = drawnOf(figure, language);
  const legend = legendRows(drawn, width - ROOM.left - ROOM.right);
  const top = ROOM.top + LEGEND_LINE * legend.length;
  const plot = { left: ROOM.left, right: width - ROOM.right, top, bottom: height - ROOM.bottom };
  const points = drawn.flatMap(({ points }) => points);
  const x = scaleOf(
    figure.x,
    points.map(({ x }) => x),
    [plot.left, plot.right],
  );
  const heights = points.flatMap(({ y, low = y, high = y }) => [y, low, high]);
  const y = scaleOf(figure.y, heights, [plot.bottom, plot.top]);
  const title = figure.title[language];
  const texts = [
    textAt(plot.left, 20, title, color('ink'), 'start', 'font-weight="600"'),
    textAt((plot.left + plot.right) / 2, height - 8, figure.x.label[language], color('ink-2'), 'middle'),
    textAt(
      0,
      0,
      figure.y.label[language],
      color('ink-2'),
      'middle',
      `transform="translate(16 ${(plot.top + plot.bottom) / 2}) rotate(-90)"`,
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="${FONT}" font-size="${SIZE}">`,
    `<rect width="${width}" height="${height}" fill="${color('card')}"/>`,
    ...texts,
    ...legendMarks(legend, color),
    ...gridLines(x, y, plot, color),
    ...drawn.map(({ look, points }) => bandOf(points, x, y, color(look.color))),
    ...drawn.map((one) => curveOf(one, x, y, color(one.look.color))),
    '</svg>',
  ].join('\n');
}

function drawnOf({ series, x, y }: Figure, language: Language): Drawn[] {
  const seen = new Map<Role, number>();
  const fits = (value: unknown, { scale }: Axis): value is number =>
    typeof value === 'number' && Number.isFinite(value) && (scale === 'linear' || value > 0);
  return series.map((one) => {
    const nth = seen.get(one.role) ?? 0;
    seen.set(one.role, nth + 1);
    const points = one.x.flatMap((at, i) => {
      const value = one.y[i];
      if (!fits(at, x) || !fits(value, y)) return [];
      const [low, high] = [one.low?.[i], one.high?.[i]];
      return [{ x: at, y: value, ...(fits(low, y) && fits(high, y) && { low, high }) }];
    });
    points.sort((a, b) => a.x - b.x);
    return { series: one, look: lookOf(one, nth), name: one.name[language], points };
  });
}

function scaleOf({ scale: kind }: Axis, values: readonly number[], range: [number, number]): Scale {
  const { low, high } = ends(values);
  if (kind === 'log') return placedByLog(low, high, range);
  const ticks = evenTicks(low, high);
  return placed(ticks[0]!, ticks.at(-1)!, range, (value) => value, ticks);
}

/** With a little room at both ends, so that no curve runs along the edge. */
function placedByLog(low: number, high: number, range: [number, number]): Scale {
  const room = (high / low) ** 0.03;
  const [from, to] = [low / room, high * room];
  return placed(Math.log(from), Math.log(to), range, Math.log, logTicks(from, to));
}

function placed(
  low: number,
  high: number,
  [first, last]: [number, number],
  of: (value: number) => number,
  ticks: number[],
): Scale {
  const place = (value: number): number => first + ((of(value) - low) / (high - low)) * (last - first);
  return Object.assign(place, { ticks });
}

/** The least and the greatest, apart from each other; 1 to 2 where there is nothing. */
function ends(values: readonly number[]): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return { low: 1, high: 2 };
  if (low < high) return { low, high };
  return low === 0
    ? { low: -1, high: 1 }
    : { low: low - Math.abs(low) / 10, high: high + Math.abs(high) / 10 };
}

/** About six round numbers, from below the least to above the greatest. */
function evenTicks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.75)!;
  const first = Math.floor(low / step + 1e-9);
  const count = Math.ceil(high / step - 1e-9) - first;
  return Array.from({ length: count + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, every so many where there are many, and 2 and 5 times these where there are few. */
function logTicks(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const every = Math.ceil((last - first) / 8);
  const factors = last - first > 3 ? [1] : [1, 2, 5];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(
    (power) => power % every === 0,
  );
  return powers
    .flatMap((power) => factors.map((factor) => factor * 10 ** power))
    .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}

type Plot = Record<'left' | 'right' | 'top' | 'bottom', number>;

function gridLines(x: Scale, y: Scale, plot: Plot, color: DrawingOptions['color']): string[] {
  const line = (x1: number, y1: number, x2: number, y2: number): string =>
    `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" stroke="${color('line')}"/>`;
  return [
    ...y.ticks.flatMap((tick) => [
      line(plot.left, y(tick), plot.right, y(tick)),
      textAt(plot.left - 8, y(tick) + 4, tickText(tick), color('ink-2'), 'end'),
    ]),
    ...x.ticks.flatMap((tick) => [
      line(x(tick), plot.bottom, x(tick), plot.bottom + 5),
      textAt(x(tick), plot.bottom + 20, tickText(tick), color('ink-2'), 'middle'),
    ]),
    line(plot.left, plot.bottom, plot.right, plot.bottom),
  ];
}

function bandOf(points: Drawn['points'], x: Scale, y: Scale, color: string): string {
  const band = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  if (band.length < 2) return '';
  const edge = [
    ...band.map(({ x: at, high }) => `${px(x(at))},${px(y(high!))}`),
    ...band.toReversed().map(({ x: at, low }) => `${px(x(at))},${px(y(low!))}`),
  ];
  return `<polygon points="${edge.join(' ')}" fill="${color}" fill-opacity="0.15"/>`;
}

function curveOf({ series, look, name, points }: Drawn, x: Scale, y: Scale, color: string): string {
  const isLine = series.mark === 'line';
  const line = points.map((point) => `${px(x(point.x))},${px(y(point.y))}`).join(' ');
  const marked = isLine && (points.length > FEW || series.role === 'reference') ? [] : points;
  const named = marked.length <= MOST_NAMED;
  return [
    isLine
      ? `<polyline points="${line}" fill="none" stroke="${color}" stroke-width="${look.width ?? 2}" stroke-linejoin="round"${dashOf(look)}/>`
      : '',
    ...marked.map(
      (point) =>
        `<circle cx="${px(x(point.x))}" cy="${px(y(point.y))}" r="3.5" fill="${color}">${
          named ? `<title>${escaped(`${name}: ${tickText(point.x)}, ${tickText(point.y)}`)}</title>` : ''
        }</circle>`,
    ),
  ].join('');
}

const dashOf = ({ dash }: Look): string => (dash ? ` stroke-dasharray="${dash.join(' ')}"` : '');

interface Entry {
  drawn: Drawn;
  left: number;
}

/** Lines of the legend, each no longer than the plot is wide. */
function legendRows(drawn: readonly Drawn[], width: number): Entry[][] {
  const rows: Entry[][] = [];
  let left = Infinity;
  for (const one of drawn.filter(({ points, name }) => points.length && name)) {
    const needed = 30 + widthOf(one.name) + 16;
    if (left + needed > width) {
      rows.push([]);
      left = 0;
    }
    rows.at(-1)!.push({ drawn: one, left });
    left += needed;
  }
  return rows;
}

function legendMarks(rows: readonly Entry[][], color: DrawingOptions['color']): string[] {
  return rows.flatMap((row, i) =>
    row.flatMap(({ drawn: { look, name, series }, left }) => {
      const [x, y] = [ROOM.left + left, ROOM.top + LEGEND_LINE * i + 6];
      const stroke = color(look.color);
      return [
        series.mark === 'line'
          ? `<line x1="${x}" y1="${y}" x2="${x + 22}" y2="${y}" stroke="${stroke}" stroke-width="${look.width ?? 2}"${dashOf(look)}/>`
          : `<circle cx="${x + 11}" cy="${y}" r="3.5" fill="${stroke}"/>`,
        textAt(x + 28, y + 4, name, color('ink-2'), 'start'),
      ];
    }),
  );
}

/** About how wide a text is, px: Chinese signs are twice as wide as letters. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((width, sign) => width + (sign.codePointAt(0)! > 0x2e80 ? SIZE : 0.55 * SIZE), 0);

function textAt(x: number, y: number, text: string, color: string, anchor: string, more = ''): string {
  return `<text x="${px(x)}" y="${px(y)}" fill="${color}" text-anchor="${anchor}" ${more}>${escaped(text)}</text>`;
}

/** 1,000 and 0.05 as they are; 10⁸ and 2·10⁻⁵ where many digits would be needed. */
function tickText(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) {
    return value.toLocaleString('en-US', { maximumSignificantDigits: 5 });
  }
  const [mantissa, power] = value.toExponential(3).split('e') as [string, string];
  const raised = Array.from(String(Number(power)), (sign) =>
    sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]!,
  ).join('');
  const factor = Number(mantissa);
  return factor === 1 ? `10${raised}` : `${factor}·10${raised}`;
}

const px = (value: number): string => String(Math.round(10 * value) / 10);

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

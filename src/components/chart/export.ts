/** A chart as a table of text and as a picture. */
import { writeCSV } from '../../csv.ts';
import { columnsOf, join, union } from './rows.ts';
import type { ChartSeries, XAxis } from './types.ts';

/** All measured points: a row per step, the other axes beside it, a column per series and band edge. */
export function toCSV(series: readonly ChartSeries[], axes: readonly XAxis[]): string {
  const positions = union(series.map(({ x }) => x));
  const names = series.flatMap(({ label, band }) =>
    band ? [label, `${band.label} high`, `${band.label} low`] : [label],
  );
  const columns = columnsOf(series);
  const values = join(positions, columns, (y) => !Number.isNaN(y));
  const head = [...axes.map(({ label }) => label), ...names];
  const rows = positions.map((position, i) => [
    ...axes.map(({ convert }) => convert(position)),
    ...values.map((column) => column[i]),
  ]);
  return writeCSV([head, ...rows]);
}

export interface PictureOptions {
  title: string;
  caption: string;
  ground: string;
  ink: string;
  /** family of the type */
  family: string;
  legend: readonly { label: string; color: string; dash: number[]; line: boolean }[];
}

/** The plot with its title, legend and caption around it. */
export function toPicture(plot: HTMLCanvasElement, options: PictureOptions): HTMLCanvasElement {
  const ratio = devicePixelRatio;
  const [pad, line] = [16 * ratio, 20 * ratio];
  const picture = document.createElement('canvas');
  const ctx = picture.getContext('2d')!;
  const font = (size: number, weight = 400): string => `${weight} ${size * ratio}px ${options.family}`;

  ctx.font = font(12);
  const places = placeLegend(ctx, options.legend, plot.width, ratio);
  const legendHeight = (places.at(-1)?.row ?? -1) * line + line;
  picture.width = plot.width + 2 * pad;
  picture.height = pad + 1.6 * line + legendHeight + plot.height + (options.caption ? 1.4 * line : 0) + pad;

  ctx.fillStyle = options.ground;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.fillStyle = options.ink;
  ctx.textBaseline = 'middle';
  ctx.font = font(15, 650);
  ctx.fillText(options.title, pad, pad + line / 2);
  ctx.font = font(12);
  for (const { label, color, dash, line: isLine, left, row } of places) {
    const y = pad + 1.6 * line + (row + 0.5) * line;
    ctx.strokeStyle = color;
    ctx.lineWidth = 2 * ratio;
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.beginPath();
    if (isLine) {
      ctx.moveTo(pad + left, y);
      ctx.lineTo(pad + left + 22 * ratio, y);
    } else ctx.arc(pad + left + 11 * ratio, y, 4 * ratio, 0, 2 * Math.PI);
    ctx.stroke();
    ctx.fillText(label, pad + left + 28 * ratio, y);
  }
  const top = pad + 1.6 * line + legendHeight;
  ctx.drawImage(plot, pad, top);
  ctx.fillText(options.caption, pad, top + plot.height + 0.7 * line, picture.width - 2 * pad);
  return picture;
}

/** Legend entries in rows no wider than the plot. */
function placeLegend(
  ctx: CanvasRenderingContext2D,
  legend: PictureOptions['legend'],
  width: number,
  ratio: number,
): (PictureOptions['legend'][number] & { left: number; row: number })[] {
  let [left, row] = [0, 0];
  return legend.map((entry) => {
    const needed = ctx.measureText(entry.label).width + 46 * ratio;
    if (left > 0 && left + needed > width) {
      left = 0;
      row++;
    }
    const place = { ...entry, left, row };
    left += needed;
    return place;
  });
}

/** Horizontal lines at known values, drawn under the curves, with their names above them. */
import type uPlot from 'uplot';
import type { ReferenceLine } from './types.ts';

export interface LineStyle {
  colors: Record<string, string>;
  ground: string;
  font: string;
  /** height of a line of text, CSS px */
  height: number;
  weight: number;
}

/** The plugin asks for lines and style at each drawing, so that both may change. */
export function referenceLines(lines: () => readonly ReferenceLine[], style: () => LineStyle): uPlot.Plugin {
  return {
    hooks: {
      drawAxes: (plot) => drawLines(plot, lines(), style()),
      draw: (plot) => drawLabels(plot, lines(), style()),
    },
  };
}

const visible = (plot: uPlot, { value }: ReferenceLine): boolean =>
  value >= plot.scales.y!.min! && value <= plot.scales.y!.max!;

function drawLines(plot: uPlot, lines: readonly ReferenceLine[], style: LineStyle): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 1.5 * ratio * style.weight;
  for (const line of lines.filter((candidate) => visible(plot, candidate))) {
    const y = plot.valToPos(line.value, 'y', true);
    ctx.strokeStyle = style.colors[line.color]!;
    ctx.setLineDash((line.dash ?? []).map((length) => length * ratio));
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

function drawLabels(plot: uPlot, lines: readonly ReferenceLine[], style: LineStyle): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = style.font;
  ctx.textAlign = 'right';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4 * ratio;
  ctx.strokeStyle = style.ground;
  for (const line of lines.filter((candidate) => visible(plot, candidate))) {
    const y = plot.valToPos(line.value, 'y', true);
    const below = line.below ?? y - bbox.top < style.height * ratio;
    ctx.textBaseline = below ? 'top' : 'bottom';
    ctx.fillStyle = style.colors[line.color]!;
    const at = y + (below ? 4 : -3) * ratio;
    ctx.strokeText(line.label, bbox.left + bbox.width - 4 * ratio, at);
    ctx.fillText(line.label, bbox.left + bbox.width - 4 * ratio, at);
  }
  ctx.restore();
}

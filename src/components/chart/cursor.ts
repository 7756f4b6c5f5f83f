/** Where a chart is being read: by pointer or by arrow keys, always at a measured point. */
import type uPlot from 'uplot';
import { nearest } from './scale.ts';
import type { ChartSeries } from './types.ts';

/** The reader has moved over the chart, by pointer or keys: to a measured place, or away. */
export class ReadEvent extends Event {
  static readonly type = 'lab-read';
  constructor(readonly at: number | undefined) {
    super(ReadEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-read': ReadEvent;
  }
}

/** The measured point of a series that is nearest to a position. */
export function pointAt({ x, y }: ChartSeries, position: number): { x: number; y: number } | undefined {
  const i = nearest(x, position);
  return i < 0 ? undefined : { x: x[i]!, y: y[i]! };
}

/** Where a key leads among the positions; undefined for a key that means nothing here. */
export function moveByKey(
  event: KeyboardEvent,
  positions: readonly number[],
  at: number,
): number | undefined {
  const i = nearest(positions, at);
  const page = Math.max(1, Math.round(positions.length / 10));
  const by = event.shiftKey ? 10 : 1;
  const moves: Record<string, number> = {
    ArrowRight: i + by,
    ArrowUp: i + by,
    ArrowLeft: i - by,
    ArrowDown: i - by,
    PageUp: i + page,
    PageDown: i - page,
    Home: 0,
    End: positions.length - 1,
  };
  const target = moves[event.key];
  if (target === undefined || !positions.length) return undefined;
  return positions[Math.min(positions.length - 1, Math.max(0, target))];
}

/** A line at the position and a dot on each curve's nearest point; removes them where `at` is undefined. */
export function mark(
  plot: uPlot,
  series: readonly ChartSeries[],
  at: number | undefined,
  convert: (step: number) => number,
): void {
  plot.over.querySelectorAll('.cursor, .dot').forEach((element) => element.remove());
  if (at === undefined) return;
  const add = (className: string, left: number, top?: number): HTMLElement => {
    const element = document.createElement('div');
    element.className = className;
    element.style.left = `${left}px`;
    if (top !== undefined) element.style.top = `${top}px`;
    plot.over.append(element);
    return element;
  };
  add('cursor', plot.valToPos(convert(at), 'x'));
  for (const candidate of series) {
    const point = pointAt(candidate, at);
    if (!point) continue;
    const left = plot.valToPos(convert(point.x), 'x');
    const top = plot.valToPos(point.y, 'y');
    if (!Number.isFinite(left) || !Number.isFinite(top)) continue;
    add('dot', left, top).style.borderColor = `var(--lab-${candidate.color})`;
  }
}

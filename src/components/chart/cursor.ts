/** Where a chart is being read: by pointer or by arrow keys, always at a measured point. */
import type uPlot from 'uplot';
import { union } from './rows.ts';
import { nearest } from './scale.ts';
import type { ChartSeries, XAxis } from './types.ts';

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

/** The place of the reader. */
export class Cursor {
  /** the position whose points are read */
  at: number | undefined;
  private joined: { series: readonly ChartSeries[]; positions: number[] } | undefined;
  /** the pointer is over the plot */
  private pointing = false;

  constructor(private readonly host: Host) {}

  /** All measured positions. */
  get positions(): number[] {
    const { series, named } = this.host;
    if (this.joined?.series !== series) this.joined = { series, positions: union(named.map(({ x }) => x)) };
    return this.joined.positions;
  }

  /** Where a reader with keys begins: at the end. */
  get position(): number {
    return this.at ?? Math.max(0, ...this.host.series.map(({ x }) => x[x.length - 1] ?? 0));
  }

  /** Reads the points nearest to a position; nothing ends that. */
  go(position: number | undefined): void {
    const { positions } = this;
    this.at = position === undefined ? undefined : positions[nearest(positions, position)];
    this.host.requestUpdate();
  }

  /** Reads the points nearest to where the pointer is, or none. @param x on the axis that is shown */
  point(x: number | undefined): void {
    if (x === undefined) {
      // The plot also says "nowhere" at each redrawing; then the keyboard's place stays.
      if (this.pointing) this.read(undefined);
      this.pointing = false;
      return;
    }
    this.pointing = true;
    this.read(this.positions[nearest(this.positions.map(this.host.chosen.convert), x)]);
  }

  press(event: KeyboardEvent): void {
    const to = movedBy(event, this.positions, this.position);
    if (to === undefined) return;
    event.preventDefault();
    this.read(to);
  }

  /** The reader is there; whoever goes along hears of it. */
  read(at: number | undefined): void {
    if (at === this.at) return;
    this.at = at;
    this.host.requestUpdate();
    this.host.dispatchEvent(new ReadEvent(at));
  }
}

interface Host extends EventTarget {
  readonly series: readonly ChartSeries[];
  /** the curves that are read */
  readonly named: readonly ChartSeries[];
  readonly chosen: XAxis;
  requestUpdate(): void;
}

/** Where a key leads among the positions; undefined for a key that means nothing here. */
function movedBy(event: KeyboardEvent, positions: readonly number[], at: number): number | undefined {
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

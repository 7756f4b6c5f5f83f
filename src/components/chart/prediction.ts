/** A learner's prediction over the plot: a dashed line with handles that are dragged or moved by arrow keys. */
import type uPlot from 'uplot';
import { measured } from '../format.ts';
import { strings } from '../strings.ts';
import type { Prediction } from './types.ts';

/** The overlay was moved. */
export class PredictionEvent extends Event {
  static readonly type = 'lab-prediction';
  constructor(readonly prediction: Prediction) {
    super(PredictionEvent.type, { bubbles: true, composed: true });
  }
}

/** An arrow key moves by this fraction of the plot; with shift by five times as much. */
const KEY_STEP = 0.02;
/** Where the handle of a level stands, as a fraction of the width. */
const LEVEL_AT = 0.85;

const SVG = 'http://www.w3.org/2000/svg';

export class PredictionLayer {
  dragging = false;

  private readonly picture = document.createElementNS(SVG, 'svg');
  private readonly path = document.createElementNS(SVG, 'path');
  private handles: HTMLElement[] = [];
  private plot: uPlot | undefined;
  private prediction: Prediction | undefined;

  constructor(private readonly host: EventTarget) {
    this.picture.classList.add('prediction');
    this.picture.setAttribute('aria-hidden', 'true');
    this.picture.append(this.path);
  }

  focus(): void {
    this.handles[0]?.focus();
  }

  /** @param ground an element over the plot, apart from it: the plot is a control itself */
  draw(plot: uPlot, ground: HTMLElement, prediction: Prediction | undefined, editable: boolean): void {
    this.plot = plot;
    const { left, top, width, height } = plot.bbox;
    const px = (value: number): string => `${value / devicePixelRatio}px`;
    Object.assign(ground.style, { left: px(left), top: px(top), width: px(width), height: px(height) });
    this.prediction = prediction;
    if (!prediction) {
      this.picture.remove();
      this.setHandles(0);
      return;
    }
    if (this.picture.parentElement !== ground) ground.append(this.picture);
    const places = this.places(prediction);
    this.path.setAttribute('d', this.line(prediction, places));
    this.setHandles(editable ? places.length : 0);
    this.handles.forEach((handle, i) => {
      const [left, top] = places[i]!;
      const [x, y] = prediction.points[i]!;
      if (handle.parentElement !== ground) ground.append(handle);
      handle.style.left = `${left}px`;
      handle.style.top = `${top}px`;
      const said =
        prediction.kind === 'level' ? measured(y, 3) : strings.predicted(measured(x, 3), measured(y, 3));
      handle.setAttribute('aria-valuenow', written(prediction.kind === 'point' ? x : y));
      handle.setAttribute('aria-valuetext', said);
      handle.setAttribute('aria-label', strings.predictionHandle(i + 1, places.length));
    });
  }

  /** Where the handles stand, px. */
  private places({ kind, points }: Prediction): [number, number][] {
    const { plot } = this;
    return points.map(([x, y]) => [
      kind === 'level' ? LEVEL_AT * plot!.over.clientWidth : plot!.valToPos(x, 'x'),
      plot!.valToPos(y, 'y'),
    ]);
  }

  private line({ kind }: Prediction, places: readonly [number, number][]): string {
    const { clientWidth: width, clientHeight: height } = this.plot!.over;
    const [left, top] = places[0]!;
    if (kind === 'level') return `M0 ${top}H${width}`;
    if (kind === 'point') return `M${left} 0V${height}`;
    return `M${places.map((place) => place.join(' ')).join('L')}`;
  }

  private setHandles(count: number): void {
    if (this.handles.length === count) return;
    this.handles.forEach((handle) => handle.remove());
    this.handles = Array.from({ length: count }, (_, i) => this.createHandle(i));
  }

  private createHandle(i: number): HTMLElement {
    const handle = document.createElement('span');
    handle.className = 'handle';
    handle.tabIndex = 0;
    handle.setAttribute('role', 'slider');
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      event.stopPropagation();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      this.dragging = true;
    });
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = this.plot!.over.getBoundingClientRect();
      this.move(i, event.clientX - box.left, event.clientY - box.top);
    });
    const end = (): void => {
      this.dragging = false;
      if (this.prediction) this.host.dispatchEvent(new PredictionEvent(this.prediction));
    };
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
    handle.addEventListener('keydown', (event) => this.onKey(event, i));
    return handle;
  }

  private onKey(event: KeyboardEvent, i: number): void {
    const moves: Record<string, [number, number]> = {
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
    };
    const move = moves[event.key];
    if (!move || !this.prediction) return;
    event.preventDefault();
    event.stopPropagation();
    const { clientWidth, clientHeight } = this.plot!.over;
    const by = KEY_STEP * (event.shiftKey ? 5 : 1);
    const [left, top] = this.places(this.prediction)[i]!;
    this.move(i, left + move[0] * by * clientWidth, top + move[1] * by * clientHeight);
  }

  /** Moves a handle; those of curves and levels move up and down only. */
  private move(i: number, left: number, top: number): void {
    const { plot, prediction } = this;
    if (!plot || !prediction) return;
    const { clientWidth, clientHeight } = plot.over;
    const points = prediction.points.map(([x, y], k): [number, number] => {
      if (k !== i) return [x, y];
      const toX = plot.posToVal(Math.min(clientWidth, Math.max(0, left)), 'x');
      const toY = plot.posToVal(Math.min(clientHeight, Math.max(0, top)), 'y');
      return [prediction.kind === 'point' ? toX : x, toY];
    });
    // The next key may come before the redrawing.
    this.prediction = { ...prediction, points };
    this.host.dispatchEvent(new PredictionEvent(this.prediction));
  }
}

/** Where a prediction starts: across the middle of the picture. */
export function neutral(
  kind: Prediction['kind'],
  [left, right, bottom, top]: readonly [number, number, number, number],
  { logX, logY }: { logX: boolean; logY: boolean },
): Prediction {
  const between = (low: number, high: number, share: number, log: boolean): number =>
    log ? low * (high / low) ** share : low + share * (high - low);
  const y = between(bottom, top, 0.5, logY);
  const shares = kind === 'curve' ? [0.04, 0.27, 0.5, 0.73, 0.96] : [0.5];
  // A level is the same everywhere.
  const at = (share: number): number => (kind === 'level' ? 0 : between(left, right, share, logX));
  return { kind, points: shares.map((share) => [at(share), y]) };
}

declare global {
  interface HTMLElementEventMap {
    'lab-prediction': PredictionEvent;
  }
}

/** A number without an exponent, which ARIA does not know. */
const written = (value: number): string =>
  value.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 6 });

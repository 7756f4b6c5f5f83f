/** The handles of a prediction: dragged, or moved by arrow keys. */
import type uPlot from 'uplot';
import { measured } from '../format.ts';
import { strings } from '../strings.ts';
import { type Place, placesOf } from './prediction-places.ts';
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

export class PredictionHandles {
  dragging = false;

  private handles: HTMLElement[] = [];
  private plot: uPlot | undefined;
  private prediction: Prediction | undefined;

  constructor(private readonly host: EventTarget) {}

  focus(): void {
    this.handles[0]?.focus();
  }

  /** @param places of the handles, px; none if nothing can be moved */
  draw(plot: uPlot, ground: HTMLElement, prediction: Prediction | undefined, places: readonly Place[]): void {
    this.plot = plot;
    this.prediction = prediction;
    this.setCount(places.length);
    places.forEach(([left, top], i) => {
      const handle = this.handles[i]!;
      const { kind, points } = prediction!;
      const [x, y] = points[i]!;
      if (handle.parentElement !== ground) ground.append(handle);
      handle.style.left = `${left}px`;
      handle.style.top = `${top}px`;
      const said = kind === 'level' ? measured(y, 3) : strings.predicted(measured(x, 3), measured(y, 3));
      handle.setAttribute('aria-valuenow', written(kind === 'point' ? x : y));
      handle.setAttribute('aria-valuetext', said);
      handle.setAttribute('aria-label', strings.predictionHandle(i + 1, places.length));
    });
  }

  private setCount(count: number): void {
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
    const [left, top] = placesOf(this.plot!, this.prediction)[i]!;
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

declare global {
  interface HTMLElementEventMap {
    'lab-prediction': PredictionEvent;
  }
}

/** A number without an exponent, which ARIA does not know. */
const written = (value: number): string =>
  value.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 6 });

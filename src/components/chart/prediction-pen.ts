/** Draws a prediction on the plot: with finger, mouse or arrow keys. Nothing is there before it was drawn. */
import type { Asked, Prediction } from './types.ts';

/** What is drawn on: its size, and from values to places on it, px, and back. */
export interface PenGround {
  over: { clientWidth: number; clientHeight: number };
  valToPos: (value: number, axis: 'x' | 'y') => number;
  posToVal: (place: number, axis: 'x' | 'y') => number;
}

/** What is said of the pen. */
export interface PenWords {
  pen: (hint: string) => string;
  predicted: (x: string, y: string) => string;
  readonly notDrawn: string;
}

/** A prediction was drawn, or drawn further. */
export class PredictionEvent extends Event {
  static readonly type = 'lab-prediction';
  constructor(readonly prediction: Prediction) {
    super(PredictionEvent.type, { bubbles: true, composed: true });
  }
}

/** A curve has so many places along x, each with a height or none. */
const COLUMNS = 32;
/** An arrow key moves by so much of the height; with shift by five times as much. */
const KEY_STEP = 0.03;

/** Whether it says enough to be held against a run: of a curve, at least half of its places. */
export const isDrawn = (prediction: Prediction | undefined): prediction is Prediction =>
  prediction !== undefined && (prediction.kind !== 'curve' || prediction.points.length >= COLUMNS / 2);

export class PredictionPen {
  dragging = false;

  private readonly field = document.createElement('div');
  private readonly hint = document.createElement('span');
  private readonly nib = document.createElement('span');
  private plot: PenGround | undefined;
  private asked: Asked | undefined;
  private prediction: Prediction | undefined;
  /** where the pen is: fractions of the field, from its left and its bottom */
  private at: [across: number, up: number] = [0, 0.5];

  /** @param written numbers as people read them */
  constructor(
    private readonly host: EventTarget,
    private readonly words: PenWords,
    private readonly written: (value: number, digits: number) => string,
  ) {
    const { field } = this;
    field.className = 'pen';
    field.tabIndex = 0;
    field.setAttribute('role', 'slider');
    this.hint.className = 'hint';
    this.nib.className = 'nib';
    field.append(this.hint, this.nib);
    field.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      field.focus({ preventScroll: true });
      field.setPointerCapture(event.pointerId);
      this.dragging = true;
      this.to(this.placeOf(event), false);
    });
    field.addEventListener('pointermove', (event) => {
      if (this.dragging) this.to(this.placeOf(event), true);
    });
    const end = (): void => {
      this.dragging = false;
      if (this.prediction) this.host.dispatchEvent(new PredictionEvent(this.prediction));
    };
    field.addEventListener('pointerup', end);
    field.addEventListener('pointercancel', end);
    field.addEventListener('keydown', (event) => this.onKey(event));
  }

  focus(): void {
    this.field.focus();
  }

  /** @param asked nothing: there is nothing to draw */
  draw(
    plot: PenGround,
    ground: HTMLElement,
    asked: Asked | undefined,
    prediction: Prediction | undefined,
  ): void {
    this.plot = plot;
    this.asked = asked;
    this.prediction = prediction;
    if (!asked) {
      this.field.remove();
      return;
    }
    const { field } = this;
    if (field.parentElement !== ground) ground.append(field);
    const [left, right] = this.edges();
    field.style.left = `${left}px`;
    field.style.width = `${right - left}px`;
    field.dataset.kind = asked.kind;
    this.hint.textContent = prediction ? '' : (asked.hint ?? '');
    field.setAttribute('aria-label', this.words.pen(asked.hint ?? ''));
    field.setAttribute('aria-valuetext', this.said);
    const last = prediction?.points.at(-1);
    field.setAttribute('aria-valuenow', plain(last ? last[asked.kind === 'point' ? 0 : 1] : 0));
    const [across, up] = this.at;
    this.nib.style.left = `${asked.kind === 'level' ? 50 : 100 * across}%`;
    this.nib.style.bottom = `${100 * up}%`;
  }

  private get said(): string {
    const [x, y] = this.prediction?.points.length ? this.value(this.at) : [];
    if (x === undefined || y === undefined) return this.words.notDrawn;
    if (this.asked!.kind === 'level') return this.written(y, 3);
    return this.asked!.kind === 'point'
      ? this.written(x, 3)
      : this.words.predicted(this.written(x, 3), this.written(y, 3));
  }

  /** Where the field begins and ends, px from the left of the plot. */
  private edges(): [number, number] {
    const { plot, asked } = this;
    const width = plot!.over.clientWidth;
    const place = (x: number | undefined, otherwise: number): number =>
      x === undefined ? otherwise : Math.min(width, Math.max(0, plot!.valToPos(x, 'x')));
    return [place(asked!.from, 0), place(asked!.to, width)];
  }

  private placeOf({ clientX, clientY }: PointerEvent): [number, number] {
    const { left, bottom, width, height } = this.field.getBoundingClientRect();
    const share = (value: number): number => Math.min(1, Math.max(0, value));
    return [share((clientX - left) / width), share((bottom - clientY) / height)];
  }

  private onKey(event: KeyboardEvent): void {
    const { asked } = this;
    if (!asked) return;
    const by = event.shiftKey ? 5 : 1;
    const column = by / (COLUMNS - 1);
    const [across, up] = this.at;
    const moves: Record<string, [number, number]> = {
      ArrowUp: [across, up + KEY_STEP * by],
      ArrowDown: [across, up - KEY_STEP * by],
      ArrowLeft: [across - column, up],
      ArrowRight: [across + column, up],
      Home: [0, up],
      End: [1, up],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const [x, y] = move.map((value) => Math.min(1, Math.max(0, value))) as [number, number];
    this.to([x, y], true);
  }

  /** The pen goes there, and draws. @param joined all on the way there, too */
  private to(place: [number, number], joined: boolean): void {
    const from = this.at;
    this.at = place;
    const { kind } = this.asked!;
    if (kind === 'curve') this.drawCurve(joined && this.prediction ? from : place, place);
    else {
      const [x, y] = this.value(place);
      this.prediction = { kind, points: [[kind === 'level' ? 0 : x, y]] };
    }
    this.host.dispatchEvent(new PredictionEvent(this.prediction!));
  }

  private drawCurve([x0, y0]: [number, number], [x1, y1]: [number, number]): void {
    const heights = new Map<number, readonly [number, number]>();
    for (const point of this.prediction?.points ?? []) heights.set(this.columnOf(point[0]), point);
    const [first, last] = [x0, x1].map((x) => Math.round(x * (COLUMNS - 1))) as [number, number];
    const step = first <= last ? 1 : -1;
    for (let column = first; column !== last + step; column += step) {
      const share = last === first ? 1 : (column - first) / (last - first);
      heights.set(column, this.value([column / (COLUMNS - 1), y0 + share * (y1 - y0)]));
    }
    const points = [...heights].sort(([a], [b]) => a - b).map(([, point]) => point);
    this.prediction = { kind: 'curve', points };
  }

  private columnOf(x: number): number {
    const [left, right] = this.edges();
    const share = (this.plot!.valToPos(x, 'x') - left) / (right - left);
    return Math.min(COLUMNS - 1, Math.max(0, Math.round(share * (COLUMNS - 1))));
  }

  private value([across, up]: readonly [number, number]): [number, number] {
    const { plot } = this;
    const [left, right] = this.edges();
    const top = (1 - up) * plot!.over.clientHeight;
    const round = (value: number): number => Number(value.toPrecision(4));
    return [round(plot!.posToVal(left + across * (right - left), 'x')), round(plot!.posToVal(top, 'y'))];
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-prediction': PredictionEvent;
  }
}

/** A number without an exponent, which ARIA does not know. */
const plain = (value: number): string =>
  value.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 6 });

/** Draws a reader's prediction on the picture of the figure. Loaded when a pointer or the focus comes to it. */
import { penStyles } from '../components/chart/pen-styles.ts';
import {
  isDrawn,
  type PenGround,
  PredictionEvent,
  PredictionPen,
} from '../components/chart/prediction-pen.ts';
import type { Asked, Prediction } from '../components/index.ts';
import type { Language } from '../languages.ts';
import { penWords } from './pen-strings.ts';
import type { Geometry } from './poster.ts';

export { isDrawn, penStyles };

export interface PenHost {
  readonly language: Language;
  /** Numbers as people read them. */
  written(value: number, digits: number): string;
}

export class Pen {
  /** what is drawn on; its events are nobody's but ours */
  private readonly drawn = new EventTarget();
  private readonly pen: PredictionPen;

  /** @param draws the reader has drawn further */
  constructor(host: PenHost, draws: (prediction: Prediction) => void) {
    const words = {
      pen: (hint: string) => penWords(host.language).pen(hint),
      predicted: (x: string, y: string) => penWords(host.language).predicted(x, y),
      get notDrawn() {
        return penWords(host.language).notDrawn;
      },
    };
    this.pen = new PredictionPen(this.drawn, words, (value, digits) => host.written(value, digits));
    this.drawn.addEventListener(PredictionEvent.type, (event) => {
      if (event instanceof PredictionEvent) draws(event.prediction);
    });
  }

  /** Puts the field over the plot. @param asked nothing: there is nothing to draw */
  place(
    ground: HTMLElement,
    geometry: Geometry,
    asked: Asked | undefined,
    prediction: Prediction | undefined,
  ): void {
    const plot: PenGround = {
      over: ground,
      valToPos(value, axis) {
        const { range, log, from, to } = geometry[axis];
        const [low, high, at] = [...range, value].map((each) => (log ? Math.log(each) : each)) as Triple;
        return from + ((to - from) * (at - low)) / (high - low);
      },
      posToVal(place, axis) {
        const {
          range: [min, max],
          log,
          from,
          to,
        } = geometry[axis];
        const share = (place - from) / (to - from);
        return log ? min * (max / min) ** share : min + share * (max - min);
      },
    };
    this.pen.draw(plot, ground, asked, prediction);
  }

  focus(): void {
    this.pen.focus();
  }

  /** A stroke that began before the pen was there goes on with it. */
  take(stroke: PointerEvent, ground: HTMLElement): void {
    ground.firstElementChild?.dispatchEvent(new PointerEvent('pointerdown', stroke));
  }
}

type Triple = [low: number, high: number, at: number];
